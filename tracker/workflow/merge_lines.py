"""Three-way merge of lines, for narrative text and for whole files."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_MOST_PAIRS: Final = 250_000  # equal lines that would have to be laid against each other


@dataclass(frozen=True, kw_only=True)
class Hunk:
    """A run of lines; where the sides could not be agreed, as each of them has it."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    agreed: bool


def merge_lines(base: list[str], ours: list[str], theirs: list[str]) -> tuple[Hunk, ...] | None:
    """Merge; None where the texts repeat themselves so much that aligning them takes too long."""
    if not (can_be_aligned(base, ours) and can_be_aligned(base, theirs)):
        return None
    hunks: list[Hunk] = []
    from_base = from_ours = from_theirs = 0
    for kept in _kept_by_both(base, ours, theirs):
        hunks += _hunk(
            base[from_base : kept.base],
            ours[from_ours : kept.ours],
            theirs[from_theirs : kept.theirs],
        )
        lines = base[kept.base : kept.base + kept.size]
        hunks += _hunk(lines, lines, lines)
        from_base, from_ours, from_theirs = (
            start + kept.size for start in (kept.base, kept.ours, kept.theirs)
        )
    return tuple(hunks)


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """A run of lines that all three have, by its start in each."""

    base: int
    ours: int
    theirs: int
    size: int


def _kept_by_both(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[_Kept]:
    """Runs in the order of the base; the last is the empty one at all three ends."""
    left = SequenceMatcher(a=base, b=ours, autojunk=False).get_matching_blocks()
    right = SequenceMatcher(a=base, b=theirs, autojunk=False).get_matching_blocks()
    at_left = at_right = 0
    while at_left < len(left) and at_right < len(right):
        one, other = left[at_left], right[at_right]
        start = max(one.a, other.a)
        end = min(one.a + one.size, other.a + other.size)
        if start < end:
            yield _Kept(
                base=start,
                ours=one.b + start - one.a,
                theirs=other.b + start - other.a,
                size=end - start,
            )
        if one.a + one.size < other.a + other.size:
            at_left += 1
        else:
            at_right += 1
    yield _Kept(base=len(base), ours=len(ours), theirs=len(theirs), size=0)


def _hunk(base: list[str], ours: list[str], theirs: list[str]) -> list[Hunk]:
    if not (base or ours or theirs):
        return []
    if base in (ours, theirs) or ours == theirs:
        lines = tuple(theirs if ours == base else ours)
        return [Hunk(ours=lines, theirs=lines, agreed=True)]
    return [Hunk(ours=tuple(ours), theirs=tuple(theirs), agreed=False)]


def can_be_aligned(one: list[str], other: list[str]) -> bool:
    """Whether the lines that two texts share are few enough to be aligned in a second."""
    counted = Counter(other)
    pairs = sum(times * counted[line] for line, times in Counter(one).items())
    return pairs <= _MOST_PAIRS
