"""Lines of a changelog, by the kinds of keepachangelog.com."""

from enum import StrEnum

from tracker.model.part import Line, Part


class ChangeKind(StrEnum):
    """What kind of change a line tells of."""

    ADDED = "added"
    CHANGED = "changed"
    DEPRECATED = "deprecated"
    REMOVED = "removed"
    FIXED = "fixed"
    SECURITY = "security"


class ChangeLine(Part):
    """One line of the changelog."""

    kind: ChangeKind
    """Under which heading it stands."""
    text: Line
    """What changed, for people who use the product."""
