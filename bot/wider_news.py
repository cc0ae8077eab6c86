"""What more than a bug's thread hears: deployments, stakeholders' updates, the all-clear."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.blocks.answers import thread_note
from bot.blocks.elements import context, mrkdwn, plain, section
from bot.blocks.message import Message, message
from bot.blocks.text import link, literal, one_line, page_url
from bot.blocks.words import severity_words
from bot.channels import Channels, UnknownChannelError
from bot.delivery import Courier
from tracker.assembly import Ledger, RootMessage
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.changes import Change, ChangeKind

LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class WiderNews:
    """Tells other channels than the one in which the bug's message stands."""

    courier: Courier
    channels: Channels
    ledger: Ledger
    site_url: str

    def tell(
        self, key: str, record: BugRecord, change: Change, policy: Policy, root: RootMessage
    ) -> None:
        """Tell whom a change concerns beside those who follow the bug; most concern nobody."""
        about = _about(record, self.site_url)
        match change.kind:
            case ChangeKind.DEPLOYMENT:
                note = thread_note(change)
                news = Message(text=f"{record.id}: {note.text}", blocks=[*note.blocks, about])
                places = [policy.channels.releases]
            case ChangeKind.STATUS if change.entry is not None and change.entry.action == "verify":
                news = all_clear(record, policy, about)
                places = [policy.channels.releases, *_stakeholders(record, policy)]
            case ChangeKind.SEVERITY if change.is_loud(record.severity):
                news = alarm(record, change, policy, about)
                places = list(_stakeholders(record, policy))
            case ChangeKind.UPDATE:
                news = update(record, change, policy, about)
                places = list(_stakeholders(record, policy))
                self._in_thread(key, record, news, root)
            case _:
                return
        self._send(f"{change.kind}:{record.id}:{key}", places, news, root)

    def _in_thread(self, key: str, record: BugRecord, news: Message, root: RootMessage) -> None:
        """A status update is told where the bug is worked on, too."""
        self.courier.post(f"note:{record.id}:{key}", root.channel, news, thread_ts=root.ts)
        room = self.ledger.rooms.of_bug(record.id)
        if room is not None and not room.archived:
            self.courier.post(f"room-note:{record.id}:{key}", room.channel, news)

    def _send(self, key: str, names: list[str], news: Message, root: RootMessage) -> None:
        told = {root.channel}
        for name in names:
            try:
                channel = self.channels.id_of(name)
            except UnknownChannelError as error:
                LOG.warning("%s", error)
                continue
            if channel not in told:
                told.add(channel)
                self.courier.post(f"{key}:{channel}", channel, news)


def _stakeholders(record: BugRecord, policy: Policy) -> Iterator[str]:
    """The channels of those outside the team who have to hear of this severity."""
    for stakeholder in policy.rule(record.severity).stakeholders:
        if stakeholder.channel is not None:
            yield stakeholder.channel


def _about(record: BugRecord, site_url: str) -> dict[str, object]:
    named = f"{record.id} {record.title}"
    if site_url:
        return context(mrkdwn(link(page_url(site_url, record.id), named)))
    return context(mrkdwn(literal(named, 200)))


def all_clear(record: BugRecord, policy: Policy, about: dict[str, object]) -> Message:
    """A bug is fixed and verified."""
    severity = severity_words(record.severity, policy)
    text = f"✅ All clear: {record.title} is fixed and verified ({severity})."
    return message(f"{record.id}: {text}", [section(plain(text)), about])


def alarm(record: BugRecord, change: Change, policy: Policy, about: dict[str, object]) -> Message:
    """A bug has become one of the worst."""
    text = f"{severity_words(record.severity, policy)}: {record.title}"
    who = record.impact.affects or record.impact.users
    affected = [context(plain(f"Affects {one_line(who, 200)}."))] if who else []
    note = section(plain(one_line(change.sentence, 600)))
    return message(f"{record.id} {text}", [section(plain(text)), note, *affected, about])


def update(record: BugRecord, change: Change, policy: Policy, about: dict[str, object]) -> Message:
    """How it stands, as the team told it."""
    head = f"📣 Status update · {severity_words(record.severity, policy)} · {record.status.words}"
    return message(
        f"{record.id}: {change.sentence}",
        [section(plain(head)), section(plain(one_line(change.sentence, 2500))), about],
    )
