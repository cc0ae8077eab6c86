"""What happened to a bug, oldest first."""

from datetime import datetime

from generator.page_models.blocks import Happening, Timeline
from generator.page_models.inline import When, cell, link_to, sentence_case, status_badge
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry, in_order


def timeline(record: BugRecord, until: datetime | None = None) -> Timeline | None:
    """The entries up to a moment, oldest first; ``None`` when there are none."""
    entries = tuple(
        _happening(entry)
        for entry in in_order(record.timeline)
        if until is None or entry.at <= until
    )
    return Timeline(entries=entries) if entries else None


def _happening(entry: TimelineEntry) -> Happening:
    return Happening(
        at=(When(at=entry.at),),
        text=_text(entry),
        who=entry.by.name,
        what=sentence_case(entry.action.replace("-", " ")),
        anchor=f"entry-{entry.key}",
        badge=status_badge(entry.to) if entry.to is not None else None,
        source=cell(link_to("Where it was said", entry.source)) if entry.source else (),
    )


def _text(entry: TimelineEntry) -> str:
    """What happened; an undone move is named by its key, as the file names it."""
    return f"{entry.text} (takes back {', '.join(entry.undoes)})" if entry.undoes else entry.text
