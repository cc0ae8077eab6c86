"""What people write beside the commands: a reaction, an edit, a deletion, a pasted file."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt import App, Args

from bot.asked import Asked
from bot.attaching import files_of
from bot.blocks.answers import choose_bug
from bot.bug_choice import meant_bug
from bot.choosing import marked_as_choice
from bot.desk import Desk
from bot.draft import Draft
from bot.event_listener import listen
from bot.quoting import Said, bug_above, bug_at, fetch, permalink, quote, requote, retract, words_of
from bot.reply import REQUEST
from bot.waiting import waiting_reports_of
from tracker.assembly import BugFilter

_DELETED = "The message was deleted."


def register(app: App, desk: Desk) -> None:
    """Listen to reactions and messages."""
    ours = partial(_is_ours, desk)
    listen(app, desk, "reaction_added", partial(_on_reaction, desk), concerns=ours)
    listen(app, desk, "reaction_removed", partial(_on_reaction_removed, desk), concerns=ours)
    listen(app, desk, "message", partial(_on_message, desk), concerns=_may_concern)


def _on_reaction(desk: Desk, args: Args) -> None:
    event = args.body["event"]
    place = event["item"]
    said = fetch(desk, place["channel"], place["ts"])
    if said is None or said.payload.get("bot_id"):
        return
    name = f"quote-{said.channel}-{said.ts}-{event['user']}-{event.get('event_ts', '')}"
    bug = bug_at(desk, said) or bug_above(desk, said.channel, said.thread)
    if bug is None:
        _ask(desk, said, event["user"], name)
        return
    quote(desk, said, bug, event["user"], name)
    _keep_files(desk, said, bug, event["user"], name)


def _on_reaction_removed(desk: Desk, args: Args) -> None:
    """The last reaction of this name takes the message out."""
    event = args.body["event"]
    channel, ts = event["item"]["channel"], event["item"]["ts"]
    known = desk.tracker.ledger.quotes.at(channel, ts)
    if known is None:
        return
    said = fetch(desk, channel, ts)
    if said is not None and said.has_reaction(event["reaction"]):
        return
    name = f"retract-{channel}-{ts}-{event['user']}-{event.get('event_ts', '')}"
    retract(desk, known, event["user"], name, None)


def _on_message(desk: Desk, args: Args) -> None:
    event = args.body["event"]
    match event.get("subtype"):
        case "message_changed":
            _on_edit(desk, event)
        case "message_deleted":
            _on_deletion(desk, event, str(event["deleted_ts"]))
        case _:
            _on_files(desk, event)


def _may_concern(event: Mapping[str, Any]) -> bool:
    """Whether it is more than what people say to one another."""
    match event.get("subtype"):
        case "message_changed" | "message_deleted":
            return True
        case None | "file_share" | "thread_broadcast":
            return bool(event.get("files"))
        case _:
            return False


def _on_edit(desk: Desk, event: Mapping[str, Any]) -> None:
    message, before = event["message"], event.get("previous_message") or {}
    if message.get("subtype") == "tombstone":
        _on_deletion(desk, event, str(message["ts"]))
        return
    known = desk.tracker.ledger.quotes.at(event["channel"], message["ts"])
    if known is None or message.get("text") == before.get("text"):
        return
    said = Said(channel=event["channel"], ts=message["ts"], payload=message)
    edited = message.get("edited") or {}
    user = edited.get("user") or said.author
    if user:
        name = f"requote-{said.channel}-{said.ts}-{edited.get('ts') or event.get('event_ts', '')}"
        requote(desk, said, known, user, name)


def _on_deletion(desk: Desk, event: Mapping[str, Any], ts: str) -> None:
    known = desk.tracker.ledger.quotes.at(event["channel"], ts)
    user = (event.get("previous_message") or {}).get("user")
    if known is not None and user:
        retract(desk, known, user, f"deleted-{event['channel']}-{ts}", _DELETED)


def _on_files(desk: Desk, event: Mapping[str, Any]) -> None:
    """Files that are pasted where a bug is worked on are kept beside its record."""
    said = Said(channel=event["channel"], ts=event["ts"], payload=event)
    bug = bug_at(desk, said)
    if bug is not None and said.author:
        _keep_files(desk, said, bug, said.author, f"message-{said.channel}-{said.ts}")


def _keep_files(desk: Desk, said: Said, bug: str, user: str, name: str) -> None:
    desk.attaching.keep(bug, files_of(said.payload), said.reply(desk.client, user), name)


def _ask(desk: Desk, said: Said, user: str, name: str) -> None:
    """Let the person choose, of a message elsewhere, whose timeline it belongs into."""
    text = words_of(desk, said.payload)
    if not text:
        return
    reply = said.reply(desk.client, user)
    asked = Asked(request=f"{REQUEST}{name}", reply=reply)
    standing = desk.tracker.listing(BugFilter(is_open=True)).bugs
    choice = meant_bug(standing, desk.people.person(user), "quote", desk.now())
    meant = (choice.bug,) if choice.bug is not None else choice.candidates
    candidates = [desk.tracker.load(bug.id) for bug in meant]
    author = desk.people.person(said.author).name if said.author else ""
    at = min(said.at, desk.now()).isoformat()
    said_so = {"text": text, "source": permalink(desk, said), "said_by": author, "at": at}
    draft = Draft(pairs={key: told for key, told in said_so.items() if told}, at=desk.now())
    for bug in candidates:
        desk.keep_draft(asked, "quote", bug.id, draft)
    lead = waiting_reports_of(desk.tracker, desk.people.person(user))
    reply(marked_as_choice(choose_bug(candidates, "quote", lead)))


def _is_ours(desk: Desk, event: Mapping[str, Any]) -> bool:
    item = event.get("item") or {}
    wanted = desk.tracker.policy().timeline_reaction.strip(":")
    return item.get("type") == "message" and event.get("reaction") == wanted
