"""Full-text search: which records hold what somebody typed, the best first, and where in them."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tracker.model.bug_id import number_of
from tracker.model.record import BugRecord, to_mapping
from tracker.model.severity import Severity
from tracker.model.status import Status

_WORD: Final = re.compile(r"[^\W_]+")
_WEIGHTS: Final = {"title": 6.0, "root_cause": 3.0, "report": 3.0}
_NOT_TEXT: Final = ("at", "key", "undoes")  # moments and keys, which nobody looks for by words
_PREFIX: Final = 0.5  # what the beginning of a word is worth
_SHORTEST_PREFIX: Final = 3
_LEAST_SHARE: Final = 0.5  # of the query's weight that a record must hold
_PASTED: Final = 4  # from so many words on, a query is taken for a pasted message
_BEFORE, _LONGEST = 40, 160  # characters of a snippet


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A record that holds what was looked for; a higher `score` is a better one."""

    bug: str
    title: str
    status: Status
    severity: Severity | None
    score: float
    where: str
    """The field that fits best, as in `report.logs`."""
    snippet: str
    """What stands there, in one line, around the first word that was looked for."""


@dataclass(frozen=True, kw_only=True)
class _Text:
    where: str
    text: str
    words: Counter[str]
    phrase: str
    """All words in their order, each with a space on both sides."""

    @property
    def weight(self) -> float:
        return _WEIGHTS.get(self.where.partition(".")[0], 1.0)

    def times(self, word: str, *, begun: bool) -> float:
        """How often a word stands there; where `begun`, one that begins with it counts half."""
        longer = 0
        if begun and len(word) >= _SHORTEST_PREFIX:
            longer = sum(n for each, n in self.words.items() if each.startswith(word))
        exact = self.words[word]
        return exact + _PREFIX * max(longer - exact, 0)


@dataclass(frozen=True, kw_only=True)
class _Document:
    record: BugRecord
    texts: tuple[_Text, ...]
    held: Mapping[str, float] = field(default_factory=dict)


def search_bugs(query: str, records: Iterable[BugRecord], *, most: int = 20) -> tuple[Hit, ...]:
    """The records that hold at least half of what was typed, weighed by how rare each word is.

    A bug whose number or whole title was typed comes first, then those that hold the words as they
    follow one another. Words of a pasted message that no record knows and that have digits in
    them, such as ids of requests, are left out of account.
    """
    words = tuple(dict.fromkeys(_words(query)))
    found = [_document(record, words) for record in records]
    holders = Counter(word for each in found for word in each.held)
    if len(words) >= _PASTED:
        words = tuple(w for w in words if w in holders or not re.search("[0-9]", w))
    weights = {word: math.log(1 + len(found) / max(holders[word], 1)) for word in words}
    hits = (_hit(query, each, weights) for each in found)
    ranked = sorted((hit for hit in hits if hit is not None), key=lambda hit: (-hit.score, hit.bug))
    return tuple(ranked[:most])


def _hit(query: str, found: _Document, weights: Mapping[str, float]) -> Hit | None:
    record, typed = found.record, _phrase(query)
    named = _is_named(query.strip(), record)
    whole = sum(weights.values())
    share = sum(weights[word] for word in weights if word in found.held) / whole if whole else 0.0
    if not named and share < _LEAST_SHARE:
        return None
    scores = {text.where: _score(text, typed, weights) for text in found.texts}
    best = max(found.texts, key=lambda text: scores[text.where])
    bonus = 2000.0 if named else 1000.0 if _phrase(record.title) == typed else 0.0
    return Hit(
        bug=record.id,
        title=record.title,
        status=record.status,
        severity=record.severity,
        score=round(bonus + share * sum(scores.values()), 3),
        where="id" if named else best.where,
        snippet=_snippet(best.text, weights),
    )


def _score(text: _Text, typed: str, weights: Mapping[str, float]) -> float:
    """Frequent words count with diminishing returns; a whole phrase doubles what its words give."""
    times = {word: text.times(word, begun=len(weights) < _PASTED) for word in weights}
    score = sum(weights[word] * n / (n + 1) for word, n in times.items())
    if len(weights) > 1 and typed in text.phrase:
        score += sum(weights.values())
    return text.weight * score


def _is_named(query: str, record: BugRecord) -> bool:
    """Whether the query is a number that the bug has or had."""
    typed = query.removeprefix("#").upper()
    if typed in {record.id, *record.formerly}:
        return True
    return typed.isascii() and typed.isdigit() and int(typed[:20]) == number_of(record.id)


def _document(record: BugRecord, words: tuple[str, ...]) -> _Document:
    by_field: dict[str, list[str]] = {}
    for where, text in _leaves(to_mapping(record)):
        by_field.setdefault(where, []).append(text)
    texts = tuple(
        _Text(
            where=where,
            text=" · ".join(lines),
            words=Counter(_words("\n".join(lines))),
            phrase=_phrase("\n".join(lines)),
        )
        for where, lines in by_field.items()
    )
    begun = len(words) < _PASTED
    times = {word: sum(text.times(word, begun=begun) for text in texts) for word in words}
    return _Document(record=record, texts=texts, held={w: n for w, n in times.items() if n})


def _leaves(value: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with the names of the fields that lead to it."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _NOT_TEXT:
                yield from _leaves(item, f"{where}.{name}" if where else name)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, where)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _phrase(text: str) -> str:
    return f" {' '.join(_words(text))} "


def _snippet(text: str, words: Iterable[str]) -> str:
    """One line around the first word that was looked for; cut ends have an ellipsis."""
    line = " ".join(text.split())
    places = (re.search(rf"\b{re.escape(word)}", line, re.IGNORECASE) for word in words)
    first = min((place.start() for place in places if place), default=0)
    start = max(first - _BEFORE, 0)
    if start:
        start = line.find(" ", start, first) + 1 or first
    end = start + _LONGEST
    return f"{'…' if start else ''}{line[start:end].rstrip()}{'…' if end < len(line) else ''}"
