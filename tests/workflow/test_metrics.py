"""Metrics: counts, medians and shares, and what each was made from."""

from datetime import date, timedelta

import pytest

from tests.builders.life import ONCALL, START, Life, life_at
from tests.builders.searching import metrics
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.clocks import spans
from tracker.workflow.metrics import Kind, Metric, Slice, Unit

NOW = START + timedelta(days=30)
HOUR = 3600.0


def numbered(life: Life, number: int) -> BugRecord:
    return life.bug.model_copy(update={"id": f"BUG-{number:04d}"})


def of(records: tuple[BugRecord, ...], name: str, kind: Kind = Kind.ALL) -> Metric:
    found = next(each for each in metrics(records, Policy(), NOW) if each.kind is kind)
    return next(metric for metric in found.metrics if metric.name == name)


CLOSED = numbered(life_at("closed"), 1)
REOPENED = numbered(life_at("closed").act("reopen", reason="It is back"), 2)
NEW = numbered(life_at("reported"), 3)
TRIAGED = numbered(life_at("triaged", "P3"), 4)
ALL = (CLOSED, REOPENED, NEW, TRIAGED)


def test_bugs_are_counted_with_their_ids() -> None:
    assert of(ALL, "reported").rows == ("BUG-0001", "BUG-0002", "BUG-0003", "BUG-0004")
    assert (of(ALL, "open").value, of(ALL, "open").rows) == (
        3,
        ("BUG-0002", "BUG-0003", "BUG-0004"),
    )


def test_a_median_leaves_out_what_has_not_happened() -> None:
    acknowledged, resolved = of(ALL, "time_to_acknowledge"), of(ALL, "time_to_resolve")

    assert (acknowledged.value, acknowledged.unit) == (5 * HOUR, Unit.SECONDS)
    assert acknowledged.rows == ("BUG-0001", "BUG-0002", "BUG-0004")
    span = spans(CLOSED).resolve
    assert span is not None
    assert (resolved.value, resolved.rows) == (span.total_seconds(), ("BUG-0001",))


def test_the_median_of_two_is_between_them() -> None:
    late = life_at("reported")
    late.now += timedelta(hours=4)
    slow = numbered(late.usual("triage"), 5)

    assert of((CLOSED, slow), "time_to_acknowledge").value == 7 * HOUR


def test_a_target_that_is_still_running_counts_neither_way() -> None:
    young = numbered(life_at("triaged", "P3"), 4)
    early = metrics((young,), Policy(), START + timedelta(hours=6))[0].metrics
    fix = next(metric for metric in early if metric.name == "fix_target_met")

    assert (fix.value, fix.rows) == (None, ())


def test_an_overdue_target_counts_as_not_met() -> None:
    investigated = numbered(life_at("investigating"), 6)
    fix = of((CLOSED, investigated), "fix_target_met")

    assert fix.rows == ("BUG-0001", "BUG-0006")
    assert "BUG-0006" not in fix.hits


def test_only_a_bug_that_was_closed_counts_for_the_rate_of_reopening() -> None:
    rate = of(ALL, "reopen_rate")

    assert (rate.value, rate.rows, rate.hits) == (0.5, ("BUG-0001", "BUG-0002"), ("BUG-0002",))


def test_a_deployment_that_was_rolled_back_is_named() -> None:
    back = numbered(life_at("deployed").act("roll-back", reason="Errors rise"), 7)
    rate = of((CLOSED, back), "rollback_rate")

    assert rate.value == 0.5
    assert rate.hits == ("BUG-0007#deployments/0",)


def test_a_bug_that_owes_a_post_mortem_counts_until_it_is_published() -> None:
    verified, small = numbered(life_at("verified"), 8), numbered(life_at("verified", "P3"), 9)
    share = of((CLOSED, verified, small), "postmortem_completion")

    assert (share.value, share.rows, share.hits) == (0.5, ("BUG-0001", "BUG-0008"), ("BUG-0001",))


def test_action_items_are_named_with_their_bug_and_key() -> None:
    life = life_at("triaged")
    life.act("action", ONCALL, text="Test old apps", horizon="immediate")
    (item,) = life.bug.actions
    share = of((life.bug,), "action_item_completion")

    assert (share.value, share.rows) == (0.0, (f"BUG-0001#actions/{item.key}",))
    life.act("action", ONCALL, key=item.key, done=True)
    assert of((life.bug,), "action_item_completion").value == 1.0


def test_every_severity_and_month_has_its_numbers() -> None:
    slices = metrics(ALL, Policy(), NOW)

    assert [each.name for each in slices] == ["all", "P1", "P3", "none", "2026-03"]
    assert _reported_ids(slices[1]) == ("BUG-0001", "BUG-0002")


def test_a_month_is_that_of_the_report_in_utc() -> None:
    life = Life(now=START.replace(month=2, day=28, hour=23))
    life.usual("report")

    assert [s.name for s in metrics((life.bug,), Policy(), NOW)] == ["all", "none", "2026-02"]


@pytest.mark.parametrize(("day", "count"), [(date(2026, 3, 2), 4), (date(2026, 3, 3), 0)])
def test_bugs_before_a_day_are_left_out(day: date, count: int) -> None:
    assert len(_reported_ids(metrics(ALL, Policy(), NOW, since=day)[0])) == count


def test_no_bugs_give_no_numbers_and_no_fault() -> None:
    (everything,) = metrics((), Policy(), NOW)

    assert {metric.value for metric in everything.metrics} == {0, None}


def test_every_number_is_defined_and_every_share_counts_some_of_its_rows() -> None:
    for metric in (each for found in metrics(ALL, Policy(), NOW) for each in found.metrics):
        assert metric.definition.endswith(".")
        assert set(metric.hits) <= set(metric.rows)
        if metric.unit is Unit.SHARE and metric.value is not None:
            assert metric.value == len(metric.hits) / len(metric.rows)


def _reported_ids(found: Slice) -> tuple[str, ...]:
    return found.metrics[0].rows


def test_a_first_fix_that_came_too_late_is_not_forgotten_after_a_reopening() -> None:
    late = life_at("closed").act("reopen", reason="It is back")
    for step in ("identify", "submit-fix", "approve", "pass-tests", "evidence", "deploy"):
        late.now -= timedelta(hours=4)
        late.usual(step)
    late.now -= timedelta(hours=1)
    late.usual("monitor").usual("verify")
    record = numbered(late, 6)
    first, second = (entry.at for entry in record.timeline if entry.action == "verify")
    reopened = next(entry.at for entry in record.timeline if entry.action == "reopen")

    assert first - record.reported.at > timedelta(days=1)
    assert second - reopened < timedelta(days=1)
    assert of((record,), "fix_target_met").value == 0
