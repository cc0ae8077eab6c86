"""What a condition looks like."""

from collections.abc import Callable, Iterable

from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason

Gate = Callable[[BugRecord, Context], Iterable[Reason]]
"""Judged on the record with the action's data in it; yields what is missing."""
