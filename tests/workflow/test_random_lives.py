"""Random commands in random order: `decide` never leaves the table and never half-changes a bug."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.builders.commands import BECAUSE, FIELDS
from tests.builders.life import BACKEND, ONCALL, SENIOR, Life
from tracker.model.person import Person
from tracker.model.record import BugRecord, to_mapping
from tracker.workflow.decision import Accepted
from tracker.workflow.transitions import TRANSITIONS
from tracker.workflow.verbs import VERBS


def test_every_command_takes_part() -> None:
    assert set(VERBS) == set(FIELDS) | {
        verb for verb, action in VERBS.items() if "reason" in action.model_fields
    }


class RandomLife(RuleBasedStateMachine):
    """One bug to which anything may be done."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life().usual("report")

    @rule(
        verb=st.sampled_from([verb for verb in VERBS if verb != "report"]),
        who=st.sampled_from([BACKEND, SENIOR, ONCALL]),
        bare=st.booleans(),
    )
    def anything(self, verb: str, who: Person, *, bare: bool) -> None:
        """Do it; accepted or not, the table and the history must hold."""
        before = self.life.bug
        fields = FIELDS.get(verb, BECAUSE)
        required = {
            name: fields[name]
            for name, field in VERBS[verb].model_fields.items()
            if field.is_required()
        }
        decision = self.life.ask(verb, who, **(required if bare else fields))
        if not isinstance(decision, Accepted):
            assert decision.reasons
            assert all(reason.sentence.endswith((".", "?")) for reason in decision.reasons)
            return
        after = decision.record
        assert after.timeline[: len(before.timeline)] == before.timeline
        self._follows_the_table(before, after)
        self.life.keep(after)
        self.life.now += timedelta(hours=3)

    def _follows_the_table(self, before: BugRecord, after: BugRecord) -> None:
        status = before.status
        for entry in after.timeline[len(before.timeline) :]:
            if entry.to is not None:
                rows = {row.to for row in TRANSITIONS[status].values()}
                assert entry.to in rows or entry.undoes
                status = entry.to
        assert status is after.status

    @invariant()
    def the_record_reads_back_as_it_was_written(self) -> None:
        """A record that the judge accepts is one that its file can hold."""
        assert BugRecord.model_validate(to_mapping(self.life.bug)) == self.life.bug


RandomLife.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestRandomLives = RandomLife.TestCase
