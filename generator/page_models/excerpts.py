"""Places in code and configuration, each with its text."""

from collections.abc import Iterable

from generator.page_models.blocks import Bullets, Paragraph, bullets, verbatim
from generator.page_models.inline import Cell, Code, joined
from generator.page_models.page import Block
from tracker.model.excerpt import Excerpt


def excerpts(items: Iterable[Excerpt]) -> tuple[Block | None, ...]:
    """Places without text as one list, then each place that has some."""
    listed = tuple(items)
    blocks: list[Block | None] = [_places(item for item in listed if not item.code)]
    for item in listed:
        if item.code:
            blocks.append(Paragraph(content=_titled(item), role="label"))
            blocks.append(verbatim(item.code, item.language))
    return tuple(blocks)


def _places(items: Iterable[Excerpt]) -> Bullets | None:
    return bullets(_titled(item) for item in items)


def _titled(item: Excerpt) -> Cell:
    place = joined((Code(text=item.place), item.note), " – ")
    return joined((place, item.language), " · ")
