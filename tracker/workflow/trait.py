"""Kinds of things that two bugs may have in common, and how alike two bugs are by them."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2s
from typing import Final

from tracker.model.severity import Severity
from tracker.model.status import Status

_LEAST: Final = 0.08  # below it, two bugs share no more than the language of their reporters
_TOLD: Final = 6


class Trait(StrEnum):
    """Kinds of things that two bugs may have in common."""

    ERROR = "error"
    PATTERN = "pattern"
    COMPONENT = "component"
    CATEGORY = "category"
    WORD = "word"


Feature = tuple[Trait, str]

_WEIGHTS: Final = {
    Trait.ERROR: 3.0,
    Trait.PATTERN: 2.0,
    Trait.COMPONENT: 2.0,
    Trait.CATEGORY: 1.0,
    Trait.WORD: 1.0,
}
_NAMES: Final = {
    Trait.ERROR: "error message",
    Trait.PATTERN: "pattern",
    Trait.COMPONENT: "component",
    Trait.CATEGORY: "category",
    Trait.WORD: "words",
}
_LETTERS: Final = {trait: trait.value[:2] for trait in Trait}
_TRAITS: Final = {letters: trait for trait, letters in _LETTERS.items()}


@dataclass(frozen=True, kw_only=True)
class SimilarBug:
    """A bug that is like another one; `score` goes from 0 to 1, the cosine of their traits."""

    bug: str
    title: str
    status: Status
    severity: Severity | None
    score: float
    shared: tuple[Feature, ...]
    """What both have, the most telling first."""
    root_cause: str | None

    @property
    def why(self) -> str:
        """What both have, as people read it."""
        told = (
            (_NAMES[trait], [text for kind, text in self.shared if kind is trait])
            for trait in Trait
        )
        return "; ".join(
            f"{name} {', '.join(f'“{text}”' for text in texts)}" for name, texts in told if texts
        )


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A bug that may be like another one; its traits by their tokens, with how often each is."""

    bug: str
    title: str
    status: Status
    severity: Severity | None
    root_cause: str | None
    traits: Mapping[str, int]


@lru_cache(maxsize=16_384)  # most words stand in many bugs
def token_of(feature: Feature) -> str:
    """A feature as one word of letters and digits: its kind, and a digest of its text."""
    trait, text = feature
    return f"{_LETTERS[trait]}{blake2s(text.encode(), digest_size=8).hexdigest()}"


def most_alike(
    mine: Counter[Feature],
    candidates: Iterable[Candidate],
    holders: Mapping[str, int],
    count: int,
    *,
    most: int,
) -> tuple[SimilarBug, ...]:
    """The candidates that share most, the nearest first; rare traits count more.

    `holders` tells how many of the `count` bugs have a trait, by its token.
    """
    texts = {token_of(feature): feature for feature in mine}
    times = {token: mine[feature] for token, feature in texts.items()}
    own = _weighed(times, holders, count)
    scored = [
        _scored(each, own, texts, _weighed(each.traits, holders, count)) for each in candidates
    ]
    likely = [found for found in scored if found.score >= _LEAST]
    return tuple(sorted(likely, key=lambda found: (-found.score, found.bug))[:most])


def _weighed(traits: Mapping[str, int], holders: Mapping[str, int], count: int) -> dict[str, float]:
    return {
        token: _WEIGHTS[_TRAITS[token[:2]]]
        * (1 + math.log(times))
        * math.log(1 + count / max(holders.get(token, 1), 1))
        for token, times in sorted(traits.items())
    }


def _scored(
    other: Candidate,
    own: Mapping[str, float],
    texts: Mapping[str, Feature],
    theirs: Mapping[str, float],
) -> SimilarBug:
    common = {texts[token]: own[token] * theirs[token] for token in own if token in theirs}
    length = math.hypot(*own.values()) * math.hypot(*theirs.values())
    ranked = sorted(common, key=lambda feature: (-common[feature], feature))
    return SimilarBug(
        bug=other.bug,
        title=other.title,
        status=other.status,
        severity=other.severity,
        score=round(sum(common.values()) / length, 3) if length else 0.0,
        shared=tuple(ranked[:_TOLD]),
        root_cause=other.root_cause,
    )
