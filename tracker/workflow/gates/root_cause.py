"""Conditions for leaving the root-cause phase: tried, explained, a strategy chosen."""

from collections.abc import Iterable

from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason


def reproduction_was_tried(record: BugRecord, context: Context) -> Iterable[Reason]:
    """No cause is believed without an attempt to see the bug."""
    del context
    if not record.investigation.reproductions:
        yield Reason(
            gate="reproduction",
            sentence="No attempt to reproduce is recorded: say where and what was seen.",
            remedy="identify",
            field="reproductions",
        )


def root_cause_is_explained(record: BugRecord, context: Context) -> Iterable[Reason]:
    """No fix phase without root cause: what, why it happened, why it was not caught."""
    del context
    cause = record.root_cause
    if cause is None:
        yield Reason(
            gate="root-cause",
            sentence="The root cause is missing: say what causes the bug.",
            remedy="identify",
            field="what",
        )
        return
    if not cause.why_it_happened:
        yield Reason(
            gate="why-it-happened",
            sentence="The root cause does not say why it happened: give at least one reason.",
            remedy="identify",
            field="why_it_happened",
        )
    if not cause.why_not_caught:
        yield Reason(
            gate="why-not-caught",
            sentence="The root cause does not say why it was not caught: give at least one reason.",
            remedy="identify",
            field="why_not_caught",
        )


def strategy_is_chosen(record: BugRecord, context: Context) -> Iterable[Reason]:
    """A preliminary fix strategy ends the root-cause phase."""
    del context
    if record.fix is None:
        yield Reason(
            gate="strategy",
            sentence="No fix strategy is chosen: choose a preliminary one.",
            remedy="identify",
            field="strategy",
        )
