"""Tests and reviews of the fix that was handed in last; those of an earlier fix say nothing of it.

Once a fix was sent or taken back, none say anything of the next one, which is not handed in yet.
Several actions may have one time, above all those that are noted afterwards. Which of them came
first is what the timeline tells.
"""

from collections.abc import Iterator

from tracker.model.fix import Evidence, Review, ReviewVerdict
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.as_of import APPROVED, HANDED_IN
from tracker.workflow.history import lasting
from tracker.workflow.telling import told_at

_BACK = frozenset({Status.INVESTIGATING, Status.IN_PROGRESS})
_REVIEWS = (*APPROVED, "request-changes")


def current_evidence(record: BugRecord) -> tuple[Evidence, ...]:
    """Test runs on the fix that was submitted last, before any deployment of it.

    A run without a time is one on the only fix there was, or says nothing.
    """
    if not record.tests or _is_taken_back(record):
        return ()
    since = record.fix.submitted_at if record.fix else None
    only = sum(entry.action in HANDED_IN for entry in lasting(record.timeline)) < 2  # noqa: PLR2004
    return tuple(
        run
        for run in record.tests
        if not run.after_deployment
        and (since is None or (run.at >= since if run.at else only))
        and not (run.at == since and _is_of_earlier_fix(run, record))
    )


def current_approvals(record: BugRecord) -> tuple[Review, ...]:
    """The newest review of each reviewer of the fix that was submitted last, if it approves."""
    newest = {review.by.email: review for review in _current_reviews(record)}
    return tuple(review for review in newest.values() if review.verdict is ReviewVerdict.APPROVED)


def _is_of_earlier_fix(run: Evidence, record: BugRecord) -> bool:
    told = told_at(run, record.id, record.timeline)
    return told is not None and told < _handed_in_at(record)


def _current_reviews(record: BugRecord) -> Iterator[Review]:
    """Reviews since the fix was handed in; those of that very second follow their entries."""
    if not record.reviews or _is_taken_back(record):
        return
    since = record.fix.submitted_at if record.fix else None
    before = {entry.key for entry in record.timeline[: _handed_in_at(record)]}
    earlier = sum(
        entry.key in before and entry.at == since and entry.action in _REVIEWS
        for entry in lasting(record.timeline)
    )
    for review in record.reviews:
        if review.at == since and earlier:
            earlier -= 1
        elif since is None or review.at >= since:
            yield review


def _is_taken_back(record: BugRecord) -> bool:
    """Whether a way led back to the fix, or to the cause, since one was handed in."""
    for entry in reversed(lasting(record.timeline)):
        if entry.action in HANDED_IN:
            return False
        if entry.to in _BACK:
            return True
    return False


def _handed_in_at(record: BugRecord) -> int:
    """The position of the entry that tells of the newest fix; 0 where none does."""
    lasts = {entry.key for entry in lasting(record.timeline)}
    told = (
        position
        for position, entry in enumerate(record.timeline)
        if entry.action in HANDED_IN and entry.key in lasts
    )
    return max(told, default=0)
