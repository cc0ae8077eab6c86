"""Take `key=value` out of what was typed."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final, get_args

from pydantic.fields import FieldInfo

from tracker.model.part import Part
from tracker.model.person import Person
from tracker.workflow.verbs import VERBS

_PAIR: Final = re.compile(r"(?<!\S)(?P<key>[A-Za-z][A-Za-z0-9_.-]*)=")
_LIKELY: Final = 0.6
_NEARLY: Final = 0.85
"""How near a key within a text must be to a field, where many words stand before `=`."""
_ASKED_LATER: Final = {"severity": "triage", "category": "triage", "assignee": "assign"}
"""What is no field of a report and is said of the bug by another verb."""
_QUOTES: Final = {'"': '"', "'": "'", "“": "”", "„": "“", "\u2018": "’"}


def read_pairs(text: str, keys: frozenset[str]) -> tuple[str, dict[str, str]]:
    """Divide `free text key=some value other="quoted value"` at the keys that are known.

    A value goes on to the next known key, so it needs no quotes; what looks like a pair and has
    no known key stays text.
    """
    free, pairs, position = [], {}, 0
    while (found := _next_pair(text, keys, position)) is not None:
        free.append(text[position : found.start()])
        value, position = _value(text, found.end(), keys)
        pairs[_field(found["key"])] = value
    free.append(text[position:])
    return _unquoted(" ".join(part.strip() for part in free if part.strip())), pairs


def first_pair(text: str, keys: frozenset[str]) -> int:
    """Where the pairs begin; the length of the text where there are none."""
    found = _next_pair(text, keys, 0)
    return found.start() if found is not None else len(text)


def known_keys(verb: str) -> frozenset[str]:
    """The fields of an action, and those of its parts one level down, as keys to type.

    A field of a part may be typed with its part, as `rollback_plan.steps`, where two have it.
    """
    keys: set[str] = set()
    for name, info in _typed_fields(verb).items():
        keys.add(name)
        for part in _parts(info.annotation):
            keys.update(part.model_fields)
            keys.update(f"{name}.{each}" for each in part.model_fields)
    return frozenset(keys)


def _typed_fields(verb: str) -> dict[str, FieldInfo]:
    """Those of an action but `clear`: a field is emptied by `key=`."""
    fields = VERBS[verb].model_fields
    return {name: info for name, info in fields.items() if name != "clear"}


def mistyped_keys(text: str, verb: str, *, whole: bool = True) -> list[str]:
    """Tell of every `key=` that no field has.

    The `whole` text begins with one by mistake; further on one is told only when it nearly is a
    field, or stands behind one that is told: what follows a key is no sentence.
    """
    keys, told = known_keys(verb), list[str]()
    for found in _PAIR.finditer(text):
        begins = whole and found.start() == 0
        key = _field(found["key"])
        if key in keys:
            continue
        taken = f"“{found[0]}” is no field and was taken as text"
        later = _ASKED_LATER.get(key) if verb == "report" else None
        near = get_close_matches(key, keys, n=1, cutoff=_LIKELY if begins else _NEARLY)
        if later:
            told.append(f"{taken}: once the bug is reported, `/bug {later}` asks for it.")
        elif near:
            told.append(f"{taken}: did you mean `{near[0]}=`?")
        elif begins:
            fields = ", ".join(name for name in _typed_fields(verb) if name != "at")
            told.append(f"{taken}. The fields are {fields}.")
        elif told:
            told.append(f"{taken}.")
    return told


def _field(key: str) -> str:
    return key.lower().replace("-", "_")


def _next_pair(text: str, keys: frozenset[str], position: int) -> re.Match[str] | None:
    for found in _PAIR.finditer(text, position):
        if _field(found["key"]) in keys:
            return found
    return None


def _value(text: str, start: int, keys: frozenset[str]) -> tuple[str, int]:
    """The value from `start` on, and where it ends."""
    close = text.find(_QUOTES[text[start]], start + 1) if text[start : start + 1] in _QUOTES else -1
    if close != -1 and text[close + 1 : close + 2].strip() == "":
        return text[start + 1 : close], close + 1
    following = _next_pair(text, keys, start)
    end = following.start() if following is not None else len(text)
    return text[start:end].strip(), end


def _unquoted(text: str) -> str:
    inside = text[1:-1]
    closing = _QUOTES.get(text[:1])
    whole = len(text) > 1 and closing is not None and text.endswith(closing)
    return inside if whole and closing is not None and closing not in inside else text


def _parts(annotation: object) -> Iterator[type[Part]]:
    part = annotation if isinstance(annotation, type) else object
    if issubclass(part, Part) and part is not Person:
        yield part
    for inner in get_args(annotation):
        yield from _parts(inner)
