"""Find bugs: one by what a person typed, many by what they are."""

import difflib
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.model.bug_number import meant_ids, mistyped, number_of, record_path
from tracker.model.bug_summary import BugSummary, Happening
from tracker.model.problem import Problem, ProblemsFound
from tracker.model.trouble import TroubleError
from tracker.store import index_queries
from tracker.store.bug_index import BugIndex
from tracker.store.index_facts import targets
from tracker.store.index_search import search, titles_like
from tracker.store.push_outcome import plain_line
from tracker.workflow.bug_filter import BugFilter
from tracker.workflow.search import Hit
from tracker.workflow.target import Target

_SUGGESTIONS: Final = 3
_LONGEST: Final = 150  # characters of a title
_LIKELY: Final = 200  # titles that are compared letter by letter


class UnknownBugError(TroubleError):
    """No bug has this number; `suggestions` are the ids that may have been meant."""

    def __init__(self, typed: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(typed, suggestions)
        self.typed = typed
        self.suggestions = suggestions

    def __str__(self) -> str:
        """Say what was typed and what may have been meant."""
        said = f"There is no bug “{plain_line(self.typed)}”"
        if self.suggestions:
            return f"{said}: did you mean {' or '.join(self.suggestions)}?"
        return f"{said}: list the bugs to see their numbers."


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The bugs that were asked for, of how many that fit, and what is wrong with broken files."""

    bugs: tuple[BugSummary, ...]
    total: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class Hits:
    """What a search found, the best first, and what is wrong with files it could not look into."""

    hits: tuple[Hit, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One bug with what is due and what happened."""

    bug: BugSummary
    targets: tuple[Target, ...]
    timeline: tuple[Happening, ...]


def list_bugs(
    index: BugIndex, wanted: BugFilter, *, most: int | None = None, after: int = 0
) -> Listing:
    """Return the bugs that fit, the worst first, then the newest; and all broken files."""

    def question(rows: sqlite3.Connection) -> Listing:
        return Listing(
            bugs=index_queries.summaries(rows, wanted, most=most, after=after),
            total=index_queries.count(rows, wanted),
            problems=index_queries.problems(rows),
        )

    return index.ask(question)


def search_bugs(index: BugIndex, typed: str, *, most: int) -> Hits:
    """Return the bugs whose texts hold what was typed."""
    return index.ask(
        lambda rows: Hits(
            hits=search(rows, typed, most=most), problems=index_queries.problems(rows)
        )
    )


def show_bug(index: BugIndex, typed: str, now: datetime) -> Shown:
    """Return what one bug is shown by; raises UnknownBugError or ProblemsFound."""

    def question(rows: sqlite3.Connection) -> Shown:
        found = _found(rows, typed)
        summary = index_queries.summary(rows, found)
        if summary is None:
            raise ProblemsFound(index_queries.problems(rows, record_path(found)))
        return Shown(
            bug=summary,
            targets=targets(rows, found, now),
            timeline=index_queries.timeline(rows, found),
        )

    return index.ask(question)


def find_bug(index: BugIndex, typed: str) -> str:
    """Return the id that a person meant by `42`, `bug-42` or a number the bug had before.

    Raises UnknownBugError with the nearest ids.
    """
    return index.ask(lambda rows: _found(rows, typed))


def _found(rows: sqlite3.Connection, typed: str) -> str:
    wanted = meant_ids(typed, index_queries.numberings(rows))
    if (found := index_queries.known_among(rows, wanted)) is not None:
        return found
    near = _nearest(rows, wanted[0]) if wanted else _by_title(rows, typed)
    raise UnknownBugError(wanted[0] if wanted else typed, near)


def _nearest(rows: sqlite3.Connection, wanted: str) -> tuple[str, ...]:
    """Look for mistyped digits first, then for neighbours."""
    known = index_queries.those_known(rows, tuple(mistyped(wanted)))
    similar = difflib.get_close_matches(wanted, known, n=_SUGGESTIONS, cutoff=0.85)
    prefix, number = wanted.partition("-")[0], number_of(wanted)
    return tuple(similar) or index_queries.neighbours(rows, prefix, number, _SUGGESTIONS)


def _by_title(rows: sqlite3.Connection, typed: str) -> tuple[str, ...]:
    """Look for the words in titles, forgiving about spelling."""
    likely = titles_like(rows, typed, most=_LIKELY)
    titles = {title.lower(): bug for bug, title in likely}
    words = typed.lower().split()
    holding = [bug for title, bug in titles.items() if words and all(w in title for w in words)]
    near = difflib.get_close_matches(typed.lower()[:_LONGEST], titles, n=_SUGGESTIONS, cutoff=0.5)
    return tuple(dict.fromkeys([*holding, *(titles[title] for title in near)]))[:_SUGGESTIONS]
