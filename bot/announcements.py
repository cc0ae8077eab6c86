"""Tell the channels what the commits say, whoever made them and through whatever door.

The announcer follows the shared history with a cursor in the ledger. A crash between a commit and
its message only delays the message, and the courier says each once. Noise rule (design §6): edit
the root message, else the thread, and the channel only for severity, status and assignment of P0
and P1.

One thread tells everything, and waits in no queue: a bug whose channel Slack limits stays behind
alone, and the cursor with it until that bug is told too. Of a channel that does not exist only the
place is kept from which it has not heard; once it exists, everything since then is told.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.blocks.card import root_message
from bot.blocks.message import Message
from bot.bug_people import slack_ids
from bot.channels import Channels, UnknownChannelError, home_channels
from bot.delivery import Courier
from bot.kept import Kept
from bot.note_to_people import note_to_people
from bot.people import People
from bot.sentence import sentence
from bot.slack_client import QueuedClient, error_code, is_locked_out, is_passing
from bot.wider_news import WiderNews
from tracker.assembly import BugChange, CommitChanges, RootMessage, Tracker
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError
from tracker.workflow.changes import Change, ChangeKind, changes

LOG: Final = logging.getLogger(__name__)
CURSOR: Final = "announcements"
HELD: Final = "announcements-held"
"""The cursor from which a channel that did not exist has heard nothing; empty where all have."""
_FROM: Final = "from "  # before that cursor, which is empty where the history began

_REWRITTEN: Final = (
    "The shared history was rewritten by a forced push. Actions that are no longer in it are judged"
    " and recorded again; what people had committed by hand they have to commit again. Protect the"
    " branch against forced pushes, and use `git revert` to undo something for good."
)
_BATCH: Final = 20  # commits between two notes of the cursor
_GONE: Final = frozenset(
    {
        "cant_update_message",
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "not_in_channel",
    }
)

_Changed = tuple[str, BugChange]
"""A bug in a commit, and the commit."""


@dataclass(frozen=True, kw_only=True)
class Announcer:
    """Follows the history and keeps the channels up to date; one thread runs it.

    `changed` hears of every bug that a commit changed, before the cursor moves on.
    """

    tracker: Tracker
    client: QueuedClient
    people: People
    channels: Channels
    courier: Courier
    wider: WiderNews
    site_url: str
    changed: Callable[[str, BugChange, Policy], None]
    _told: Kept[bool] = field(default_factory=lambda: Kept(size=20_000))
    """Changes after the cursor that are told, while others are still to be told."""

    def begin(self) -> None:
        """Start at the newest commit where nothing was told before: history is no news."""
        if self.tracker.ledger.cursor(CURSOR) is None:
            self.tracker.ledger.move_cursor(CURSOR, self.tracker.tip() or "")

    def follow(self) -> None:
        """Tell what is new since the cursor, and move it."""
        self._go_back_to_held()
        news = self.tracker.changes_since(self.tracker.ledger.cursor(CURSOR) or None)
        if news.restarted:
            LOG.warning("The history was rewritten; announcements start again at its new end.")
            self._tell_of_rewriting(news.tip or "")
            self.tracker.ledger.move_cursor(CURSOR, news.tip or "")
        behind: set[str] = set()
        for start in range(0, len(news.commits), _BATCH):
            batch = news.commits[start : start + _BATCH]
            self._tell(batch, behind)
            if not behind:
                self.tracker.ledger.move_cursor(CURSOR, batch[-1].commit.commit)

    def _go_back_to_held(self) -> None:
        """Begin again where a missing channel heard the last, once no channel is missing."""
        held = self.tracker.ledger.cursor(HELD)
        if held and not self.channels.missing(home_channels(self.tracker.policy())):
            self.tracker.ledger.move_cursor(CURSOR, held.removeprefix(_FROM))
            self.tracker.ledger.move_cursor(HELD, "")

    def _hold(self) -> None:
        if not self.tracker.ledger.cursor(HELD):
            before = self.tracker.ledger.cursor(CURSOR) or ""
            self.tracker.ledger.move_cursor(HELD, f"{_FROM}{before}")

    def _tell_of_rewriting(self, tip: str) -> None:
        """Say once in the channel that commits are gone, which nobody else would notice."""
        usual = _usual(self.tracker.policy())
        if not self.channels.missing([usual]):
            channel = self.channels.id_of(usual)
            self.courier.post(f"rewritten:{tip}", channel, sentence(_REWRITTEN))

    def _tell(self, commits: Iterable[CommitChanges], behind: set[str]) -> None:
        """Tell of bug after bug; one whose channel takes nothing now holds up no other one."""
        changed: dict[str, list[_Changed]] = {}
        for each in commits:
            for bug in each.bugs:
                changed.setdefault(bug.bug, []).append((each.commit.commit, bug))
        policy = self.tracker.policy()
        for name, news in changed.items():
            new = [each for each in news if not self._told.get(f"{each[0]} {name}")]
            if name in behind or not new:
                continue
            try:
                self._tell_bug(new, policy)
            except UnknownChannelError as unknown:
                LOG.warning("The news of %s are held: %s", name, unknown)
                self._hold()
            except (TroubleError, SlackClientError, OSError) as error:
                LOG.warning("The news of %s have to wait: %s", name, error_code(error) or error)
                behind.add(name)

    def _tell_bug(self, news: Sequence[_Changed], policy: Policy) -> None:
        """The root message once, with the newest record, then every note in order."""
        for commit, bug in news:
            self.changed(commit, bug, policy)
        newest = [bug.new for _, bug in news if bug.new is not None]
        if newest:
            self._show(newest[-1], policy)
        for commit, bug in news:
            if bug.old is not None and bug.new is not None:
                self._note(commit, bug, policy)
        for commit, bug in news:
            self._told.keep(f"{commit} {bug.bug}", True)  # noqa: FBT003 - a mark

    def _show(self, record: BugRecord, policy: Policy) -> None:
        """Edit the root message; post it where there is none, or none any more."""
        message = self._root(record, policy)
        known = self.tracker.ledger.root_message(record.id) or self._former_root(record)
        if known is not None and self._edit(known, message):
            return
        channel = self.channels.id_of(policy.rule(record.severity).channel or _usual(policy))
        key = f"root:{record.id}:{known.ts if known else 'first'}"
        sent = self.courier.post(key, channel, message)
        if not sent:  # as where the bot was removed from the channel: the next change tries again
            self.courier.forget(key)
            return
        place = RootMessage(bug=record.id, channel=channel, ts=sent)
        self.tracker.ledger.keep_root_message(place)

    def _former_root(self, record: BugRecord) -> RootMessage | None:
        """Take over the message of a number that the bug had before, unless another bug has it."""
        for number in reversed(record.formerly):
            found = self.tracker.ledger.root_message(number)
            if found is not None and self.tracker.find(number) == record.id:
                place = RootMessage(bug=record.id, channel=found.channel, ts=found.ts)
                self.tracker.ledger.keep_root_message(place)
                return place
        return None

    def _root(self, record: BugRecord, policy: Policy) -> Message:
        ids = slack_ids(record, self.people)
        return root_message(record, policy, self.tracker.now(), self.site_url, ids)

    def _edit(self, root: RootMessage, message: Message) -> bool:
        """Change the root message; False when it is gone."""
        try:
            self.client.chat_update(
                channel=root.channel, ts=root.ts, text=message.text, blocks=message.blocks
            )
        except SlackApiError as error:
            if is_passing(error) or is_locked_out(error):
                raise
            LOG.warning("The message of %s cannot be edited: %s.", root.bug, error_code(error))
            return error_code(error) not in _GONE
        return True

    def _note(self, commit: str, bug: BugChange, policy: Policy) -> None:
        """Every change in the thread; the first one tells of values of others that it replaced."""
        record = bug.new
        root = self.tracker.ledger.root_message(bug.bug)
        if record is None or root is None:
            return
        replaced = self.tracker.replaced(bug.bug, commit)
        for place, change in enumerate(changes(bug.old, record)):
            key = change.entry.key if change.entry else f"{commit}:{place}"
            if change.kind is not ChangeKind.UPDATE and not _is_read_here(change, root):
                self.courier.post(
                    f"note:{bug.bug}:{key}",
                    root.channel,
                    note_to_people(change, record, replaced, self.people),
                    thread_ts=root.ts,
                    broadcast=change.is_loud(record.severity),
                )
                replaced = ()
            self.wider.tell(key, record, change, policy, root)


def _is_read_here(change: Change, root: RootMessage) -> bool:
    """Whether a note would repeat a message of the same channel, which a reaction quoted."""
    entry = change.entry
    if entry is None or entry.action not in {"quote", "retract"}:
        return False
    return f"/{root.channel}/" in (entry.source or "")


def _usual(policy: Policy) -> str:
    return policy.channels.incidents
