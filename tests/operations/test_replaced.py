"""Whoever replaces what another set a moment ago is told of it: from the history, not by verbs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders.life import answers
from tests.operations.trackers import NOON, SUPPORT, report, tracker_on
from tests.real_git import RealGit, new_work_tree
from tracker.assembly import Recorded, Request, Tracker
from tracker.model.person import Person
from tracker.workflow.action import Action
from tracker.workflow.actions.edits import AddNote
from tracker.workflow.actions.triage import AssignBug, TriageBug
from tracker.workflow.single_values import Replaced

ANA = Person(name="QA Team", email="qa@example.com")
BEN = Person(name="Senior Engineer", email="senior@example.com")


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Team:
    """People who act on one bug."""

    def __init__(self, tracker: Tracker, clock: Clock, git: RealGit) -> None:
        self.tracker, self.clock, self.git = tracker, clock, git
        self.count = 0

    def act(self, who: Person, action: Action) -> tuple[Replaced, ...]:
        """What the commit of an action replaced of others."""
        self.count += 1
        bug = None if self.count == 1 else "BUG-0001"
        request = Request(id=f"r-{self.count}", bug=bug, action=action, actor=who)
        outcome = self.tracker.act(request)
        assert isinstance(outcome, Recorded), outcome
        return self.tracker.replaced(outcome.bug, outcome.commit)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    clock, git = Clock(), new_work_tree(tmp_path / "team")
    tracker = tracker_on(git, tmp_path / "data", clock)
    team = Team(tracker, clock, git)
    team.act(SUPPORT, report())
    team.act(SUPPORT, TriageBug.model_validate({"answers": answers("P2"), "category": "Other"}))
    yield team
    tracker.close()


def test_the_second_of_two_who_assign_at_once_is_told_of_the_first(team: Team) -> None:
    assert team.act(ANA, AssignBug(assignee=ANA)) == ()
    assert team.act(BEN, AssignBug(assignee=BEN)) == (
        Replaced(name="assignee", value=ANA, by=ANA, at=NOON),
    )


def test_whoever_changes_their_own_mind_is_told_nothing(team: Team) -> None:
    team.act(ANA, AssignBug(assignee=ANA))

    assert team.act(ANA, AssignBug(assignee=BEN)) == ()


def test_whoever_set_it_is_found_behind_later_changes_of_other_things(team: Team) -> None:
    team.act(ANA, AssignBug(assignee=ANA))
    team.clock.now += timedelta(hours=1)
    team.act(BEN, AssignBug(assignee=ANA, eta="2h"))
    team.act(BEN, AddNote(text="Looked."))

    assert team.act(SUPPORT, AssignBug(assignee=BEN, eta="3h")) == (
        Replaced(name="eta", value="2h", by=BEN, at=NOON + timedelta(hours=1)),
        Replaced(name="assignee", value=ANA, by=ANA, at=NOON),
    )


def test_what_was_set_days_ago_is_replaced_without_a_word(team: Team) -> None:
    team.act(ANA, AssignBug(assignee=ANA))
    team.clock.now += timedelta(days=2)

    assert team.act(BEN, AssignBug(assignee=BEN)) == ()


def test_what_was_set_by_hand_is_known_by_the_author_of_its_commit(team: Team) -> None:
    team.act(ANA, AssignBug(assignee=ANA))
    path = "bugs/000/BUG-0001.yaml"
    text = (team.git.path / path).read_text("utf-8")
    edited = text.replace("assignee: QA Team <qa@", "assignee: On-call <oncall@")
    assert edited != text
    team.git.write(path, edited, "Give it to on-call")
    team.tracker.refresh()
    (author,) = {each.author_email for each in team.tracker.history("BUG-0001")} - {
        SUPPORT.email,
        ANA.email,
    }
    team.clock.now = team.tracker.history("BUG-0001")[-1].recorded

    (found,) = team.act(BEN, AssignBug(assignee=BEN))
    assert (str(found.value), found.by.email) == ("On-call <oncall@example.com>", author)
