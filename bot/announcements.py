"""Tell the channels what the commits say, whoever made them and through whatever door.

The announcer follows the shared history with a cursor in the ledger. A crash between a commit and
its message only delays the message; a claim in the ledger keeps each from being said twice.
Noise rule (design §6): edit the root message, else the thread, and the channel only for severity,
status and assignment of P0 and P1.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.answers import thread_note
from bot.blocks.card import root_message
from bot.blocks.elements import context, mrkdwn
from bot.blocks.message import Message
from bot.blocks.text import link, literal, mention, page_url
from bot.bug_people import slack_ids
from bot.channels import Channels, UnknownChannelError
from bot.people import People
from tracker.assembly import BugChange, CommitChanges, RootMessage, Tracker
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.changes import Change, ChangeKind, changes

LOG: Final = logging.getLogger(__name__)
CURSOR: Final = "announcements"

_BATCH: Final = 20  # commits between two notes of the cursor
_PASSING: Final = frozenset(
    {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
)
"""Slack's errors that another try may not meet."""
_GONE: Final = frozenset({"message_not_found", "cant_update_message", "channel_not_found"})


@dataclass(frozen=True, kw_only=True)
class Announcer:
    """Follows the history and keeps the channels up to date; one thread runs it."""

    tracker: Tracker
    client: WebClient
    people: People
    channels: Channels
    site_url: str

    def begin(self) -> None:
        """Start at the newest commit where nothing was told before: history is no news."""
        if self.tracker.ledger.cursor(CURSOR) is None:
            self.tracker.ledger.move_cursor(CURSOR, self.tracker.tip() or "")

    def follow(self) -> None:
        """Tell what is new since the cursor, and move it."""
        news = self.tracker.changes_since(self.tracker.ledger.cursor(CURSOR) or None)
        if news.restarted:
            LOG.warning("The history was rewritten; announcements start again at its new end.")
            self.tracker.ledger.move_cursor(CURSOR, news.tip or "")
        commits = news.commits
        for start in range(0, len(commits), _BATCH):
            batch = commits[start : start + _BATCH]
            self._tell(batch)
            self.tracker.ledger.move_cursor(CURSOR, batch[-1].commit.commit)

    def _tell(self, commits: Iterable[CommitChanges]) -> None:
        """Each bug's root message once, with its newest record, then every note in order."""
        changed = [(each.commit.commit, bug) for each in commits for bug in each.bugs]
        newest = {bug.bug: bug.new for _, bug in changed if bug.new is not None}
        policy = self.tracker.policy()
        for record in newest.values():
            self._show(record, policy)
        for commit, bug in changed:
            if bug.old is not None and bug.new is not None:
                self._note(commit, bug, policy)

    def _show(self, record: BugRecord, policy: Policy) -> None:
        """Edit the root message; post it where there is none, or none any more."""
        message = self._root(record, policy)
        known = self.tracker.ledger.root_message(record.id) or self._former_root(record)
        if known is not None and self._edit(known, message):
            return
        channel = self.channels.id_of(policy.channels.incidents)
        sent = self._send(channel, message)
        if sent:
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
            code = _code(error)
            if code in _PASSING:
                raise
            LOG.warning("The message of %s cannot be edited: %s.", root.bug, code)
            return code not in _GONE
        return True

    def _note(self, commit: str, bug: BugChange, policy: Policy) -> None:
        record = bug.new
        root = self.tracker.ledger.root_message(bug.bug)
        if record is None or root is None:
            return
        for place, change in enumerate(changes(bug.old, record)):
            key = change.entry.key if change.entry else f"{commit}:{place}"
            told = partial(
                self._send,
                root.channel,
                self._thread_note(record, change),
                thread_ts=root.ts,
                reply_broadcast=change.is_loud(record.severity),
            )
            self._once(f"note:{bug.bug}:{key}", told)
            if change.kind is ChangeKind.DEPLOYMENT:
                news = partial(self._tell_releases, record, change, policy, root)
                self._once(f"release:{bug.bug}:{key}", news)

    def _thread_note(self, record: BugRecord, change: Change) -> Message:
        """A note; whoever has the bug now is mentioned, since an edited message tells nobody."""
        note = thread_note(change)
        assignment = record.assignment
        if change.kind is not ChangeKind.ASSIGNMENT or assignment is None:
            return note
        named = [person for person in (assignment.assignee, assignment.backup) if person]
        mentions = " ".join(mention(self.people.slack_id(person), person.name) for person in named)
        return Message(text=note.text, blocks=[*note.blocks, context(mrkdwn(mentions))])

    def _tell_releases(
        self, record: BugRecord, change: Change, policy: Policy, root: RootMessage
    ) -> None:
        try:
            channel = self.channels.id_of(policy.channels.releases)
        except UnknownChannelError as error:
            LOG.warning("%s", error)
            return
        if channel != root.channel:
            self._send(channel, _release_note(record, change, self.site_url))

    def _once(self, key: str, say: Callable[[], object]) -> None:
        """Say something unless it was said before; a failed one may be said again."""
        if not self.tracker.ledger.claim_notice(key, self.tracker.now()):
            return
        try:
            say()
        except BaseException:
            self.tracker.ledger.release_notice(key)
            raise

    def _send(self, channel: str, message: Message, **more: Any) -> str:  # noqa: ANN401
        """Post a message and return its time stamp; empty when Slack will never take it."""
        try:
            sent = self.client.chat_postMessage(
                channel=channel, text=message.text, blocks=message.blocks, **more
            )
        except SlackApiError as error:
            if _code(error) in _PASSING:
                raise
            LOG.exception("Slack does not take a message in %s.", channel)
            return ""
        return str(sent["ts"])


def _release_note(record: BugRecord, change: Change, site_url: str) -> Message:
    """A deployment for the releases channel: what, of which bug, by whom."""
    note = thread_note(change)
    about = literal(f"{record.id} {record.title}", 200)
    if site_url:
        about = link(page_url(site_url, record.id), f"{record.id} {record.title}")
    return Message(text=f"{record.id}: {note.text}", blocks=[*note.blocks, context(mrkdwn(about))])


def _code(error: SlackApiError) -> str:
    return str(error.response.get("error", ""))
