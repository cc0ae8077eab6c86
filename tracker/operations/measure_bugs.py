"""Count many bugs."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.model.problem import Problem
from tracker.store import index_queries
from tracker.store.bug_index import BugIndex
from tracker.store.index_facts import counted_bugs
from tracker.workflow.metrics import Slice, slices


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What was counted, and what is wrong with files that could not be."""

    slices: tuple[Slice, ...]
    problems: tuple[Problem, ...]


def measure_bugs(index: BugIndex, now: datetime, *, since: date | None, sources: bool) -> Numbers:
    """Return the numbers of all bugs, of each severity and of each month of the report (UTC).

    `since` leaves out bugs that were reported before that day (UTC). Severities are the current
    ones, and targets are those of the policy as it is now. Without `sources` no rows are named.
    """
    return index.ask(
        lambda rows: Numbers(
            slices=slices(counted_bugs(rows, now, since=since), sources=sources),
            problems=index_queries.problems(rows),
        )
    )
