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
    """The current list with new items added and items of the same text replaced in place.

    Of two ticks the later one stays: a tick that is noted afterwards takes none back.
    """
    replaced = {item.text: item for item in new}
    kept = tuple(_later(item, replaced.pop(item.text, item)) for item in current)
    return kept + tuple(replaced.values())


def _later(old: ChecklistItem, new: ChecklistItem) -> ChecklistItem:
    ticked_twice = old.done and new.done
    if ticked_twice and old.at is not None and new.at is not None and old.at > new.at:
        return old
    return new
