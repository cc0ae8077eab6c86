"""Random edits of a record's plain values, as two branches make them."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from tests.builders.full_record import full_record
from tests.builders.life import life_at
from tracker.model.record import to_mapping

Values = dict[str, Any]
Path = tuple[str | int, ...]
Edit = Callable[[Values], None]

BASES: tuple[Values, ...] = (
    to_mapping(full_record().record),
    to_mapping(life_at("closed").bug),
    to_mapping(life_at("triaged").bug),
    {**to_mapping(life_at("reported").bug), "x-team": {"notes": "one\ntwo\nthree\nfour\nfive"}},
)
_WORDS = st.sampled_from(["Blue", "Green", "Red", "one\ntwo\nthree", "Blue and green"])
_KEYS = st.text("abc123", min_size=6, max_size=6)


def entry(key: str, minute: int, text: str = "Looked at it.") -> Values:
    """A note of the timeline."""
    at = f"2027-01-01T10:{minute:02d}:00Z"
    return {"key": key, "at": at, "by": "A <a@example.com>", "action": "note", "text": text}


def action(key: str, text: str = "Add a test") -> Values:
    """An action item."""
    return {"key": key, "text": text, "horizon": "immediate"}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One change that a person makes in a file."""
    where, word = draw(st.integers(0, 10_000)), draw(_WORDS)
    key, minute = draw(_KEYS), draw(st.integers(0, 59))
    edit: Edit = draw(
        st.sampled_from(
            [
                lambda values: _change(values, where, word),
                lambda values: _remove(values, where),
                lambda values: values.setdefault("timeline", []).append(entry(key, minute, word)),
                lambda values: values.setdefault("actions", []).append(action(key, "Add a test")),
                lambda values: _append(values, where, word),
                lambda values: _add_line(values, where, word),
                lambda values: values.setdefault("x-team", {}).update({key: word}),
            ]
        )
    )
    return edit


@st.composite
def branches(draw: st.DrawFn) -> tuple[Values, Values, Values]:
    """A base and what up to three edits on each of two branches make of it."""
    base = draw(st.sampled_from(BASES))
    sides = [copy.deepcopy(base), copy.deepcopy(base)]
    for side in sides:
        for edit in draw(st.lists(edits(), max_size=3)):
            edit(side)
    return base, sides[0], sides[1]


def facts(values: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What a record says, as places and values: lines of texts, items of lists by their keys."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from facts(value, f"{path}.{key}" if path else key)
    elif isinstance(values, list):
        for item in values:
            key = item.get("key", "") if isinstance(item, dict) else ""
            yield from facts(item, f"{path}[{key}]")
    else:
        for line in str(values).split("\n"):
            yield path, line


def _leaves(values: Any, path: Path = ()) -> Iterator[Path]:
    children = (
        values.items()
        if isinstance(values, dict)
        else enumerate(values)
        if isinstance(values, list)
        else ()
    )
    for step, value in children:
        if isinstance(value, dict | list):
            yield from _leaves(value, (*path, step))
        elif step not in {"key", "schema", "id"}:
            yield (*path, step)


def _parent(values: Values, path: Path) -> Any:
    found: Any = values
    for step in path[:-1]:
        found = found[step]
    return found


def _change(values: Values, where: int, word: str) -> None:
    leaves = list(_leaves(values))
    path = leaves[where % len(leaves)]
    _parent(values, path)[path[-1]] = word


def _remove(values: Values, where: int) -> None:
    leaves = list(_leaves(values))
    path = leaves[where % len(leaves)]
    del _parent(values, path)[path[-1]]


def _append(values: Values, where: int, word: str) -> None:
    lists = [path for path in _leaves(values) if isinstance(path[-1], int)]
    if lists:
        _parent(values, lists[where % len(lists)]).append(word)


def _add_line(values: Values, where: int, word: str) -> None:
    texts = [path for path in _leaves(values) if "\n" in str(_parent(values, path)[path[-1]])]
    if texts:
        path = texts[where % len(texts)]
        lines = str(_parent(values, path)[path[-1]]).split("\n")
        lines.insert(where % (len(lines) + 1), word)
        _parent(values, path)[path[-1]] = "\n".join(lines)
