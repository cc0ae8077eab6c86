"""Whether two records under one number tell of one bug."""

from tracker.model.record import BugRecord


def is_same_bug(one: BugRecord, other: BugRecord) -> bool:
    """Entries of the timeline are never taken away; without any, the report has to be the same."""
    left, right = ({entry.key for entry in record.timeline} for record in (one, other))
    return bool(left & right) if left and right else one.reported == other.reported
