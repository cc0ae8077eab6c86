"""Find bugs: one by what a person typed, many by what they are."""

import difflib
from dataclasses import dataclass
from typing import Final

from tracker.model.bug_id import meant_ids, number_of
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.model.trouble import TroubleError
from tracker.store.bug_store import Bugs, BugStore
from tracker.store.push_outcome import plain_line

_SUGGESTIONS: Final = 3


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
class BugFilter:
    """What listed bugs have in common; an empty part leaves all through."""

    statuses: tuple[Status, ...] = ()
    severities: tuple[Severity, ...] = ()
    is_open: bool | None = None
    assignee: str = ""
    """An e-mail address."""
    category: str = ""
    component: str = ""
    text: str = ""
    """Words that the title or the description of what is broken contains."""

    def fits(self, record: BugRecord) -> bool:
        """Whether a record has all of it."""
        triage, assignment = record.triage, record.assignment
        wanted = (
            not self.statuses or record.status in self.statuses,
            not self.severities or record.severity in self.severities,
            self.is_open is None or record.status.is_open is self.is_open,
            not self.assignee
            or (assignment is not None and assignment.assignee.email == self.assignee.lower()),
            not self.category or (triage is not None and triage.category == self.category),
            not self.component or self.component in record.environment.components,
            all(word in _text(record) for word in self.text.lower().split()),
        )
        return all(wanted)


def list_bugs(store: BugStore, revision: str | None, wanted: BugFilter) -> Bugs:
    """Return the records that fit, the worst first, then the newest; and all broken files."""
    bugs = store.all_bugs(revision)
    fitting = (record for record in bugs.records if wanted.fits(record))
    return Bugs(records=tuple(sorted(fitting, key=_urgency)), problems=bugs.problems)


def load_bug(store: BugStore, revision: str | None, typed: str) -> BugRecord:
    """Return the bug that a person meant; raises UnknownBugError or ProblemsFound."""
    bug = find_bug(store, revision, typed)
    record = store.load(bug, revision)
    if record is None:
        raise UnknownBugError(typed, ())
    return record


def find_bug(store: BugStore, revision: str | None, typed: str) -> str:
    """Return the id that a person meant by `42`, `bug-42` or a number the bug had before.

    Raises UnknownBugError with the nearest ids.
    """
    ids = store.ids(revision)
    wanted = meant_ids(typed, store.policy(revision).ids)
    if found := next((bug for bug in wanted if bug in ids), None):
        return found
    records = store.all_bugs(revision).records
    for record in records:
        if not set(wanted).isdisjoint(record.formerly):
            return record.id
    if wanted:
        raise UnknownBugError(typed, _nearest(wanted[0], ids))
    raise UnknownBugError(typed, _by_title(typed, records))


def _nearest(wanted: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Look for mistyped digits first, then for neighbours."""
    similar = difflib.get_close_matches(wanted, ids, n=_SUGGESTIONS, cutoff=0.85)
    if similar:
        return tuple(similar)
    same_kind = [bug for bug in ids if bug.partition("-")[0] == wanted.partition("-")[0]]
    return tuple(
        sorted(same_kind, key=lambda bug: abs(number_of(bug) - number_of(wanted)))[:_SUGGESTIONS]
    )


def _by_title(typed: str, records: tuple[BugRecord, ...]) -> tuple[str, ...]:
    """Look for the words in titles, forgiving about spelling."""
    titles = {record.title.lower(): record.id for record in records}
    words = typed.lower().split()
    holding = [bug for title, bug in titles.items() if words and all(w in title for w in words)]
    near = difflib.get_close_matches(typed.lower(), titles, n=_SUGGESTIONS, cutoff=0.5)
    return tuple(dict.fromkeys([*holding, *(titles[title] for title in near)]))[:_SUGGESTIONS]


def _text(record: BugRecord) -> str:
    return f"{record.id} {record.title} {record.report.what_is_broken}".lower()


def _urgency(record: BugRecord) -> tuple[bool, int, int]:
    rank = record.severity.rank if record.severity else len(Severity)
    return not record.status.is_open, rank, -number_of(record.id)
