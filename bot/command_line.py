"""Take apart what a person typed after `/bug` or `/hotfix`; nothing here asks anybody."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import get_args

from tracker.model.bug_id import IdStyle, canonical_id
from tracker.model.deployment import HotfixStep
from tracker.model.part import Part
from tracker.model.person import Person
from tracker.workflow.verbs import VERBS, nearest

LOOKS = ("show", "list", "search", "help")
"""Words of `/bug` that only read."""

_HOTFIX_WORDS = {"mitigate": "mitigate", "rollback": "roll-back", "roll-back": "roll-back"}
LIST_KEYS = frozenset({"status", "severity", "assignee", "component", "category"})
"""What a list can be filtered by, as `key=value`."""

_WITHOUT_ID = frozenset({"report", "list", "search", "help"})
_DASHED_ID = re.compile(r"(?P<prefix>[A-Za-z][A-Za-z0-9]{0,9})-[0-9]{1,9}")
_PAIR = re.compile(r"(?<!\S)(?P<key>[A-Za-z][A-Za-z0-9_-]*)=")
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "\u2018": "’"}

Styles = tuple[IdStyle, ...]


@dataclass(frozen=True, kw_only=True)
class CommandLine:
    """A command: its word, the bug's id when one was typed, and the rest.

    `word` is a verb of the workflow, one of `LOOKS`, or `status` for `/hotfix status`. `typed` is
    everything after the word and the id, with `text` and `pairs` taken from it.
    """

    word: str
    bug: str | None = None
    typed: str = ""
    text: str = ""
    pairs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Misread:
    """A word that is no command, and the one that was probably meant."""

    typed: str
    nearest: str | None


def parse_bug(text: str, styles: Styles) -> CommandLine | Misread:
    """Read what follows `/bug`: a verb, a word of `LOOKS`, an id, or the report of a new bug."""
    first, rest = _split(text)
    word = _known(first, (*VERBS, *LOOKS))
    if word is not None:
        return _command(word, rest, styles)
    if _dashed(first) == "hotfix" and _dashed(_split(rest)[0]) in _hotfix_words():
        return parse_hotfix(rest, styles)
    if (bug := _id(first, styles)) is not None:
        return _about(bug, rest, styles) or _report(text)
    return _mistyped(first, rest, styles) or _report(text)


def parse_hotfix(text: str, styles: Styles) -> CommandLine | Misread:
    """Read what follows `/hotfix`: a step, `status`, `help`, or the id of a bug."""
    first, rest = _split(text or "status")
    if (bug := _id(first, styles)) is not None:
        return CommandLine(word="status", bug=bug)
    word = _hotfix_words().get(_dashed(first))
    if word == "help":
        return CommandLine(word=word, typed=rest or "hotfix")
    if word is not None:
        return _command(word, rest, styles)
    return Misread(typed=first, nearest=nearest(_dashed(first), tuple(_hotfix_words())))


def parse_mention(text: str, styles: Styles) -> CommandLine | Misread:
    """Read what follows `@bugbook`; a text without a verb is no report there."""
    line = parse_bug(text, styles)
    if isinstance(line, CommandLine) and line.word == "report":
        first, _ = _split(text)
        return Misread(typed=first, nearest=nearest(_dashed(first), (*VERBS, *LOOKS)))
    return line


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


def known_keys(verb: str) -> frozenset[str]:
    """The fields of an action, and those of its parts one level down, as keys to type."""
    keys: set[str] = set()
    for name, info in VERBS[verb].model_fields.items():
        keys.add(name)
        for part in _parts(info.annotation):
            keys.update(part.model_fields)
    return frozenset(keys)


def _command(word: str, rest: str, styles: Styles) -> CommandLine:
    bug = None
    if word not in _WITHOUT_ID:
        first, after = _split(rest)
        bug = _id(first, styles)
        rest = after if bug is not None else rest
    keys = known_keys(word) if word in VERBS else LIST_KEYS
    text, pairs = read_pairs(rest, keys)
    return CommandLine(word=word, bug=bug, typed=rest, text=text, pairs=pairs)


def _about(bug: str, rest: str, styles: Styles) -> CommandLine | None:
    """`42` and `42 triage P1`; None when words follow that are no command."""
    if not rest:
        return CommandLine(word="show", bug=bug)
    first, after = _split(rest)
    word = _known(first, (*VERBS, "show"))
    if word is None or word in _WITHOUT_ID:
        return None
    return _command(word, f"{bug} {after}", styles)


def _mistyped(first: str, rest: str, styles: Styles) -> Misread | None:
    """A word that is nearly a verb, alone or before an id: too little to be a report."""
    meant = nearest(_dashed(first), (*VERBS, *LOOKS))
    alone = not rest or _id(_split(rest)[0], styles) is not None
    return Misread(typed=first, nearest=meant) if meant is not None and alone else None


def _report(text: str) -> CommandLine:
    return CommandLine(word="report", typed=text.strip(), text=text.strip())


def _split(text: str) -> tuple[str, str]:
    parts = text.split(None, 1)
    return (parts[0], parts[1] if len(parts) > 1 else "") if parts else ("", "")


def _known(typed: str, words: tuple[str, ...]) -> str | None:
    return _dashed(typed) if _dashed(typed) in words else None


def _dashed(typed: str) -> str:
    return typed.lower().replace("_", "-")


def _field(key: str) -> str:
    return key.lower().replace("-", "_")


def _hotfix_words() -> dict[str, str]:
    steps = {step.value: f"hotfix-{step.value}" for step in HotfixStep}
    return {**steps, "status": "status", "help": "help", **_HOTFIX_WORDS}


def _id(typed: str, styles: Styles) -> str | None:
    """The id that was typed; one with a mistyped prefix as it is, so that it is told unknown."""
    found = canonical_id(typed, styles)
    dashed = _DASHED_ID.fullmatch(typed)
    if found is None and dashed is not None:
        prefixes = [style.prefix for style in styles]
        near = get_close_matches(dashed["prefix"].upper(), prefixes, n=1)
        return typed.upper() if near else None
    return found


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
