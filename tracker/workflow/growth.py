"""History only grows: what was said and signed in one version is in every later one."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from tracker.model.deployment import Deployment
from tracker.model.documents import ActionItem
from tracker.model.explanation import Location
from tracker.model.fix import Evidence
from tracker.model.moment import moment_in_words
from tracker.model.part import Part
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.decision import Reason
from tracker.workflow.history import QUOTE
from tracker.workflow.trail import Finding

_LISTS: tuple[tuple[Location, str], ...] = (
    (("timeline",), "timeline entry"),
    (("triage", "changes"), "severity change"),
    (("tests",), "test run"),
    (("reviews",), "review"),
    (("hotfix", "steps"), "hotfix step"),
    (("deployments",), "deployment"),
    (("release_notes", "published"), "publication of the release notes"),
    (("postmortem", "published"), "publication of the post-mortem"),
    (("communication",), "communication"),
    (("approvals",), "approval"),
    (("actions",), "action item"),
    (("waivers",), "waiver"),
    (("relaxations",), "relaxation"),
)
_SECTIONS = (
    "severity", "triage", "assignment", "root_cause", "fix", "hotfix", "release_notes",
    "postmortem",
)  # fmt: skip
_GIVEN_BY = {
    "triage": ("severity", "triage"),
    "assign": ("assignment",),
    "identify": ("root_cause", "fix"),
    "submit-fix": ("fix",),
    "hotfix-implement": ("fix",),
}
"""Sections that a move brings in, and that go with it when it is undone."""
_TESTING = ("pass-tests", "fail-tests", "regress", "hotfix-test", "deploy", "hotfix-deploy")
"""Moves that bring in test runs, which have times of their own."""


def lost(old: BugRecord, new: BugRecord) -> Iterator[Finding]:
    """Everything that a newer version took away or altered, but for what a new undo took back."""
    undone = _undone_since(old, new)
    for where, words in _LISTS:
        had = tuple(_had(undone, _items(old, where)))
        yield from _lost_items(had, _items(new, where), where, words)
    for number in old.formerly:
        if number not in new.formerly:
            sentence = f"The former number {number} was removed: it must keep leading here."
            yield _found(sentence, ("formerly",))
    given = {section for entry in undone for section in _GIVEN_BY.get(entry.action, ())}
    for section in _SECTIONS:
        gone = getattr(old, section) is not None and getattr(new, section) is None
        if gone and section not in given:
            yield _found(f"`{section}` was removed: restore it.", (section,))


def _undone_since(old: BugRecord, new: BugRecord) -> tuple[TimelineEntry, ...]:
    """Moves of the old version that the new one takes back."""
    known = {key for entry in old.timeline for key in entry.undoes}
    undone = {key for entry in new.timeline for key in entry.undoes} - known
    return tuple(entry for entry in old.timeline if entry.key in undone and entry.action != QUOTE)


def _had(undone: tuple[TimelineEntry, ...], items: tuple[Part, ...]) -> Iterator[Part]:
    """The items that must stay: without those that came with an undone move, and its roll backs."""
    marks = {(entry.at, by) for entry in undone for by in (entry.by, None)}
    times = {entry.at for entry in undone}
    tested = any(entry.action in _TESTING for entry in undone)
    for item in items:
        if isinstance(item, Deployment) and item.rolled_back_at in times:
            yield item.model_copy(update={"rolled_back_at": None, "rolled_back_because": None})
        elif isinstance(item, TimelineEntry) or (
            _signature(item) not in marks and not (tested and isinstance(item, Evidence))
        ):
            yield item


def _lost_items(
    old: tuple[Part, ...], new: tuple[Part, ...], where: Location, words: str
) -> Iterator[Finding]:
    have = Counter(content for item in new for content in {_whole(item), _begun(item)})
    for item in old:
        content = _lasting(item)
        if have[content]:
            have[content] -= 1
            continue
        places = [index for index, other in enumerate(new) if _is_same(item, other)]
        if places:
            sentence = f"This {words} was changed: history only grows, so restore it."
            yield _found(sentence, (*where, places[0]))
        else:
            sentence = f"A {words} was removed ({_shown(item)}): history only grows, so restore it."
            yield _found(sentence, where)


def _items(record: BugRecord, where: Location) -> tuple[Part, ...]:
    found: object = record
    for step in where:
        found = getattr(found, str(step), None)
    return found if isinstance(found, tuple) else ()


def _whole(item: Part) -> str:
    return item.model_dump_json()


def _begun(item: Part) -> str:
    """What stays of an item that may change: a deployment not yet rolled back, an action item."""
    if isinstance(item, Deployment):
        return item.model_dump_json(exclude={"rolled_back_at", "rolled_back_because"})
    return item.key if isinstance(item, ActionItem) else _whole(item)


def _lasting(item: Part) -> str:
    rolled_back = isinstance(item, Deployment) and item.rolled_back_at is not None
    return _whole(item) if rolled_back else _begun(item)


def _is_same(item: Part, other: Part) -> bool:
    """Whether two items tell of one thing: by key, or by time and person."""
    if isinstance(item, TimelineEntry | ActionItem | Evidence) and item.key is not None:
        return item.key == getattr(other, "key", None)
    return _signature(item) == _signature(other)


def _signature(item: Part) -> tuple[object, object]:
    return getattr(item, "at", None), getattr(item, "by", None)


def _shown(item: Part) -> str:
    if isinstance(item, ActionItem):
        return f"`{item.text}`"
    at, by = _signature(item)
    said = [moment_in_words(at) if isinstance(at, datetime) else "", str(getattr(by, "name", ""))]
    return ", ".join(part for part in said if part) or "without a date"


def _found(sentence: str, where: Location) -> Finding:
    return Finding(reason=Reason(gate="history", sentence=sentence), where=where)
