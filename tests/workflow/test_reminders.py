"""Who is reminded of what, when, and never twice."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.life import BACKEND, SENIOR, START, USUAL, Life, life_at
from tracker.model.policy import Policy
from tracker.model.quiet_hours import QuietHours, Weekday
from tracker.model.record import BugRecord
from tracker.model.reminders import Reminders
from tracker.workflow.agenda import agenda_of, to_remind
from tracker.workflow.escalation import reckoned_severity
from tracker.workflow.quiet_hours import is_quiet
from tracker.workflow.reminders import Notice, come_due, due_notices

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LOUD = QuietHours(begin="00:00", end="00:00", weekdays=tuple(Weekday))
STATUSES = ("reported", "triaged", "investigating", "code_review", "deployed", "verified", "closed")
ZONES = ("UTC", "Europe/Berlin", "America/New_York")
STEPS = st.lists(st.timedeltas(timedelta(hours=-30), timedelta(days=3)), min_size=1, max_size=25)


def loud() -> Policy:
    return Policy(quiet_hours=LOUD)


@cache
def bug(status: str, severity: str) -> BugRecord:
    life = life_at(status, severity)
    item = {"text": "Add a test", "horizon": "immediate", "due": "2026-03-06"}
    return life.act("action", BACKEND, owner=str(SENIOR), **item).bug


def told(record: BugRecord, policy: Policy, now: datetime) -> list[tuple[str, str]]:
    return [(each.topic, each.sentence) for each in due_notices(record, policy, now, ())]


def topics(record: BugRecord, policy: Policy, now: datetime) -> list[str]:
    return [topic for topic, _ in told(record, policy, now)]


def play(record: BugRecord, policy: Policy, moments: Iterable[datetime]) -> list[Notice]:
    """Everything that is sent by a bot that looks at these moments, in whatever order."""
    keys: set[str] = set()
    sent: list[Notice] = []
    agenda = agenda_of(record, policy)
    for now in moments:
        found = due_notices(record, policy, now, keys)
        assert list(to_remind([agenda], policy, now, keys)) == [record.id] * bool(found)
        assert set(agenda.come(now, keys)) == {
            notice.key for notice in come_due(record, policy, now, keys)
        }
        sent += found
        keys |= {notice.key for notice in found}
    return sent


def walk(steps: list[timedelta]) -> list[datetime]:
    moments = [START]
    for step in steps:
        moments.append(max(moments[-1] + step, START - DAY))
    return moments


def escalated(
    record: BugRecord, policy: Policy, now: datetime, told_before: Iterable[str] = ()
) -> list[Notice]:
    found = due_notices(record, policy, now, frozenset(told_before))
    return [notice for notice in found if notice.topic == "escalation"]


@settings(max_examples=30, deadline=None)
@given(
    status=st.sampled_from(STATUSES),
    severity=st.sampled_from(["P0", "P1", "P2", "P3"]),
    zone=st.sampled_from(ZONES),
    steps=STEPS,
)
def test_nothing_is_told_twice_at_night_out_of_order_or_over_the_cap(
    status: str, severity: str, zone: str, steps: list[timedelta]
) -> None:
    """However the clock jumps, back too."""
    record, moments = bug(status, severity), walk(steps)
    policy = Policy(quiet_hours=QuietHours(time_zone=zone))
    sent = play(record, policy, moments)

    keys = [notice.key for notice in sent]
    assert len(keys) == len(set(keys))
    threads: dict[str, list[int]] = {}
    for key in keys:
        name, _, number = key.rpartition(":")
        threads.setdefault(name, []).append(int(number))
    assert all(numbers == sorted(numbers) for numbers in threads.values())
    assert all(len(numbers) <= policy.reminders.most for numbers in threads.values())
    for now in moments:
        found = due_notices(record, policy, now, ())
        if is_quiet(policy, reckoned_severity(record), now):
            assert [notice.topic for notice in found] in ([], ["triage"])
            assert all(notice.key.endswith(":0") for notice in found)
        assert all(notice.due <= now for notice in found)
        assert [notice.due for notice in found] == sorted(notice.due for notice in found)
        assert record.status.is_open or {notice.topic for notice in found} <= {"action"}


@settings(max_examples=20, deadline=None)
@given(severity=st.sampled_from(["P0", "P2"]), steps=STEPS, split=st.integers(0, 25))
def test_a_restart_and_a_second_replica_change_nothing(
    severity: str, steps: list[timedelta], split: int
) -> None:
    """What is told depends on what was told, not on who looks."""
    record, moments = bug("triaged", severity), walk(steps)
    keys: set[str] = set()
    both: list[str] = []
    for place, now in enumerate(moments):
        for replica in range(2 if place < split else 1):
            del replica
            found = due_notices(record, Policy(), now, frozenset(keys))
            both += [notice.key for notice in found]
            keys |= {notice.key for notice in found}

    assert both == [notice.key for notice in play(record, Policy(), moments)]


def test_a_bot_that_was_away_for_a_week_tells_each_thing_once() -> None:
    record = bug("triaged", "P2")
    found = due_notices(record, loud(), START + 20 * DAY, ())

    assert [notice.topic for notice in found].count("fix") == 1
    assert len({notice.topic for notice in found}) == len(found)


@pytest.mark.parametrize("month", [3, 10])
def test_the_night_is_the_teams_own_also_when_its_clocks_change(month: int) -> None:
    policy = Policy(quiet_hours=QuietHours(time_zone="Europe/Berlin", weekdays=tuple(Weekday)))
    record = bug("investigating", "P2")
    day = date(2026, month, 29 if month == 3 else 25)
    night = datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)

    assert due_notices(record, policy, night, ()) == ()
    assert due_notices(record, policy, night + 8 * HOUR, ()) != ()


def test_a_clock_is_told_when_it_is_at_risk_and_when_it_is_over() -> None:
    record = Life(severity="P2").usual("report").usual("triage").bug
    assert "fix" not in topics(record, loud(), START + 5 * DAY)

    assert ("fix", "Fix is at risk: 1 d 12 h are left until 2026-03-09 09:00 UTC.") in told(
        record, loud(), START + 5.5 * DAY
    )
    assert ("fix", "Fix is overdue since 2026-03-09 09:00 UTC.") in told(
        record, loud(), START + 8 * DAY
    )


def test_a_bug_that_nobody_judged_is_told() -> None:
    record = Life().usual("report").bug

    assert topics(record, loud(), START + 14 * MINUTE) == []
    assert topics(record, loud(), START + 16 * MINUTE) == ["triage"]


def test_a_p0_at_night_is_escalated_and_a_p2_waits_for_the_morning() -> None:
    night = START + 14 * HOUR
    assert "escalation" in topics(life_at("triaged", "P0").bug, Policy(), night)
    assert topics(life_at("triaged", "P2").bug, Policy(), night) == []


def test_an_escalation_calls_a_role_and_is_loud() -> None:
    record = life_at("triaged", "P0").bug
    (step,) = escalated(record, loud(), START + MINUTE)

    assert step.roles == ("responder",)
    assert step.loud
    assert step.sentence == "Nobody has taken it yet: On-call engineer, please."
    assert step.verb == "assign"


def test_calls_that_have_come_by_the_time_of_a_late_triage_are_made_in_one() -> None:
    record = life_at("triaged", "P0").bug
    (step,) = escalated(record, loud(), START + 5 * HOUR)

    names = "On-call engineer, Engineering Lead and CTO"
    assert step.sentence == f"Nobody has mitigated it yet: {names}, please."
    assert step.roles == ("responder", "lead")
    assert step.verb == "mitigate"
    assert escalated(record, loud(), START + DAY, {step.key, *step.tells_too}) == []
    assert escalated(record, loud(), START + DAY, {step.key}) == []


def test_a_later_call_names_nobody_who_was_called_before() -> None:
    record = life_at("triaged", "P0").bug
    (first,) = escalated(record, loud(), START + MINUTE)
    (second,) = escalated(record, loud(), START + 16 * MINUTE, {first.key})
    (third,) = escalated(record, loud(), START + 2 * HOUR, {first.key, second.key})

    assert second.sentence == "Nobody has taken it yet: Engineering Lead, please."
    assert third.sentence == "Nobody has mitigated it yet: CTO, please."


def test_an_outage_calls_at_once_by_night_before_anybody_has_judged_it() -> None:
    friday = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)
    life = Life(severity="P0", now=friday)
    life.act("report", **USUAL["report"], production_down=True)
    (first,) = due_notices(life.bug, Policy(), friday, ())
    later = due_notices(life.bug, Policy(), friday + 16 * MINUTE, {first.key})

    assert (
        first.sentence == "Production is down, and nobody has taken it yet: On-call engineer,"
        " please."
    )
    assert (first.roles, first.verb, first.loud) == (("responder",), "triage", True)
    assert [notice.topic for notice in later] == ["escalation", "triage"]
    assert "Engineering Lead" in later[0].sentence

    life.now = friday + 20 * MINUTE
    life.usual("triage")
    told_before = {first.key, *(notice.key for notice in later)}
    assert escalated(life.bug, Policy(), friday + 21 * MINUTE, told_before) == []


def test_an_outage_that_is_none_calls_nobody_once_it_is_judged() -> None:
    night = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)
    life = Life(severity="P3", now=night).act("report", **USUAL["report"], production_down=True)
    life.usual("triage")

    assert due_notices(life.bug, Policy(), night + DAY, ()) == ()


def test_a_bug_that_nobody_judged_is_told_once_by_night_and_again_in_the_morning() -> None:
    friday = datetime(2026, 3, 6, 23, 30, tzinfo=UTC)
    record = Life(now=friday).usual("report").bug
    moments = [friday + hours * HOUR for hours in range(80)]
    sent = play(record, Policy(), moments)

    assert [(notice.sentence) for notice in sent] == [
        "Nobody has judged it for 1 h: triage it.",
        "Nobody has judged it for 2 d 8 h: triage it.",
    ]
    policy = Policy(quiet_hours=QuietHours(except_for=()))
    assert play(record, policy, moments[:50]) == []


def test_a_snooze_silences_everything_but_escalations() -> None:
    life = life_at("triaged", "P0")
    life.act("snooze", until=life.now + 6 * DAY)
    found = topics(life.bug, loud(), life.now + DAY)

    assert set(found) == {"escalation", "lead"}
    assert "fix" in topics(life.bug, loud(), life.now + 7 * DAY)


def test_a_room_without_a_lead_is_told() -> None:
    life = life_at("triaged", "P0")
    assert "lead" in topics(life.bug, loud(), life.now + HOUR)

    life.act("take-role", SENIOR, role="commander")
    assert "lead" not in topics(life.bug, loud(), life.now + HOUR)


def test_stakeholders_are_kept_up_to_date_until_the_damage_is_stopped() -> None:
    life = life_at("investigating", "P0")
    assert "status-update" in topics(life.bug, loud(), life.now)

    life.act("communicate", whom="Support team", how="Slack")
    sent = life.now - 5 * HOUR
    assert "status-update" not in topics(life.bug, loud(), sent + 29 * MINUTE)
    assert "status-update" in topics(life.bug, loud(), sent + 31 * MINUTE)

    life.act("mitigate", text="Rolled back")
    assert "status-update" not in topics(life.bug, loud(), life.now + DAY)


def test_what_is_told_late_says_how_long_it_is_by_then() -> None:
    record = life_at("code_review", "P0").bug
    handed_in = record.fix.submitted_at if record.fix else None
    assert handed_in is not None
    found = dict(told(record, loud(), handed_in + 57 * HOUR + 5 * MINUTE))

    assert found["review"] == "The fix waits for its review for 2 d 9 h."
    assert found["status-update"].startswith("Stakeholders have heard nothing for 3 d")


def test_a_fix_at_risk_is_overdue_when_only_one_reminder_is_allowed_and_it_comes_late() -> None:
    record = Life(severity="P2").usual("report").usual("triage").bug
    policy = loud().model_copy(update={"reminders": Reminders(most=1)})

    assert ("fix", "Fix is overdue since 2026-03-09 09:00 UTC.") in told(
        record, policy, START + 8 * DAY
    )


def test_watching_ends_with_a_reminder_to_verify() -> None:
    record = life_at("deployed", "P1").bug
    at = record.deployments[-1].at

    assert "monitoring" not in topics(record, loud(), at + HOUR)
    assert "monitoring" in topics(record, loud(), at + 3 * HOUR)


def test_verifying_is_asked_for_once_all_that_it_needs_is_recorded() -> None:
    life = life_at("deployed", "P1")
    at = life.bug.deployments[-1].at

    def told_at_the_end() -> tuple[str, str | None]:
        found = due_notices(life.bug, loud(), at + 3 * HOUR, ())
        return next((each.sentence, each.verb) for each in found if each.topic == "monitoring")

    sentence, verb = told_at_the_end()
    assert "cannot be verified yet: The immediate checks" in sentence
    assert verb == "monitor"

    life.act("monitor", **USUAL["monitor"])
    assert told_at_the_end() == (
        "v2 was watched long enough: verify the fix, or roll it back.",
        "verify",
    )


def test_release_notes_of_a_p0_are_due_within_two_hours() -> None:
    record = life_at("deployed", "P0").bug
    at = record.deployments[-1].at
    written = record.release_notes is not None and record.release_notes.published

    assert not written
    assert "release-notes" in topics(record, loud(), at + 91 * MINUTE)


def test_a_post_mortem_is_told_before_it_is_due_and_after() -> None:
    life = life_at("verified", "P0")
    verified = life.bug.timeline[-1].at
    found = dict(told(life.bug, loud(), verified + 4.5 * DAY))
    late = dict(told(life.bug, loud(), verified + 5.5 * DAY))

    assert found["post-mortem"].startswith("The post-mortem is due on")
    assert late["post-mortem"].startswith("The post-mortem is overdue since")


def test_a_post_mortem_of_before_a_reopening_is_due_again_after_the_next_fix() -> None:
    life = life_at("closed", "P0").act("reopen", reason="Seen again")
    for step in ("identify", "submit-fix", "approve", "pass-tests", "evidence", "deploy"):
        life.usual(step)
    life.usual("monitor").usual("verify")
    verified = life.bug.timeline[-1].at

    assert "post-mortem" in topics(life.bug, loud(), verified + 4.5 * DAY)
    life.usual("publish-postmortem")
    assert "post-mortem" not in topics(life.bug, loud(), verified + 4.5 * DAY)


def test_an_action_item_is_told_also_once_the_bug_is_closed_until_it_is_done() -> None:
    record = bug("closed", "P1")
    due = datetime(2026, 3, 6, 9, tzinfo=UTC)

    assert told(record, loud(), due) == [("action", "Due on 2026-03-06: Add a test")]
    (notice,) = due_notices(record, loud(), due + 1.5 * DAY, ())
    assert notice.people == (SENIOR,)
    assert notice.sentence == "Overdue since 2026-03-06: Add a test"

    done = record.actions[0].model_copy(update={"done_at": due})
    assert told(record.model_copy(update={"actions": (done,)}), loud(), due + DAY) == []


def test_a_backport_is_told_until_it_is_done() -> None:
    life = life_at("triaged", "P0").act("hotfix-declare")
    record = life.bug.model_copy(update={"deployments": life_at("deployed", "P0").bug.deployments})
    at = record.deployments[-1].at

    assert "backport" in topics(record, loud(), at + 2 * DAY)
    assert record.hotfix is not None
    done = record.hotfix.model_copy(update={"backport": "PR #512"})
    assert "backport" not in topics(
        record.model_copy(update={"hotfix": done}), loud(), at + 2 * DAY
    )
