"""Which command helps after a refusal: one that the rules accept where the bug stands now."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.decision import MADE, Reason
from tracker.workflow.hotfix_track import on_track
from tracker.workflow.next_moves import leading_to, next_on_track
from tracker.workflow.obstacles import obstacles
from tracker.workflow.verbs import VERBS

_OF_ORDER = frozenset({"state", MADE, "hotfix-order", "hotfix-taken", "hotfix-declared"})
"""Nothing is missing but what comes before: a track says itself what that is."""


def with_remedies(
    reasons: Iterable[Reason], verb: str, record: BugRecord, context: Context
) -> tuple[Reason, ...]:
    """Why a command is refused, each reason with a command that who asks may give now, or none."""
    return tuple(
        replace(reason, remedy=_remedy(reason, verb, record, context)) for reason in reasons
    )


def _remedy(reason: Reason, verb: str, record: BugRecord, context: Context) -> str | None:
    candidates = _candidates(reason, verb, record, context)
    return next((each for each in candidates if not obstacles(record, each, context)), None)


def _candidates(reason: Reason, verb: str, record: BugRecord, context: Context) -> Iterator[str]:
    """The commands that may help, the best first; those of the track before all others."""
    named = reason.remedy
    if named is None:
        return
    if reason.gate in _OF_ORDER and (due := next_on_track(record, context)):
        yield due
        return
    yield on_track(record, named)
    yield named
    if reason.gate in VERBS[verb].meets(record, context):
        yield verb
    if before := leading_to(record, named, context):
        yield before
