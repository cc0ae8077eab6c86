"""History only grows: what was said and signed in one version is in every later one."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from tracker.model.deployment import Deployment
from tracker.model.documents import ActionItem
from tracker.model.explanation import Location
from tracker.model.fix import Evidence
from tracker.model.part import Part
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.decision import Reason
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
)
_SECTIONS = (
    "severity", "triage", "assignment", "root_cause", "fix", "hotfix", "release_notes",
    "postmortem",
)  # fmt: skip


def lost(old: BugRecord, new: BugRecord) -> Iterator[Finding]:
    """Everything that a newer version took away or altered."""
    for where, words in _LISTS:
        yield from _lost_items(_items(old, where), _items(new, where), where, words)
    for number in old.formerly:
        if number not in new.formerly:
            sentence = f"The former number {number} was removed: it must keep leading here."
            yield _found(sentence, ("formerly",))
    for section in _SECTIONS:
        if getattr(old, section) is not None and getattr(new, section) is None:
            yield _found(f"`{section}` was removed: restore it.", (section,))


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
    said = [at.isoformat() if isinstance(at, datetime) else "", str(getattr(by, "name", ""))]
    return ", ".join(part for part in said if part) or "without a date"


def _found(sentence: str, where: Location) -> Finding:
    return Finding(reason=Reason(gate="history", sentence=sentence), where=where)
