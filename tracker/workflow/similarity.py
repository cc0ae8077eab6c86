"""Which past bugs are like this one, and why: shared words, error lines, components, pattern."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.error_text import constant_parts, quoted

_WORD: Final = re.compile(r"[^\W\d_][\w-]{2,39}")
_COMMON_WORDS: Final = """
about after again all also and any are because been before being both but can cannot could did does
doing each for from had has have having her here how into its itself more most not now off only
other our out over own same should since some such than that the their them then there these they
this those through too under until very was were what when where which while who why will with would
you your bug issue problem fail fails failed failing broken work works user users error errors
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_LEAST: Final = 0.08  # below it, two bugs share no more than the language of their reporters
_TOLD: Final = 6


class Trait(StrEnum):
    """Kinds of things that two bugs may have in common."""

    ERROR = "error"
    PATTERN = "pattern"
    COMPONENT = "component"
    CATEGORY = "category"
    WORD = "word"


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
Feature = tuple[Trait, str]


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


def similar_bugs(
    record: BugRecord, others: Iterable[BugRecord], *, most: int = 5
) -> tuple[SimilarBug, ...]:
    """The bugs that share most with this one, the nearest first; rare traits count more."""
    records = {other.id: other for other in others if other.id != record.id}
    traits = {bug: _traits(other) for bug, other in records.items()}
    mine = _traits(record)
    holders = Counter(feature for found in (mine, *traits.values()) for feature in found)
    count = len(traits) + 1

    def weigh(found: Counter[Feature]) -> dict[Feature, float]:
        return {
            feature: _WEIGHTS[feature[0]]
            * (1 + math.log(times))
            * math.log(1 + count / holders[feature])
            for feature, times in sorted(found.items())
        }

    own = weigh(mine)
    scored = [_scored(records[bug], own, weigh(found)) for bug, found in traits.items()]
    likely = [found for found in scored if found.score >= _LEAST]
    return tuple(sorted(likely, key=lambda found: (-found.score, found.bug))[:most])


def _scored(
    other: BugRecord, own: dict[Feature, float], theirs: dict[Feature, float]
) -> SimilarBug:
    common = {feature: own[feature] * theirs[feature] for feature in own if feature in theirs}
    length = math.hypot(*own.values()) * math.hypot(*theirs.values())
    ranked = sorted(common, key=lambda feature: (-common[feature], feature))
    return SimilarBug(
        bug=other.id,
        title=other.title,
        status=other.status,
        severity=other.severity,
        score=round(sum(common.values()) / length, 3) if length else 0.0,
        shared=tuple(ranked[:_TOLD]),
        root_cause=other.root_cause.summary if other.root_cause else None,
    )


def _traits(record: BugRecord) -> Counter[Feature]:
    report, cause, triage = record.report, record.root_cause, record.triage
    prose = (
        record.title,
        record.title,  # twice: somebody chose these words to name the bug
        report.what_is_broken,
        report.actual or "",
        cause.summary if cause else "",
    )
    found: Counter[Feature] = Counter(
        (Trait.WORD, word)
        for text in prose
        for word in _WORD.findall(text.casefold())
        if word not in _COMMON
    )
    lines = "\n".join((report.logs or "", report.actual or "")).splitlines()
    errors = {part.casefold() for line in lines for part in constant_parts(line)}
    errors.update(part.casefold() for part in quoted("\n".join(prose)))
    found.update((Trait.ERROR, part) for part in errors)
    found.update((Trait.COMPONENT, name) for name in set(record.environment.components))
    if triage is not None:
        found[Trait.CATEGORY, triage.category] = 1
    if triage is not None and triage.pattern:
        found[Trait.PATTERN, triage.pattern] = 1
    return found
