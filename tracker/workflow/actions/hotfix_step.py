"""What every step of the hotfix track has in common: its order and its mark (workflow §3)."""

from collections.abc import Iterable
from typing import ClassVar

from tracker.model.deployment import HotfixStep, StepTaken
from tracker.model.part import Verbatim
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.hotfix_order import out_of_order, taken_already


class HotfixAction(Action):
    """One step of the track."""

    step: ClassVar[HotfixStep]

    run: Verbatim | None = None
    """The commands that were run."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The steps before it are taken, and it is neither past nor taken in the same words."""
        yield from super().conditions(record, context)
        yield from out_of_order(record, self.step)
        yield from taken_already(record, self.step, *self.told(record, context))

    def told(self, record: BugRecord, context: Context) -> tuple[str | None, ...]:
        """The words by which a second step of the kind is known."""
        return (self.event(record, context),)

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The steps before it are taken, and it is not past."""
        yield from super().obstacles(record, context)
        yield from out_of_order(record, cls.step)

    def taken(self, record: BugRecord, context: Context, detail: str | None = None) -> BugRecord:
        """The record with this step marked as taken."""
        if record.hotfix is None:
            return record
        step = StepTaken(
            step=self.step,
            at=context.at,
            by=context.actor,
            detail=detail[:300].replace("\n", " ") if detail else None,
            command=self.run,
        )
        hotfix = record.hotfix.model_copy(update={"steps": (*record.hotfix.steps, step)})
        return record.model_copy(update={"hotfix": hotfix})
