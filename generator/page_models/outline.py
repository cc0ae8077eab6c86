"""The headings of a page, as its table of contents shows them."""

from dataclasses import dataclass

from generator.page_models.page import Page, Section


@dataclass(frozen=True, kw_only=True)
class Heading:
    """An entry of a table of contents."""

    text: str
    anchor: str
    children: "tuple[Heading, ...]" = ()


@dataclass(frozen=True, kw_only=True)
class Outline:
    """Where a page is, and its headings."""

    path: str
    headings: tuple[Heading, ...]


def outline(page: Page) -> Outline:
    """The outline of a page model."""
    parts = (*page.glance, *page.sections)
    return Outline(path=page.path, headings=tuple(map(_heading, parts)))


def _heading(part: Section) -> Heading:
    return Heading(
        text=part.heading, anchor=part.anchor, children=tuple(map(_heading, part.sections))
    )
