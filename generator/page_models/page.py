"""A page: an ordered list of sections, each with a heading, an anchor and its blocks."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from generator.page_models.attachments import Attachments
from generator.page_models.blocks import (
    Bullets,
    Checklist,
    Facts,
    Missing,
    Narrative,
    Paragraph,
    Table,
    Timeline,
    Verbatim,
)
from generator.page_models.cards import Clocks, Documents, Figures, NextMoves, RevisionList, Sources
from generator.page_models.charts import BarChart
from generator.page_models.inline import Badge, Cell, PageLink, When
from generator.page_models.lifecycle import Lifecycle
from generator.page_models.month_chart import MonthChart
from generator.page_models.similar import Similar

Block = (
    Attachments
    | BarChart
    | Bullets
    | Checklist
    | Clocks
    | Documents
    | Facts
    | Figures
    | Lifecycle
    | Missing
    | MonthChart
    | Narrative
    | NextMoves
    | Paragraph
    | RevisionList
    | Similar
    | Sources
    | Table
    | Timeline
    | Verbatim
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a page that can be linked to; headings are ours and never come from a record."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...] = ()
    sections: "tuple[Section, ...]" = ()


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A way to another document of the same bug."""

    link: PageLink
    state: Badge | None
    current: bool


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """The commit that a page shows; ``None`` for the commit means that it is not committed."""

    commit: str | None
    at: datetime
    modified: bool = False
    """Whether the file was edited since that commit."""

    @property
    def when(self) -> When:
        """The commit's time, ready to be shown."""
        return When(at=self.at)


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where a page comes from."""

    record_path: str
    schema: int
    as_of: AsOf | None
    yaml: str = ""
    """Where the site has the record's file as it is."""
    commits_at: str = ""
    """What stands before a commit's id in its address on the web; empty when that is not known."""
    json: str = ""
    """Where the site has the record with what is computed from it."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the site."""

    path: str
    """Below the documentation folder, see `generator.page_paths`."""
    kind: str
    """The page's class in the style sheet."""
    title: str
    """The browser's title."""
    heading: str
    """The page's one first-level heading."""
    kicker: str = ""
    """What stands small above the heading."""
    lead: Cell = ()
    """A sentence or two below the heading."""
    badges: tuple[Badge, ...] = ()
    standing: Cell = ()
    """Version, approvals and date of the document that the page is."""
    tabs: tuple[Tab, ...] = ()
    notices: tuple[Missing, ...] = ()
    """What is wrong with the page or its record."""
    glance: tuple[Section, ...] = ()
    """What is read first, side by side."""
    sections: tuple[Section, ...]
    summary: str
    """Plain text by which the search finds the page."""
    provenance: Provenance | None = None
    moved_to: str = ""
    """The page that a browser goes on to, where this one only leads there."""


def section(heading: str, *content: Block | Section | None, anchor: str = "") -> Section | None:
    """A section of what is there; ``None`` when nothing is."""
    present = [part for part in content if part is not None]
    if not present:
        return None
    return Section(
        heading=heading,
        anchor=anchor or anchor_of(heading),
        blocks=tuple(part for part in present if not isinstance(part, Section)),
        sections=tuple(part for part in present if isinstance(part, Section)),
    )


def present(*sections: Section | None) -> tuple[Section, ...]:
    """The sections that are there."""
    return tuple(part for part in sections if part is not None)


@lru_cache(maxsize=4096)
def anchor_of(heading: str) -> str:
    """The anchor of a heading: ``what-went-well``."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower().replace("'", "").replace("’", "")).strip("-")
