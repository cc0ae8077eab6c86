"""What an action has to know of the other bugs and of the past is looked up before it is judged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.life import ANSWERS, answers
from tests.real_git import RealGit, new_bare
from tests.store.acting import NOON, Replica, replica, report
from tracker.model.record import BugRecord, to_mapping
from tracker.store.outcome import Outcome, Recorded
from tracker.workflow.decision import Refused
from tracker.workflow.incidents import incidents
from tracker.workflow.verbs import VERBS


@pytest.fixture
def shared(tmp_path: Path) -> RealGit:
    return new_bare(tmp_path / "shared.git")


@pytest.fixture
def one(tmp_path: Path, shared: RealGit) -> Iterator[Replica]:
    opened = replica(tmp_path / "one", shared.path)
    opened.act("first", report("First"))
    opened.act("second", report("Second"))
    yield opened
    opened.close()


def act(one: Replica, verb: str, bug: str = "BUG-0001", **fields: object) -> Outcome | None:
    key = f"{verb}-{bug}-{sorted(fields)}-{one.store.clone.tip()}"
    return one.act(key, VERBS[verb].model_validate(fields), bug)


def sentences(outcome: Outcome | None) -> list[str]:
    assert isinstance(outcome, Refused)
    return [reason.sentence for reason in outcome.reasons]


def load(one: Replica, bug: str = "BUG-0001") -> BugRecord:
    found = one.store.load(bug, one.store.clone.tip())
    assert found is not None
    return found


def triage(one: Replica, bug: str, severity: str = "P0") -> None:
    assert severity in ANSWERS
    outcome = act(one, "triage", bug, category="Caching", answers=answers(severity))
    assert isinstance(outcome, Recorded)


def test_a_duplicate_of_a_bug_that_is_there_is_closed(one: Replica) -> None:
    assert isinstance(act(one, "mark-duplicate", duplicate_of="BUG-0002"), Recorded)


@pytest.mark.parametrize("typed", ["2", "bug-2", "BUG-2", "#2"])
def test_the_other_bug_may_be_named_by_its_number_alone(one: Replica, typed: str) -> None:
    outcome = act(one, "mark-duplicate", duplicate_of=typed)

    assert isinstance(outcome, Recorded)
    assert outcome.subject == "mark-duplicate: BUG-0002"
    resolution = load(one).resolution
    assert resolution is not None
    assert resolution.duplicate_of == "BUG-0002"


def test_a_bug_is_no_duplicate_of_itself_by_whatever_name(one: Replica) -> None:
    assert sentences(act(one, "mark-duplicate", duplicate_of="1")) == [
        "BUG-0001 cannot be a duplicate of itself: name the other bug."
    ]


def test_a_duplicate_of_an_unknown_bug_is_refused_with_the_nearest_number(one: Replica) -> None:
    assert sentences(act(one, "mark-duplicate", duplicate_of="BUG-0003")) == [
        "There is no BUG-0003: did you mean BUG-0002?"
    ]


def test_a_move_is_undone_by_a_new_commit_that_restores_the_record(
    one: Replica, shared: RealGit
) -> None:
    before = load(one)
    assert isinstance(act(one, "wont-fix", reason="Old"), Recorded)
    count = int(shared("rev-list", "--count", "main"))

    assert isinstance(act(one, "undo", reason="That was another bug"), Recorded)

    after = load(one)
    kept = {**to_mapping(after), "timeline": to_mapping(before)["timeline"], "policy": 1}
    assert kept == {**to_mapping(before), "policy": 1}
    assert [entry.action for entry in after.timeline] == ["report", "wont-fix", "undo"]
    assert after.timeline[-1].undoes == (after.timeline[-2].key,)
    assert int(shared("rev-list", "--count", "main")) == count + 1


def test_a_move_is_not_undone_once_something_was_recorded_after_it(one: Replica) -> None:
    triage(one, "BUG-0001")
    assert isinstance(act(one, "impact", users="many"), Recorded)

    assert sentences(act(one, "undo", reason="Oops")) == [
        (
            "The newest change of BUG-0001 is no move that can be taken back: only the last move "
            "can be, as long as nothing was recorded after it."
        )
    ]


def test_a_report_is_not_undone(one: Replica) -> None:
    assert "is no move that can be taken back" in sentences(act(one, "undo", reason="Oops"))[0]


def test_an_incident_gets_the_years_next_number_where_the_bugs_own_is_taken(one: Replica) -> None:
    triage(one, "BUG-0001")
    triage(one, "BUG-0002")
    act(one, "hotfix-declare", "BUG-0001", incident=f"INC-{NOON.year}-0002")

    assert isinstance(act(one, "hotfix-declare", "BUG-0002"), Recorded)

    hotfix = load(one, "BUG-0002").hotfix
    assert hotfix is not None
    assert hotfix.incident == f"INC-{NOON.year}-0003"


def test_a_bug_joins_an_incident_that_another_bug_declared(one: Replica) -> None:
    triage(one, "BUG-0001")
    act(one, "hotfix-declare", "BUG-0001")

    joined = act(one, "join-incident", "BUG-0002", incident=f"INC-{NOON.year}-0001")

    assert isinstance(joined, Recorded)
    (incident,) = incidents(one.store.all_bugs(one.store.clone.tip()).records)
    assert incident.bugs == ("BUG-0001", "BUG-0002")


def test_a_bug_cannot_join_an_incident_that_nobody_declared(one: Replica) -> None:
    assert sentences(act(one, "join-incident", incident="INC-2025-0009")) == [
        "There is no INC-2025-0009: declare it for the bug it began with."
    ]


def test_a_file_is_attached_when_it_lies_beside_the_record(one: Replica, shared: RealGit) -> None:
    assert sentences(act(one, "attach", name="screen.png")) == [
        (
            "There is no file `screen.png` in bugs/000/BUG-0001/: commit it there first, or give a "
            "link to it."
        )
    ]
    clone = RealGit(shared.path.parent / "work")
    RealGit(shared.path.parent)("clone", "-q", str(shared.path), "work")
    clone.write("bugs/000/BUG-0001/screen.png", "png")
    clone("push", "-q", "origin", "HEAD")
    with one.path.clone.writing() as writer:
        writer.fetch()

    assert isinstance(act(one, "attach", name="screen.png"), Recorded)
