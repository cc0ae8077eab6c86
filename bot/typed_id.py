"""A bug's number among the words that a person typed."""

import re
from difflib import get_close_matches
from typing import Final

from tracker.model.bug_id import IdStyle, canonical_id

Styles = tuple[IdStyle, ...]

_DASHED_ID: Final = re.compile(r"(?P<prefix>[A-Za-z][A-Za-z0-9]{0,9})-[0-9]+")
_NUMBER: Final = re.compile(r"#?[0-9]+")
_NO_NUMBER_AFTER: Final = frozenset({"eta", "within", "in"})


def typed_id(word: str, styles: Styles) -> str | None:
    """The id that was typed; one that no bug can have as it is, so that it is told unknown."""
    found = canonical_id(word.rstrip(":,"), styles)
    if found is None and _NUMBER.fullmatch(word):
        return word  # of more digits than any bug has
    dashed = _DASHED_ID.fullmatch(word)
    if found is None and dashed is not None:
        prefixes = [style.prefix for style in styles]
        return word.upper() if get_close_matches(dashed["prefix"].upper(), prefixes, n=1) else None
    return found


def id_anywhere(text: str, end: int, styles: Styles) -> tuple[str | None, str]:
    """The first id that stands before `end`, and the text without it."""
    before = ""
    for place in re.finditer(r"\S+", text[:end]):
        bug = None if before in _NO_NUMBER_AFTER else typed_id(place[0], styles)
        if bug is not None:
            return bug, " ".join((text[: place.start()].strip(), text[place.end() :].strip()))
        before = place[0].lower()
    return None, text
