"""Which side effects a change of a bug calls for in its incident room; pure."""

import re
from enum import StrEnum
from typing import Final

from tracker.assembly import Errand
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.current_documents import current_postmortem
from tracker.workflow.incidents import planned_channel

_UNFIT: Final = re.compile(r"[^a-z0-9_-]+")


class RoomErrand(StrEnum):
    """What is done in a room; the order is that of a life."""

    OPEN = "open"
    CARD = "card"
    PIN = "pin"
    INVITE = "invite"
    RENAME = "rename"
    TOPIC = "topic"
    BOOKMARKS = "bookmarks"
    RECORD = "record"
    ARCHIVE = "archive"

    @property
    def words(self) -> str:
        """What it does, after “could not”."""
        return _WORDS[self]


_WORDS: Final = {
    RoomErrand.OPEN: "open the incident’s channel",
    RoomErrand.CARD: "show the bug in its channel",
    RoomErrand.PIN: "pin the bug’s message",
    RoomErrand.INVITE: "invite people to the channel",
    RoomErrand.RENAME: "rename the channel",
    RoomErrand.TOPIC: "set the channel’s topic",
    RoomErrand.BOOKMARKS: "keep the channel’s bookmarks",
    RoomErrand.RECORD: "note the channel in the record",
    RoomErrand.ARCHIVE: "archive the channel",
}
_ONCE: Final = (RoomErrand.OPEN, RoomErrand.CARD, RoomErrand.PIN, RoomErrand.RECORD)
_LAST: Final = (Status.DEPLOYED, Status.VERIFIED)
"""The states before the end, in which a post-mortem comes out."""
_BEGINNING: Final = (
    *_ONCE,
    RoomErrand.INVITE,
    RoomErrand.TOPIC,
    RoomErrand.BOOKMARKS,
)


def room_errands(
    commit: str, old: BugRecord | None, new: BugRecord, policy: Policy
) -> tuple[Errand, ...]:
    """What is to be done after a commit; one that is kept already is not kept again by its key."""
    name = room_name(new, policy)
    if name is None:
        return ()
    kinds: list[RoomErrand] = []
    had_name = room_name(old, policy) if old is not None else None
    again = old is not None and is_over(old) and not is_over(new)
    if new.status.is_open:
        first = had_name is None or again
        kinds += _BEGINNING if first else _following(old, new, had_name != name)
    if is_over(new) and (old is None or not is_over(old)):
        kinds.append(RoomErrand.ARCHIVE)
    return tuple(
        Errand(key=_key(kind, commit, new.id, again), bug=new.id, kind=kind.value) for kind in kinds
    )


def _following(
    old: BugRecord | None,
    new: BugRecord,
    renamed: bool,  # noqa: FBT001 - a fact of both
) -> list[RoomErrand]:
    """After any change: the ones of the beginning that were never kept, and what is shown."""
    kinds = [*_ONCE, RoomErrand.TOPIC]
    kinds += [RoomErrand.RENAME, RoomErrand.BOOKMARKS] if renamed else []
    before = old and (old.assignment, old.responders, old.severity, old.hotfix)
    if before != (new.assignment, new.responders, new.severity, new.hotfix):
        kinds.append(RoomErrand.INVITE)
    return kinds


def room_name(record: BugRecord, policy: Policy) -> str | None:
    """The name of the channel of a bug that has one of its own.

    A bug that joined another one's incident is worked on in that one's.
    """
    if record.incident is not None and record.hotfix is None:
        return None
    named = planned_channel(record, policy)
    plain = _UNFIT.sub("-", (named or "").lstrip("#").lower()).strip("-")
    return plain or None


def is_over(record: BugRecord) -> bool:
    """Whether nothing is left to say in the room: the post-mortem is out, or the bug is closed.

    A bug that was opened again is not over, whatever was published of it before.
    """
    over = bool(current_postmortem(record)) and record.status in _LAST
    return not record.status.is_open or over


def _key(kind: RoomErrand, commit: str, bug: str, again: bool) -> str:  # noqa: FBT001 - a fact
    once = kind in _ONCE and not again
    return f"room:{bug}:{kind.value}" if once else f"room:{bug}:{kind.value}:{commit}"
