"""Put a message of Slack into a bug's timeline, let it follow edits, and take it out again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.blocks.answers import refusal
from bot.delivery import is_marked
from bot.desk import Desk
from bot.outcome_words import secrets_taken_out
from bot.permission import refusal_of
from bot.reply import REQUEST, Reply
from bot.slack_client import error_code, is_passing
from bot.slack_text import plain_text
from bot.task import Task
from tracker.assembly import Quote, Request
from tracker.model.trouble import TroubleError
from tracker.workflow.action import Action
from tracker.workflow.actions.quote import QuoteMessage, RetractQuote
from tracker.workflow.decision import Refused

_LONGEST: Final = 20_000
_NO_ANSWER: Final = (
    "Slack does not give the message out just now, so nothing was changed: try again in a minute."
    " To react again, take the reaction back first."
)
_ADDRESS: Final = re.compile(
    r"/archives/(?P<channel>[A-Z0-9]+)/p(?P<seconds>[0-9]{10})(?P<rest>[0-9]{6})(?![0-9])"
)
_NUMBER: Final = re.compile(r"\b[A-Z][A-Z0-9]{0,9}-[0-9]{1,9}\b")
_MENTION: Final = re.compile(r"<@(?P<id>[UW][A-Z0-9]+)>")
_TWICE: Final = "quoted"  # the condition that a message stands in a timeline once
_GONE: Final = frozenset({"thread_not_found", "message_not_found", "channel_not_found"})


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message: where it stands, and all that Slack says of it."""

    channel: str
    ts: str
    payload: Mapping[str, Any]

    @property
    def author(self) -> str:
        """The Slack id of whoever wrote it; empty for an app."""
        return "" if self.payload.get("bot_id") else str(self.payload.get("user") or "")

    @property
    def thread(self) -> str:
        """The first message of its thread; itself outside of one."""
        return str(self.payload.get("thread_ts") or self.ts)

    @property
    def at(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(float(self.ts), tz=UTC)

    def reply(self, client: WebClient, user: str) -> Reply:
        """The way to somebody beside it."""
        return Reply(client=client, user=user, channel=self.channel, thread_ts=self.thread)

    def has_reaction(self, name: str) -> bool:
        """Whether anybody's reaction of this name is on it."""
        return any(
            each["name"] == name and each.get("users")
            for each in self.payload.get("reactions") or ()
        )


def fetch(desk: Desk, channel: str, ts: str) -> Said | None:
    """Ask Slack for a message; None when it is gone. Raises TroubleError where it may not."""
    try:
        answer = desk.client.conversations_replies(
            channel=channel, ts=ts, latest=ts, oldest=ts, inclusive=True, limit=1
        )
    except OSError as error:
        raise TroubleError(_NO_ANSWER) from error
    except SlackApiError as error:
        code = error_code(error)
        if code in _GONE:
            return None
        if is_passing(error):
            raise TroubleError(_NO_ANSWER) from error
        message = f"The message cannot be read ({code}): invite Bugbook into the channel."
        raise TroubleError(message) from error
    messages: list[Mapping[str, Any]] = answer.get("messages", [])
    payload = next((each for each in messages if each.get("ts") == ts), None)
    return None if payload is None else Said(channel=channel, ts=ts, payload=payload)


def bug_at(desk: Desk, said: Said) -> str | None:
    """The bug in whose thread or incident room a message stands."""
    ledger = desk.tracker.ledger
    found = ledger.bug_of_message(said.channel, said.thread)
    room = None if found else ledger.rooms.at(said.channel)
    return found or (room.bug if room else None)


def bug_above(desk: Desk, channel: str, thread: str) -> str | None:
    """The bug that the first message of a thread shows, where only Slack knows that we sent it.

    So it is between a message whose answer was lost and the search for it.
    """
    above = fetch(desk, channel, thread)
    if above is None or not any(is_marked(block) for block in above.payload.get("blocks") or ()):
        return None
    number = _NUMBER.search(str(above.payload.get("text") or ""))
    return desk.tracker.find(number[0]) if number else None


def follow_edits(desk: Desk, bug: str, source: str | None) -> None:
    """Let the quote of a message change with it, where the address is that of a message."""
    found = _ADDRESS.search(source or "")
    if source and found:
        ts = f"{found['seconds']}.{found['rest']}"
        desk.tracker.ledger.quotes.keep(found["channel"], ts, Quote(bug=bug, source=source))


def quote(desk: Desk, said: Said, bug: str, user: str, name: str) -> None:
    """Put a message into the timeline; `name` keeps this request apart from others.

    Whoever asks is told in private what became of it.
    """
    text = words_of(desk, said.payload)
    if not text:
        return
    source = permalink(desk, said)
    action = QuoteMessage(
        text=text, source=source, said_by=_author(desk, said), at=min(said.at, desk.now())
    )
    if request := _allowed(desk, user, bug, action, name, said):
        desk.tracker.ledger.quotes.keep(said.channel, said.ts, Quote(bug=bug, source=source))
        reply = said.reply(desk.client, user)
        task = Task(
            request=request.id,
            verb=action.verb,
            bug=bug,
            reply=reply,
            writer=said.reply(desk.client, said.author) if said.author else None,
            no_news=frozenset({_TWICE}),
        )
        desk.recorder.record(request, task, desk.wake)


def requote(desk: Desk, said: Said, known: Quote, user: str, name: str) -> None:
    """Let the timeline say what an edited message says now; the committer judges it."""
    text = words_of(desk, said.payload)
    if text:
        action = QuoteMessage(
            text=text, source=known.source, said_by=_author(desk, said), at=min(said.at, desk.now())
        )
        request = _request(desk, user, known.bug, action, name)
        is_new = _submit(desk, request)
        if is_new and said.author and (secrets := desk.tracker.secrets_in(request)):
            said.reply(desk.client, said.author)(secrets_taken_out(secrets))


def retract(desk: Desk, known: Quote, user: str, name: str, reason: str | None) -> None:
    """Take a message out of the timeline; one that is not in it any more is refused in silence."""
    action = RetractQuote(source=known.source, reason=reason)
    _submit(desk, _request(desk, user, known.bug, action, name))


def words_of(desk: Desk, payload: Mapping[str, Any]) -> str:
    """What a message says, with people by their names; of one with files alone, their names."""
    text = plain_text(str(payload.get("text") or ""), desk.people.id_of_name)
    named = _MENTION.sub(lambda found: f"@{_name(desk, found['id'])}", text).strip()
    if not named:
        files = [str(each.get("name") or "a file") for each in payload.get("files") or ()]
        named = f"Shared {', '.join(files)}." if files else ""
    return named[:_LONGEST]


def permalink(desk: Desk, said: Said) -> str:
    """The address of a message, which is also what it is known by in a timeline."""
    try:
        answer = desk.client.chat_getPermalink(channel=said.channel, message_ts=said.ts)
    except (SlackClientError, OSError):
        return f"slack:{said.channel}/{said.ts}"
    return str(answer["permalink"])


def _allowed(  # noqa: PLR0917 - who, what, where
    desk: Desk, user: str, bug: str, action: Action, name: str, said: Said
) -> Request | None:
    reply = said.reply(desk.client, user)
    if reason := refusal_of(desk, user, "note"):
        reply(refusal((reason,), bug, action.verb))
        return None
    request = _request(desk, user, bug, action, name)
    decision = desk.tracker.judge(request)
    if not isinstance(decision, Refused):
        return request
    told = [reason for reason in decision.reasons if reason.gate != _TWICE]
    if told:
        reply(refusal(told, bug, action.verb))
    return None


def _request(desk: Desk, user: str, bug: str, action: Action, name: str) -> Request:
    return Request(id=f"{REQUEST}{name}", bug=bug, action=action, actor=desk.people.person(user))


def _submit(desk: Desk, request: Request) -> bool:
    """Keep it for the committer; whether it was new."""
    is_new = desk.tracker.submit(request)
    desk.wake()
    return is_new


def _author(desk: Desk, said: Said) -> str | None:
    return _name(desk, said.author) if said.author else None


def _name(desk: Desk, user: str) -> str:
    try:
        return desk.people.person(user).name
    except TroubleError:
        return user
