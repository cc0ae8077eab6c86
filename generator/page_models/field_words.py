"""What a field of a model may hold, in words; read from its annotation."""

import builtins
import typing
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from generator.page_models.inline import Cell, Code
from tracker.model.bug_id import BugId, IncidentId
from tracker.model.part import Key, Line, Moment, Part, Prose, Verbatim
from tracker.model.person import Person

_NAMED = (
    (Line, "one line"),
    (Prose, "Markdown"),
    (Verbatim, "text, kept as it is"),
    (Moment, "time with offset"),
    (Key, "six characters"),
    (BugId, "bug number"),
    (IncidentId, "incident number"),
)
_PLAIN: dict[object, str] = {
    str: "one line",
    bool: "`true` or `false`",
    int: "number",
    float: "number",
    date: "date",
    datetime: "time with offset",
    Person: "`Name <name@example.com>`",
}


_MANY = {
    "one line": "lines",
    "section": "entries",
    "bug number": "bug numbers",
    "text, kept as it is": "texts, kept as they are",
}


def hints(model: type[Part]) -> dict[str, object]:
    """The annotations of a model's fields as they are written, by the key that a file holds."""
    written = get_type_hints(model, include_extras=True)
    return {
        field.alias or name: written[name]
        for name, field in model.model_fields.items()
        if name in written
    }


def marked(text: str) -> Cell:
    """Text in which `code` stands between backticks, as this product's own texts are written."""
    return tuple(
        Code(text=part) if index % 2 else part for index, part in enumerate(text.split("`")) if part
    )


def in_words(hint: object) -> str:
    """`list of lines`, `Markdown`, `one of P0, P1`…; a model inside is a `section`."""
    for named, words in _NAMED:
        if _is_same(hint, named):
            return words
    return _by_shape(hint)


def parts_of(hint: object) -> Iterator[tuple[type[Part], bool]]:
    """The models inside an annotation, each with whether it stands in a list."""
    if isinstance(hint, type) and issubclass(hint, Part) and hint is not Person:
        yield hint, False
        return
    many = get_origin(hint) is tuple
    for inner in get_args(hint):
        for model, listed in parts_of(inner):
            yield model, many or listed


def _by_shape(hint: object) -> str:
    parts = get_args(hint)
    match get_origin(hint):
        case origin if origin in {UnionType, Union}:
            words = " or ".join(in_words(part) for part in parts if part is not NoneType)
        case builtins.tuple:
            one = in_words(parts[0])
            words = f"list of {_MANY.get(one, one)}"
        case typing.Literal:
            words = f"`{parts[0]}`"
        case typing.Annotated:
            words = in_words(parts[0])
        case _:
            words = _plainly(hint)
    return words


def _plainly(hint: object) -> str:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "one of " + ", ".join(f"`{member}`" for member in hint)
    return _PLAIN.get(hint, "section")


def _is_same(hint: object, named: Any) -> bool:  # noqa: ANN401 - an annotation has no type
    """Equal annotations may mean different things, so the very same one is asked for."""
    if hint is named:
        return True
    metadata: tuple[object, ...] = getattr(hint, "__metadata__", ())
    return bool(metadata) and metadata[0] is getattr(named, "__metadata__", (None,))[0]
