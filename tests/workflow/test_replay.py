"""The judge of edited files agrees with the judge of commands, in both directions."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.builders.commands import BECAUSE, FIELDS
from tests.builders.incident import EVERY, POLICY, played
from tests.builders.life import BACKEND, ONCALL, SENIOR, Life, life_at
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.workflow.action import Action
from tracker.workflow.context import Context
from tracker.workflow.decision import Accepted
from tracker.workflow.growth import lost
from tracker.workflow.replay import replay, unexplained_status
from tracker.workflow.timeline_review import timeline_review
from tracker.workflow.trail import Finding, end_of_trail, trail_faults
from tracker.workflow.transitions import TRANSITIONS
from tracker.workflow.verbs import VERBS


def everything(old: BugRecord | None, new: BugRecord, life: Life) -> list[Finding]:
    """All that the check would say of one step of a life."""
    return [
        *replay(old, new, life.policy, life.now),
        *timeline_review(new, life.policy, life.now),
        *(lost(old, new) if old else ()),
    ]


class LifeBesideTheCheck(RuleBasedStateMachine):
    """Whatever a command may do, an edited file may do; what it may not, a file may not."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life().usual("report")

    @rule(
        verb=st.sampled_from([verb for verb in VERBS if verb != "report"]),
        who=st.sampled_from([BACKEND, SENIOR, ONCALL]),
        bare=st.booleans(),
    )
    def both_doors_agree(self, verb: str, who: Person, *, bare: bool) -> None:
        before = self.life.bug
        action = action_of(verb, bare=bare)
        decision = self.life.ask(verb, who, **action.model_dump(exclude_unset=True))
        if isinstance(decision, Accepted):
            assert everything(before, decision.record, self.life) == []
            self.life.keep(decision.record)
        else:
            self._a_file_may_not_either(action, who)
        self.life.now += timedelta(hours=3)

    def _a_file_may_not_either(self, action: Action, who: Person) -> None:
        """Write down what was refused, as a person with an editor might."""
        before, now = self.life.bug, self.life.now
        context = Context(actor=who, policy=self.life.policy, now=now, at=now)
        candidate = action.apply(before, context)
        verbs = action.moves(candidate, context)
        row = TRANSITIONS[before.status].get(verbs[0]) if verbs else None
        if not verbs:
            return
        to = row.to if row else Status.VERIFIED
        expected = {reason.sentence for reason in row.unmet(candidate, context)} if row else set()
        forced = moved(candidate, action.verb, to, who, self.life)
        found = {finding.reason.sentence for finding in everything(before, forced, self.life)}
        assert expected <= found
        assert found


def action_of(verb: str, *, bare: bool) -> Action:
    fields = FIELDS.get(verb, BECAUSE)
    known = VERBS[verb].model_fields
    given = {
        name: value
        for name, value in fields.items()
        if name in known and (not bare or known[name].is_required())
    }
    return VERBS[verb].model_validate(given)


def moved(record: BugRecord, action: str, to: Status, by: Person, life: Life) -> BugRecord:
    entry = TimelineEntry(key="zzzzzz", at=life.now, by=by, action=action, to=to, text="Moved.")
    return record.model_copy(update={"status": to, "timeline": (*record.timeline, entry)})


LifeBesideTheCheck.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None
)
TestLifeBesideTheCheck = LifeBesideTheCheck.TestCase


@pytest.mark.parametrize("name", EVERY)
def test_a_whole_incident_is_accepted_at_once_and_step_by_step(name: str) -> None:
    steps = played(name)
    before: BugRecord | None = None
    for step in steps:
        assert replay(before, step.record, POLICY, step.at) == ()
        before = step.record
    assert replay(None, steps[-1].record, POLICY, steps[-1].at) == ()


@pytest.mark.parametrize("status", [str(status) for status in Status])
def test_a_usual_life_is_accepted_at_once(status: str) -> None:
    life = life_at(status)
    assert everything(None, life.bug, life) == []


def test_a_status_edited_without_its_move_is_refused_with_the_sentences_of_decide() -> None:
    life = life_at("investigating")
    edited = life.bug.model_copy(update={"status": Status.IN_PROGRESS})

    told = [finding.reason.sentence for finding in everything(life.bug, edited, life)]
    assert told == [
        (
            "The status is `in progress`, and the timeline ends at `investigating`: "
            "use `identify`, which records the move."
        ),
        "No attempt to reproduce is recorded: say where and what was seen.",
        "The root cause is missing: say what causes the bug.",
        "No fix strategy is chosen: choose a preliminary one.",
    ]


def test_a_move_written_by_hand_is_judged_by_its_gates() -> None:
    life = life_at("investigating")
    edited = moved(life.bug, "identify", Status.IN_PROGRESS, BACKEND, life)

    told = [finding.reason.sentence for finding in everything(life.bug, edited, life)]
    assert "The root cause is missing: say what causes the bug." in told
    assert all(finding.where == ("timeline", 3) for finding in everything(life.bug, edited, life))


def test_a_move_that_the_table_does_not_have_is_refused_as_decide_refuses_it() -> None:
    life = life_at("triaged")
    edited = moved(life.bug, "deploy", Status.DEPLOYED, BACKEND, life)

    (reason,) = life.ask("deploy", version="v2").reasons  # type: ignore[union-attr]
    assert [found.reason for found in everything(life.bug, edited, life)] == [reason]


def test_nobody_approves_their_own_fix_by_editing_the_author_away() -> None:
    life = life_at("code_review", "P2")
    forged = life.ask("approve", SENIOR)
    assert isinstance(forged, Accepted)
    fix = forged.record.fix
    assert fix is not None
    review = forged.record.reviews[0].model_copy(update={"by": BACKEND})
    edited = forged.record.model_copy(
        update={"reviews": (review,), "fix": fix.model_copy(update={"submitted_by": SENIOR})}
    )

    told = {finding.reason.sentence for finding in everything(life.bug, edited, life)}
    assert "Backend Engineer wrote this fix and cannot approve it: ask somebody else." in told


def test_a_role_is_asked_for_in_files_too() -> None:
    policy = Policy(roles={"lead": (SENIOR,)}, permissions={"wont-fix": "lead"})
    life = Life(policy=policy).usual("report")
    (reason,) = life.ask("wont-fix", reason="Old").reasons  # type: ignore[union-attr]
    edited = moved(life.bug, "wont-fix", Status.CLOSED, BACKEND, life)

    assert reason in [finding.reason for finding in replay(life.bug, edited, policy, life.now)]


def test_a_closed_bug_is_reopened_before_it_is_worked_on() -> None:
    life = life_at("closed")
    entry = TimelineEntry(key="zzzzzz", at=life.now, by=BACKEND, action="mitigate", text="Off.")
    edited = life.bug.model_copy(update={"timeline": (*life.bug.timeline, entry)})

    told = [finding.reason.sentence for finding in everything(life.bug, edited, life)]
    assert told == ["BUG-0001 is closed: reopen it before `mitigate`."]


def test_a_skipped_step_of_the_hotfix_track_is_refused() -> None:
    life = life_at("investigating").act("hotfix-declare")
    branched = life.ask("hotfix-branch", branch="hotfix/x")
    assert isinstance(branched, Accepted)
    hotfix = branched.record.hotfix
    assert hotfix is not None
    hotfix = hotfix.model_copy(update={"steps": hotfix.steps[1:]})
    edited = branched.record.model_copy(update={"hotfix": hotfix})

    told = {finding.reason.sentence for finding in everything(life.bug, edited, life)}
    assert "Hotfix step `declare` comes before `branch`: do it first." in told


def test_a_copied_key_does_not_hide_a_new_move() -> None:
    life = life_at("triaged")
    entry = life.bug.timeline[0].model_copy(
        update={"action": "wont-fix", "to": Status.CLOSED, "at": life.now}
    )
    edited = life.bug.model_copy(update={"timeline": (*life.bug.timeline, entry)})

    told = [finding.reason.gate for finding in everything(life.bug, edited, life)]
    assert "key" in told


def test_the_way_to_a_closed_status_is_that_of_the_resolution() -> None:
    life = life_at("deployed").act("wont-fix", reason="Old")
    honest = life.bug
    edited = honest.model_copy(update={"timeline": honest.timeline[:-1]})

    told = [
        finding.reason.sentence for finding in unexplained_status(edited, life.policy, life.now)
    ]
    assert told == [
        (
            "The status is `closed`, and the timeline ends at `deployed`: "
            "use `wont-fix`, which records the move."
        )
    ]


def test_a_status_that_no_move_leads_to_is_refused() -> None:
    life = life_at("testing")
    edited = life.bug.model_copy(update={"status": Status.TRIAGED})

    (finding,) = unexplained_status(edited, life.policy, life.now)
    assert finding.reason.sentence.startswith(
        "BUG-0001 stands at `testing`, from where no move leads to `triaged`: go on with "
    )


def test_a_bug_reported_by_hand_needs_no_timeline() -> None:
    record = Life().usual("report").bug.model_copy(update={"timeline": ()})

    assert end_of_trail(record) is Status.REPORTED
    assert list(trail_faults(record)) == []
