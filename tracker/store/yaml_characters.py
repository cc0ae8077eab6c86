"""Looks at the characters of a YAML file, before and beside what the parser makes of them."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from yaml import YAMLError
from yaml.events import Event, ScalarEvent

from tracker.model.text import UNSAFE_CHARACTER, escape_character
from tracker.store.yaml_composer import Fault, Position

_BYTE_ORDER_MARK: Final = "\ufeff"
_UNSAFE_IN_A_FILE: Final = re.compile(rf"\r(?!\n)|(?!\r){UNSAFE_CHARACTER.pattern}")
_MOST_FAULTS: Final = 100
_STAND_IN: Final = "\ufffd"


def decode(data: bytes) -> str:
    """Decode UTF-8; a byte order mark, which some editors write, is left out."""
    return data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)


def encoding_fault(data: bytes, error: UnicodeDecodeError) -> Fault:
    """Say where the bytes stop being UTF-8."""
    before = data[: error.start].decode("utf-8")
    sentence = "The file is not UTF-8 from here on. Save it with the encoding UTF-8."
    return Fault(_position(before, len(before)), sentence, "yaml-encoding")


def find_unsafe_characters(text: str) -> Iterator[Fault]:
    """Find what hides, turns or breaks text; Windows line ends are fine."""
    if not text.replace("\n", "").replace("\t", "").isprintable():  # as nearly all files are
        yield from _unsafe_characters(text)


def _unsafe_characters(text: str) -> Iterator[Fault]:
    for found in islice(_UNSAFE_IN_A_FILE.finditer(text), _MOST_FAULTS):
        shown = escape_character(found[0])
        sentence = f"The character {shown} is not allowed. Remove it."
        yield Fault(_position(text, found.start()), sentence, "yaml-character")


def without_unsafe_characters(text: str) -> str:
    """Put a harmless character in the place of each unsafe one, so that all others keep theirs."""
    return _UNSAFE_IN_A_FILE.sub(_STAND_IN, text)


def find_separating_tabs(text: str, events: Iterable[Event]) -> Iterator[Fault]:
    """Find tabs, which divide the readers of YAML outside comments and quoted or block texts."""
    structure = _without_scalars(text, events)
    for number, line in enumerate(structure.split("\n"), start=1):
        before, tab, _ = line.partition("\t")
        if tab and "#" not in before:
            yield tab_fault((number, len(before) + 1))


def tab_fault(position: Position) -> Fault:
    """Say that a tab is where only spaces may be."""
    sentence = "A tab stands here. Indent and separate with spaces, and quote a text with tabs."
    return Fault(position, sentence, "yaml-tab")


def _without_scalars(text: str, events: Iterable[Event]) -> str:
    """Blank out quoted and block texts and the `#` in others: those left begin comments."""
    parts: list[str] = []
    end = 0
    try:
        for event in events:
            if isinstance(event, ScalarEvent) and event.start_mark and event.end_mark:
                start = event.start_mark.index
                parts.append(text[end:start])
                end = event.end_mark.index
                hidden = r"[^\n]" if event.style else "#"
                parts.append(re.sub(hidden, " ", text[start:end]))
    except YAMLError:
        return "".join(parts)  # What follows could not be told apart; that is a fault of its own.
    return "".join([*parts, text[end:]])


def _position(text: str, index: int) -> Position:
    line = text.count("\n", 0, index) + 1
    return line, index - text.rfind("\n", 0, index)
