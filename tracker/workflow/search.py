"""Full-text search: which bugs hold what somebody typed, the best first, and where in them."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tracker.model.bug_number import number_of
from tracker.model.severity import Severity
from tracker.model.status import Status

_WORD: Final = re.compile(r"[^\W_]+")
_WEIGHTS: Final = {"title": 6.0, "root_cause": 3.0, "report": 3.0}
_PREFIX: Final = 0.5  # what the beginning of a word is worth
_SHORTEST_PREFIX: Final = 3
_LEAST_SHARE: Final = 0.5  # of the query's weight that a record must hold
_PASTED: Final = 4  # from so many words on, a query is taken for a pasted message
_BEFORE, _LONGEST = 40, 160  # characters of a snippet


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """A bug that may hold what was looked for, with its texts by field as in `report.logs`."""

    bug: str
    title: str
    status: Status
    severity: Severity | None
    formerly: tuple[str, ...]
    texts: Mapping[str, str]


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
class Query:
    """What was typed; `words` are looked for, of a few also as beginnings of longer ones."""

    typed: str
    words: tuple[str, ...]

    @property
    def begun(self) -> bool:
        """Whether a word may be the beginning of a longer one."""
        return len(self.words) < _PASTED

    def is_beginning(self, word: str) -> bool:
        """Whether longer words count for this one."""
        return self.begun and len(word) >= _SHORTEST_PREFIX

    def names(self, bug: str, formerly: Iterable[str]) -> bool:
        """Whether it is a number that the bug has or had."""
        typed = self.typed.strip().removeprefix("#").upper()
        if typed in {bug, *formerly}:
            return True
        return typed.isascii() and typed.isdigit() and int(typed[:20]) == number_of(bug)


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
        if begun:
            longer = sum(n for each, n in self.words.items() if each.startswith(word))
        exact = self.words[word]
        return exact + _PREFIX * max(longer - exact, 0)


@dataclass(frozen=True, kw_only=True)
class _Document:
    bug: Searchable
    texts: tuple[_Text, ...]
    held: Mapping[str, float] = field(default_factory=dict)


def read_query(typed: str) -> Query:
    """The words of what was typed, each once."""
    return Query(typed=typed, words=tuple(dict.fromkeys(_words(typed))))


def best_hits(
    query: Query, found: Iterable[Searchable], holders: Mapping[str, int], count: int, *, most: int
) -> tuple[Hit, ...]:
    """The bugs that hold at least half of what was typed, weighed by how rare each word is.

    `holders` tells how many of the `count` bugs hold a word. A bug whose number or whole title was
    typed comes first, then those that hold the words as they follow one another. Words of a pasted
    message that no record knows and that have digits in them, such as ids of requests, are left
    out of account.
    """
    words = query.words
    documents = [_document(bug, query) for bug in found]
    if not query.begun:
        words = tuple(w for w in words if holders.get(w) or not re.search("[0-9]", w))
    weights = {word: math.log(1 + count / max(holders.get(word, 0), 1)) for word in words}
    hits = (_hit(query, each, weights) for each in documents)
    ranked = sorted((hit for hit in hits if hit is not None), key=lambda hit: (-hit.score, hit.bug))
    return tuple(ranked[:most])


def count_holders(query: Query, found: Iterable[Searchable]) -> Counter[str]:
    """How many of these bugs hold each word of a query."""
    return Counter(word for bug in found for word in _document(bug, query).held)


def _hit(query: Query, found: _Document, weights: Mapping[str, float]) -> Hit | None:
    bug, typed = found.bug, _phrase(query.typed)
    named = query.names(bug.bug, bug.formerly)
    whole = sum(weights.values())
    share = sum(weights[word] for word in weights if word in found.held) / whole if whole else 0.0
    if not named and share < _LEAST_SHARE:
        return None
    begun = len(weights) < _PASTED
    scores = {text.where: _score(text, typed, weights, begun=begun) for text in found.texts}
    best = max(found.texts, key=lambda text: scores[text.where])
    bonus = 2000.0 if named else 1000.0 if _phrase(bug.title) == typed else 0.0
    return Hit(
        bug=bug.bug,
        title=bug.title,
        status=bug.status,
        severity=bug.severity,
        score=round(bonus + share * sum(scores.values()), 3),
        where="id" if named else best.where,
        snippet=_snippet(best.text, weights),
    )


def _score(text: _Text, typed: str, weights: Mapping[str, float], *, begun: bool) -> float:
    """Frequent words count with diminishing returns; a whole phrase doubles what its words give."""
    times = {
        word: text.times(word, begun=begun and len(word) >= _SHORTEST_PREFIX) for word in weights
    }
    score = sum(weights[word] * n / (n + 1) for word, n in times.items())
    if len(weights) > 1 and typed in text.phrase:
        score += sum(weights.values())
    return text.weight * score


def _document(bug: Searchable, query: Query) -> _Document:
    texts = tuple(
        _Text(where=where, text=text, words=Counter(_words(text)), phrase=_phrase(text))
        for where, text in bug.texts.items()
    )
    times = {
        word: sum(text.times(word, begun=query.is_beginning(word)) for text in texts)
        for word in query.words
    }
    return _Document(bug=bug, texts=texts, held={word: n for word, n in times.items() if n})


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
