"""Remind people: what is due by the rules, said once, where it is read."""

import logging
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from slack_sdk.errors import SlackClientError

from bot.blocks.reminder import digest_message, reminder
from bot.channels import Channels, UnknownChannelError
from bot.delivery import Courier
from bot.people import People
from bot.room_guests import RoomGuests
from bot.slack_client import error_code
from tracker.assembly import Tracker, UnknownBugError
from tracker.model.policy import Policy
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError
from tracker.workflow.agenda import PREFIX, Agenda, to_remind
from tracker.workflow.reminders import Notice, due_notices
from tracker.workflow.week import WEEK, digest_due, week

LOG: Final = logging.getLogger(__name__)
BEGUN: Final = "reminders"
"""The cursor that says that what was due before the first start is no news."""

_IN_ROOM: Final = ("status-update", "lead", "escalation", "review")


@dataclass(frozen=True, kw_only=True)
class Reminding:
    """One step sends what is due now."""

    tracker: Tracker
    courier: Courier
    people: People
    guests: RoomGuests
    channels: Channels
    site_url: str

    def step(self) -> None:
        """Send the reminders that are due, and once a week the digest."""
        policy = self.tracker.policy()
        agendas = self.tracker.agendas(policy)
        told = self.tracker.ledger.deliveries.keys(f"{PREFIX}:")
        if not self.tracker.ledger.cursor(BEGUN):
            self._begin(agendas, policy)
            return
        now = self.tracker.now()
        for bug in to_remind(agendas, policy, now, told):
            with suppress(ProblemsFound, UnknownBugError):  # gone, or broken, since it was read
                self._remind(self.tracker.load(bug), policy, now, told)
        self._digest(policy)

    def _remind(
        self, record: BugRecord, policy: Policy, now: datetime, told: Collection[str]
    ) -> None:
        for notice in due_notices(record, policy, now, told):
            self._send(record, notice, policy)

    def _begin(self, agendas: Iterable[Agenda], policy: Policy) -> None:
        """Take what is due at the first start as told, so that old bugs do not flood anybody."""
        now = self.tracker.now()
        due = [key for agenda in agendas for key in agenda.come(now, ())]
        if (at := digest_due(policy, now)) is not None:
            due.append(f"digest:{at.isoformat()}")
        self.tracker.ledger.deliveries.pass_over(due, now)
        self.tracker.ledger.move_cursor(BEGUN, now.isoformat())

    def _send(self, record: BugRecord, notice: Notice, policy: Policy) -> None:
        """In the room where one is, else in the bug's thread; a failure holds nobody else up."""
        root = self.tracker.ledger.root_message(record.id)
        room = self.tracker.ledger.rooms.of_bug(record.id)
        try:
            message = reminder(record, notice, self._called(notice, policy), self.site_url)
            if room is not None and not room.archived and notice.topic in _IN_ROOM:
                self.courier.post(notice.key, room.channel, message)
            elif root is not None:
                self.courier.post(
                    notice.key,
                    root.channel,
                    message,
                    thread_ts=root.ts,
                    broadcast=notice.loud,
                )
            else:
                self.courier.post(
                    notice.key, self.channels.id_of(policy.channels.incidents), message
                )
            self.tracker.ledger.deliveries.pass_over(notice.tells_too, self.tracker.now())
        except UnknownChannelError:
            return  # which those who run the bot are told once
        except (TroubleError, SlackClientError, OSError) as error:
            LOG.warning("The reminder %s has to wait: %s", notice.key, error_code(error) or error)

    def _called(self, notice: Notice, policy: Policy) -> tuple[str, ...]:
        """The Slack ids of those who are to act: the members of the roles, and the bug's people."""
        role = sorted(self.guests.of_roles(notice.roles, policy))
        named = [self.people.slack_id(person) for person in notice.people]
        return tuple(dict.fromkeys([*role, *(user for user in named if user)]))

    def _digest(self, policy: Policy) -> None:
        now = self.tracker.now()
        at = digest_due(policy, now)
        if at is None or self.tracker.ledger.deliveries.look(f"digest:{at.isoformat()}"):
            return
        told = week(self.tracker.outlines(now - WEEK), policy, now)
        name = policy.weekly_digest.channel or policy.channels.incidents
        if self.channels.missing([name]):
            return
        message = digest_message(told, policy, self.site_url)
        self.courier.post(f"digest:{at.isoformat()}", self.channels.id_of(name), message)
