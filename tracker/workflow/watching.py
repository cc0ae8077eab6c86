"""That monitoring means something was watched: a figure or a check that was not there before."""

from collections.abc import Iterator
from typing import Final

from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.as_of import WATCHED
from tracker.workflow.decision import Reason
from tracker.workflow.history import lasting
from tracker.workflow.trail import Finding

_NOTHING: Final = "Nothing new was watched: give the error rate, another metric or a check."


def nothing_watched(before: BugRecord | None, after: BugRecord) -> Iterator[Reason]:
    """Neither the monitoring nor the checklist of the hotfix holds anything that is new."""
    if _seen(before) == _seen(after):
        yield Reason(gate="monitoring", sentence=_NOTHING, field="error_rate_after")


def watching_faults(
    old: BugRecord | None, new: BugRecord, fresh: tuple[tuple[int, TimelineEntry], ...]
) -> Iterator[Finding]:
    """New entries of edited files that tell of monitoring without a figure or a check."""
    told = [each for each in fresh if each[1].action in WATCHED]
    if not told:
        return
    lasts = {entry.key for entry in lasting(new.timeline)}
    for position, entry in told:
        for reason in nothing_watched(old, new) if entry.key in lasts else ():
            yield Finding(reason=reason, where=("timeline", position, "action"))


def _seen(record: BugRecord | None) -> object:
    watched = record and (record.monitoring.samples, *_checks(record))
    return watched if watched and any(watched) else None


def _checks(record: BugRecord) -> Iterator[object]:
    watched, hotfix = record.monitoring, record.hotfix
    yield from (watched.immediate, watched.short_term, watched.long_term)
    yield tuple(item for item in hotfix.checklist if item.done) if hotfix else ()
