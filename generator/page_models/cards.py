"""Blocks that stand out: clocks, next moves, documents and figures."""

from dataclasses import dataclass
from typing import Literal

from generator.page_models.inline import Badge, Cell, Inline, When


@dataclass(frozen=True, kw_only=True)
class Dial:
    """One clock: what it measures, how long it took, and its target where there is one."""

    label: str
    span: str
    state: Badge | None = None
    target: str = ""
    percent: int | None = None
    """Share of the target that is used, 0 to 100."""


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """Clocks side by side."""

    dials: tuple[Dial, ...]
    kind: Literal["clocks"] = "clocks"


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """A condition that is not met, with the commands that meet it."""

    sentence: str
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NextMove:
    """Something that may be done next, and what still stands in its way."""

    words: str
    commands: tuple[str, ...]
    unmet: tuple[Unmet, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NextMoves:
    """What may be done next."""

    moves: tuple[NextMove, ...]
    kind: Literal["next_moves"] = "next_moves"


@dataclass(frozen=True, kw_only=True)
class DocumentCard:
    """A document of a bug and how far it is."""

    title: Cell
    state: Badge
    detail: Cell = ()


@dataclass(frozen=True, kw_only=True)
class Documents:
    """The documents of a bug."""

    cards: tuple[DocumentCard, ...]
    kind: Literal["documents"] = "documents"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number that tells how things are."""

    label: str
    number: str
    note: str = ""
    state: str = ""
    """A colour: `good`, `warning`, `bad` or none."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Numbers side by side."""

    figures: tuple[Figure, ...]
    kind: Literal["figures"] = "figures"


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What a number was made from, folded until somebody asks."""

    words: str
    links: Cell
    more: Cell = ()
    kind: Literal["sources"] = "sources"


@dataclass(frozen=True, kw_only=True)
class RevisedField:
    """A field that a commit changed; an empty text stands for nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Revised:
    """One commit of a record."""

    commit: Inline
    subject: str
    who: str
    at: When
    changes: tuple[RevisedField, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RevisionList:
    """The commits of a record."""

    revisions: tuple[Revised, ...]
    kind: Literal["revisions"] = "revisions"
