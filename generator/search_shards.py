"""The search index as small files: one for all words that begin alike, so that few are loaded.

A file holds for each word the bugs that have it, by weight: ``4:1a.3;1:2`` are the bugs 46 and 49
with weight 4, and 2 with weight 1: numbers in base 36, each as its distance from the one before.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from generator.search_terms import TITLE

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_COMMON_FROM: Final = 64
"""Bugs from which on a word can be so common that only titles count."""

Postings = dict[str, dict[int, int]]
"""By word, the weight for each bug by its number."""


def shard_of(word: str) -> str:
    """The file of a word: its first two characters, or one for all words in other scripts."""
    start = word[:2]
    return start if start.isascii() else "_"


def gathered(bugs: Iterable[tuple[int, Mapping[str, int]]]) -> dict[str, Postings]:
    """All words of all bugs, by file."""
    shards: dict[str, Postings] = {}
    for number, terms in bugs:
        for word, weight in terms.items():
            shards.setdefault(shard_of(word), {}).setdefault(word, {})[number] = weight
    return shards


def shown_bugs(bugs: Mapping[int, int], common_from: int) -> str:
    """The bugs of a word as its file tells them; of words that are too common, only titles."""
    if len(bugs) > common_from:
        bugs = {number: weight for number, weight in bugs.items() if weight == TITLE}
    return _coded(bugs)


def shard_text(words: Mapping[str, str]) -> str:
    """The content of a file, from the bugs of its words."""
    told = {word: words[word] for word in sorted(words) if words[word]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def common_from(bugs: int) -> int:
    """How many bugs a word may have; grows in steps, so that a new bug changes few files."""
    return max(_COMMON_FROM, (1 << bugs.bit_length()) // 4)


def numbers_coded(numbers: Iterable[int]) -> str:
    """Rising numbers as distances in base 36."""
    before, parts = 0, []
    for number in numbers:
        parts.append(_base36(number - before))
        before = number
    return ".".join(parts)


def _coded(bugs: Mapping[int, int]) -> str:
    by_weight: dict[int, list[int]] = {}
    for number in sorted(bugs):
        by_weight.setdefault(bugs[number], []).append(number)
    return ";".join(
        f"{weight}:{numbers_coded(by_weight[weight])}" for weight in sorted(by_weight, reverse=True)
    )


def _base36(number: int) -> str:
    digits = ""
    while number >= len(_DIGITS):
        number, rest = divmod(number, len(_DIGITS))
        digits = _DIGITS[rest] + digits
    return _DIGITS[number] + digits
