"""A pull request is judged as commands are: random histories never divide the two doors.

`make agreement HISTORIES=10000` looks at as many; a run of the tests at a few.
"""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.builders.commands import BECAUSE, FIELDS, OTHERWISE
from tests.builders.doors import as_pull_request, everything, moved, told_of
from tests.builders.life import BACKEND, ONCALL, SENIOR, Life, answers
from tracker.model.deployment import HotfixStep
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.action import Action
from tracker.workflow.actions.hotfix_step import HotfixAction
from tracker.workflow.as_of import HANDED_IN
from tracker.workflow.context import Context
from tracker.workflow.current_fix import current_approvals, current_evidence
from tracker.workflow.decision import Accepted
from tracker.workflow.growth import lost
from tracker.workflow.history import lasting
from tracker.workflow.hotfix_order import out_of_order, taken_already
from tracker.workflow.next_moves import next_on_track
from tracker.workflow.replay import replay
from tracker.workflow.transitions import TRANSITIONS
from tracker.workflow.verbs import VERBS

HISTORIES = int(os.environ.get("HISTORIES", "40"))
LONGEST = 30  # commands
PAUSE = st.integers(0, 1)  # seconds; several people act in one, and records know no fractions
ONWARD = {
    "reported": ("triage",),
    "triaged": ("assign",),
    "investigating": ("identify",),
    "in_progress": ("submit-fix",),
    "code_review": ("approve",),
    "testing": ("pass-tests",),
    "load_test": ("evidence", "release-notes", "deploy"),
    "deployed": ("monitor", "verify"),
    "verified": ("publish", "postmortem", "publish", "close"),
    "closed": ("reopen",),
}
OF_THE_TRACK = (None, None, *(f"hotfix-{step}" for step in HotfixStep))  # None: what comes next
VERBS_OF_A_LIFE = tuple(verb for verb in VERBS if verb != "report")
PAUSES = st.sampled_from([timedelta(seconds=1), timedelta(hours=3), timedelta(days=2)])
SEVERITIES = st.sampled_from(["P0", "P1", "P2", "P3"])


class BothDoors(RuleBasedStateMachine):
    """Whatever a command may do, an edited file may do; what it may not, a file may not."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life(beside=frozenset()).usual("report")
        self.versions: list[BugRecord | None] = [None, self.life.bug]

    @rule(step=st.integers(0, 3), severity=SEVERITIES, pause=PAUSE)
    def go_on(self, step: int, severity: str, pause: int) -> None:
        """Do what usually comes next, so that long lives are seen as well."""
        verbs = ONWARD[str(self.life.bug.status)]
        verb = verbs[step % len(verbs)]
        fields = dict(FIELDS.get(verb, BECAUSE))
        if verb == "triage":
            fields["answers"] = answers(severity)
        if verb == "publish" and step > 1:
            fields["document"] = "postmortem"
        who = SENIOR if verb == "approve" else BACKEND
        self._ask(VERBS[verb].model_validate(known(verb, fields)), who)
        self.life.now += timedelta(seconds=pause)

    @rule(verb=st.sampled_from(OF_THE_TRACK), otherwise=st.booleans(), pause=PAUSE)
    def hotfix(self, verb: str | None, pause: int, *, otherwise: bool) -> None:
        """Go on with the hotfix track, or take any step of it, for the first time or again."""
        now = self.life.now
        context = Context(actor=BACKEND, policy=self.life.policy, now=now, at=now)
        if self.life.bug.hotfix is None:
            verb = "hotfix-declare"
        verb = verb or next_on_track(self.life.bug, context) or "note"
        fields = (OTHERWISE if otherwise else FIELDS).get(verb, FIELDS.get(verb, BECAUSE))
        who = SENIOR if verb == "hotfix-review" else BACKEND
        self._ask(VERBS[verb].model_validate(known(verb, fields)), who)
        self.life.now += timedelta(seconds=pause)

    @rule(
        verb=st.sampled_from(VERBS_OF_A_LIFE),
        who=st.sampled_from([BACKEND, SENIOR, ONCALL]),
        bare=st.booleans(),
        pause=PAUSE,
    )
    def do_anything(self, verb: str, who: Person, *, bare: bool, pause: int) -> None:
        """Do something, possible or not."""
        self._ask(action_of(verb, bare=bare), who)
        self.life.now += timedelta(seconds=pause)

    @rule(pause=PAUSES)
    def wait(self, pause: timedelta) -> None:
        """Let time pass."""
        self.life.now += pause

    def teardown(self) -> None:
        """In the end, the file is merged: in one go, since some version, or its last step alone."""
        bug, versions = self.life.bug, self.versions
        for old in (None, versions[len(versions) // 2]):
            assert replay(old, bug, self.life.policy, self.life.now) == ()
            assert old is None or not list(lost(old, bug))
        old = versions[-2] if len(versions) % 2 else None
        assert as_pull_request(old, bug, self.life) == ()

    def _ask(self, action: Action, who: Person) -> None:
        decision = self.life.ask(action.verb, who, **action.model_dump(exclude_unset=True))
        if isinstance(decision, Accepted):
            assert everything(self.life.bug, decision.record, self.life) == []
            if action.verb in HANDED_IN:
                self._nothing_is_of_an_earlier_fix(action, decision.record)
            self.life.keep(decision.record)
            self.versions.append(decision.record)
        else:
            self._a_file_may_not_either(action, who)

    def _nothing_is_of_an_earlier_fix(self, action: Action, after: BugRecord) -> None:
        """No test, review or change of a fix before speaks for one that is just handed in."""
        assert (current_evidence(after), current_approvals(after)) == ((), ())
        last = [entry.action for entry in lasting(self.life.bug.timeline) if entry.to]
        unsaid = {"branch", "pull_request", "commits", "summary", "risk"} - action.model_fields_set
        if last[-1] == "roll-back" and after.fix is not None:
            track = after.hotfix.branch if after.hotfix else None
            said = {name: getattr(after.fix, name) for name in unsaid}
            assert {value for value in said.values() if value} <= {track}

    def _a_file_may_not_either(self, action: Action, who: Person) -> None:
        """Write down what was refused, as a person with an editor might."""
        before, now = self.life.bug, self.life.now
        context = Context(actor=who, policy=self.life.policy, now=now, at=now)
        candidate = action.apply(before, context)
        verbs = action.moves(candidate, context)
        if isinstance(action, HotfixAction) and before.status.is_open:
            self._nor_a_step_out_of_order(action, candidate, context)
        row = TRANSITIONS[before.status].get(verbs[0]) if verbs else None
        if not verbs:
            return
        to = row.to if row else Status.VERIFIED
        expected = {reason.sentence for reason in row.unmet(candidate, context)} if row else set()
        forced = moved(candidate, action.verb, to, who, self.life)
        found = {finding.reason.sentence for finding in everything(before, forced, self.life)}
        assert expected <= found
        assert found

    def _nor_a_step_out_of_order(
        self, action: HotfixAction, candidate: BugRecord, context: Context
    ) -> None:
        """The same sentence, though the entry makes no move."""
        before = self.life.bug
        told = action.event(candidate, context) or ""
        expected = {
            reason.sentence
            for reason in (
                *out_of_order(before, action.step),
                *taken_already(before, action.step, told),
            )
        }
        forced = told_of(self.life, action, told, context.actor)
        found = {finding.reason.sentence for finding in everything(before, forced, self.life)}
        assert expected <= found


def known(verb: str, fields: dict[str, object], *, bare: bool = False) -> dict[str, object]:
    """The fields that a command has; of a bare one those that it needs."""
    of_verb = VERBS[verb].model_fields
    return {
        name: value
        for name, value in fields.items()
        if name in of_verb and (not bare or of_verb[name].is_required())
    }


def action_of(verb: str, *, bare: bool) -> Action:
    """The command with the usual fields."""
    return VERBS[verb].model_validate(known(verb, FIELDS.get(verb, BECAUSE), bare=bare))


BothDoors.TestCase.settings = settings(
    max_examples=HISTORIES,
    stateful_step_count=LONGEST,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestBothDoors = BothDoors.TestCase
