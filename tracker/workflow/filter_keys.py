"""What a list can be filtered by, and which of it a mistyped `key=` means; loads nothing."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

FILTERS: Final = ("status", "severity", "assignee", "component", "category")
"""The names, for people in this order."""

_PAIR: Final = re.compile(r"(?<!\S)(?P<key>[A-Za-z][A-Za-z_-]*)=(?P<value>\S*)")
_LIKELY: Final = 0.7
_SHORTEST: Final = 3  # letters of a beginning that names one
_SAID_OTHERWISE: Final = MappingProxyType(
    {"priority": "severity", "prio": "severity", "level": "severity", "owner": "assignee"}
)


def pairs_in_words(text: str) -> Iterator[tuple[str, str, str]]:
    """Every `key=value` among words: the key, the value, and the filter that is meant, or ""."""
    for found in _PAIR.finditer(text):
        yield found["key"], found["value"], _meant(found["key"].lower())


def _meant(key: str) -> str:
    begun = [name for name in FILTERS if len(key) >= _SHORTEST and name.startswith(key)]
    near = begun or get_close_matches(key, FILTERS, n=1, cutoff=_LIKELY)
    return _SAID_OTHERWISE.get(key) or (near[0] if near else "")
