"""A box that somebody ticked, or has yet to tick."""

from tracker.model.part import Line, Moment, Part
from tracker.model.person import Person


class ChecklistItem(Part):
    """One line of a checklist."""

    text: Line
    """What has to be true."""
    done: bool = False
    """Whether it is."""
    by: Person | None = None
    """Who ticked it."""
    at: Moment | None = None
    """When it was ticked."""


def merged(
    current: tuple[ChecklistItem, ...], new: tuple[ChecklistItem, ...]
) -> tuple[ChecklistItem, ...]:
    """The current list with new items added and items of the same text replaced in place."""
    replaced = {item.text: item for item in new}
    kept = tuple(replaced.pop(item.text, item) for item in current)
    return kept + tuple(replaced.values())
