"""Do what an incident's channel needs, each side effect so that doing it twice does no harm."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.room_card import farewell, room_card, topic_of
from bot.blocks.text import page_url
from bot.bug_people import slack_ids
from bot.delivery import Courier
from bot.errand_loop import NotYetError
from bot.room_guests import RoomGuests
from bot.room_plan import RoomErrand, is_over, room_name
from bot.slack_client import error_code, is_locked_out, is_passing
from tracker.assembly import Errand, Request, Room, Tracker
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError
from tracker.workflow.actions.edits import AddNote
from tracker.workflow.decision import Refused
from tracker.workflow.incident_channel import channel_opened

LOG: Final = logging.getLogger(__name__)
BUGBOOK: Final = Person(name="Bugbook", email="bugbook@localhost")
"""Who notes in the record what the bot itself did."""

_NAMES: Final = 9  # tries to find a free name
_PAGE: Final = 200
_GONE: Final = ("message_not_found", "cant_update_message")


class RoomRefusedError(TroubleError):
    """What the bot did may not be noted in the record."""


@dataclass(frozen=True, kw_only=True)
class IncidentRooms:
    """The channels of incidents; `committed` wakes the committer after a note."""

    tracker: Tracker
    client: WebClient
    courier: Courier
    guests: RoomGuests
    site_url: str
    committed: Callable[[], None]

    def do(self, errand: Errand) -> None:
        """Do one errand; raises NotYetError where another has to come first.

        What a stand-in for Slack does not have is left out.
        """
        try:
            self._do(errand)
        except SlackApiError as error:
            if error_code(error) != "unknown_method":
                raise
            LOG.info("%s is left out: this Slack has no such method.", errand.key)

    def _do(self, errand: Errand) -> None:
        kind = RoomErrand(errand.kind)
        record, policy = self.tracker.load(errand.bug), self.tracker.policy()
        room = self.tracker.ledger.rooms.of_bug(record.id)
        if kind is RoomErrand.OPEN:
            if room is None and (name := room_name(record, policy)):
                self._open(record, name)
            return
        if room is None:
            sentence = "The channel is not open yet."
            raise NotYetError(sentence)
        if room.archived and not is_over(record):
            room = self._again(room, record, policy)
        if not room.archived:
            self._in_room(kind, room, record, policy)

    def _in_room(self, kind: RoomErrand, room: Room, record: BugRecord, policy: Policy) -> None:
        ways: dict[RoomErrand, Callable[[], None]] = {
            RoomErrand.CARD: lambda: self._show(room, record, policy),
            RoomErrand.PIN: lambda: self._pin(room),
            RoomErrand.INVITE: lambda: self.guests.invite(room.channel, record, policy),
            RoomErrand.RENAME: lambda: self._rename(room, room_name(record, policy)),
            RoomErrand.TOPIC: lambda: self._set_topic(room, record, policy),
            RoomErrand.BOOKMARKS: lambda: self._bookmark(room, record),
            RoomErrand.RECORD: lambda: self._note(room, channel_opened(room.name), "opened"),
            RoomErrand.ARCHIVE: lambda: self._archive(room, record, policy),
        }
        ways[kind]()

    def _open(self, record: BugRecord, name: str) -> None:
        """Make the channel, or take over the one that an interrupted try has made."""
        for number in range(1, _NAMES + 1):
            tried = name if number == 1 else f"{name[:77]}-{number}"
            try:
                made = self.client.conversations_create(name=tried)["channel"]["id"]
            except SlackApiError as error:
                if error_code(error) != "name_taken":
                    raise
                made = self._own(tried)
            if made:
                self.tracker.ledger.rooms.keep(Room(bug=record.id, channel=made, name=tried))
                return
        sentence = f"Every name like #{name} is taken: archive or rename one of the channels."
        raise RoomRefusedError(sentence)

    def _again(self, room: Room, record: BugRecord, policy: Policy) -> Room:
        """The room of a bug that was opened again; a new one where Slack keeps the old one shut.

        Slack lets few bots take a channel out of the archive: archiving puts them out of it.
        """
        try:
            self.client.conversations_unarchive(channel=room.channel)
        except SlackApiError as error:
            if is_passing(error) or is_locked_out(error):
                raise
            if error_code(error) != "not_archived":
                self._open(record, room_name(record, policy) or room.name)
                return self.tracker.ledger.rooms.of_bug(record.id) or room
        self.tracker.ledger.rooms.keep(opened := replace(room, archived=False))
        return opened

    def _own(self, name: str) -> str:
        """The channel of this name that the bot made and that is no bug's room; "" for others."""
        me, cursor = self.client.auth_test()["user_id"], ""
        while True:
            answer = self.client.conversations_list(
                types="public_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
            )
            channels: list[Mapping[str, Any]] = answer.get("channels", [])
            for channel in channels:
                if channel["name"] == name and channel.get("creator") == me:
                    taken = self.tracker.ledger.rooms.at(channel["id"])
                    return "" if taken else str(channel["id"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return ""

    def _show(self, room: Room, record: BugRecord, policy: Policy) -> None:
        ids = slack_ids(record, self.guests.people)
        card = room_card(record, policy, self.tracker.now(), self.site_url, ids)
        if room.card and self._edited(room, card.text, card.blocks):
            return
        key = f"card:{record.id}:{room.channel}:{room.card or 'first'}"
        if ts := self.courier.post(key, room.channel, card):
            self.tracker.ledger.rooms.keep(replace(room, card=ts))

    def _edited(self, room: Room, text: str, blocks: Iterable[dict[str, object]]) -> bool:
        try:
            self.client.chat_update(
                channel=room.channel, ts=room.card, text=text, blocks=list(blocks)
            )
        except SlackApiError as error:
            if error_code(error) in _GONE:
                return False
            raise
        return True

    def _pin(self, room: Room) -> None:
        if not room.card:
            sentence = "The bug is not shown in its channel yet."
            raise NotYetError(sentence)
        _unless(
            "already_pinned",
            lambda: self.client.pins_add(channel=room.channel, timestamp=room.card),
        )

    def _rename(self, room: Room, name: str | None) -> None:
        """A declared incident gives its number to the channel; a taken name leaves it as it is."""
        if name is None or name == room.name:
            return
        try:
            self.client.conversations_rename(channel=room.channel, name=name)
        except SlackApiError as error:
            if error_code(error) != "name_taken":
                raise
            LOG.warning("The channel #%s stays: #%s is taken.", room.name, name)
            return
        self.tracker.ledger.rooms.keep(replace(room, name=name))

    def _set_topic(self, room: Room, record: BugRecord, policy: Policy) -> None:
        """What changed in a bug shows in the topic and on the card."""
        self._show(room, record, policy)
        topic = topic_of(record, policy, self.tracker.now())
        if topic != room.topic:
            self.client.conversations_setTopic(channel=room.channel, topic=topic)
            shown = self.tracker.ledger.rooms.of_bug(record.id) or room
            self.tracker.ledger.rooms.keep(replace(shown, topic=topic))

    def _bookmark(self, room: Room, record: BugRecord) -> None:
        answer = self.client.bookmarks_list(channel_id=room.channel)
        found: list[Mapping[str, Any]] = answer.get("bookmarks", [])
        there = {each["title"]: each for each in found}
        for title, link in self._links(record).items():
            known = there.get(title)
            if known is None:
                self.client.bookmarks_add(
                    channel_id=room.channel, title=title, type="link", link=link
                )
            elif known.get("link") != link:
                self.client.bookmarks_edit(
                    channel_id=room.channel, bookmark_id=known["id"], title=title, link=link
                )

    def _links(self, record: BugRecord) -> dict[str, str]:
        links: dict[str, str] = {}
        root = self.tracker.ledger.root_message(record.id)
        if root is not None:
            answer = self.client.chat_getPermalink(channel=root.channel, message_ts=root.ts)
            links["Thread"] = str(answer["permalink"])
        if self.site_url:
            links[record.id] = page_url(self.site_url, record.id)
            links["Post-mortem"] = page_url(self.site_url, record.id, "post-mortem")
        return links

    def _archive(self, room: Room, record: BugRecord, policy: Policy) -> None:
        self.courier.post(f"farewell:{room.channel}", room.channel, farewell(record, policy))
        _unless("already_archived", lambda: self.client.conversations_archive(channel=room.channel))
        self._note(room, f"Incident channel #{room.name} archived.", "archived")
        self.tracker.ledger.rooms.keep(replace(room, archived=True))

    def _note(self, room: Room, text: str, what: str) -> None:
        """Keep the link in the record; the request's id makes a second note impossible."""
        link = f"{str(self.client.auth_test()['url']).rstrip('/')}/archives/{room.channel}"
        request = Request(
            id=f"bot-room-{what}-{room.channel}",
            bug=room.bug,
            action=AddNote(text=text, source=link),
            actor=BUGBOOK,
        )
        if self.tracker.outcome(request.id) is not None:
            return
        decision = self.tracker.judge(request)
        if isinstance(decision, Refused):
            raise RoomRefusedError(" ".join(reason.sentence for reason in decision.reasons))
        self.tracker.submit(request)
        self.committed()


def _unless(code: str, call: Callable[[], object]) -> None:
    """Call, where being done already is as good."""
    try:
        call()
    except SlackApiError as error:
        if error_code(error) != code:
            raise
