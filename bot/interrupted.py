"""What a killed bot had acknowledged and not done: done after all, or offered to whoever asked.

A receipt without an answer, for which no action was kept, is of something that was not done. A
command that is a moment old is carried out: it was taken, and whoever typed it waits. An older one
may have been typed again meanwhile, and one that was carried out before may be what ended the bot,
so they are offered with a button. All of them keep the request that Slack delivered them with, by
which the outbox takes each in once.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from slack_bolt import App, Args

from bot.asked import by_command, by_interaction, command_request
from bot.blocks.interrupted import (
    RESUME,
    interrupted_command,
    interrupted_press,
    interrupted_search,
)
from bot.blocks.message import Message
from bot.boundary import bounded, told_by
from bot.commands import COMMANDS, obey
from bot.desk import Desk
from bot.draft import Draft, draft_key
from bot.reply import Reply
from bot.sentence import sentence
from tracker.assembly import OwedAnswer

_AT_ONCE: Final = timedelta(minutes=1)
"""So long somebody waits for an answer before they type it again."""
_TRIED: Final = "tried"


def register(app: App, desk: Desk) -> None:
    """Listen to the button that does what was typed."""
    app.action(RESUME)(bounded(partial(_on_resume, desk)))


def adopt(desk: Desk, *, older_than: timedelta) -> None:
    """Give the answers that a process which is gone owes, and take up what it has not begun."""
    found = desk.recorder.adopt(older_than=older_than)
    left = [(owed, json.loads(owed.about or "{}")) for owed in found]
    for owed, about in sorted(left, key=lambda each: str(each[1].get("at"))):
        if _is_to_be_done(about, desk.now()):
            _do(desk, owed, about)
        else:
            _offer(desk, owed, about)


def _is_to_be_done(about: Mapping[str, Any], now: datetime) -> bool:
    if about.get("command") not in COMMANDS or about.get("answers") or about.get(_TRIED):
        return False
    return now - datetime.fromisoformat(about["at"]) <= _AT_ONCE


def _do(desk: Desk, owed: OwedAnswer, about: Mapping[str, Any]) -> None:
    """Carry out a command as if Slack had delivered it now."""
    receipts = desk.recorder.receipts
    if not receipts.take_up(owed, {**about, _TRIED: True}):
        return
    body = {
        "user_id": owed.user,
        "trigger_id": owed.request,
        "channel_id": about.get("channel"),
        "response_url": about.get("url"),
    }
    asked = by_command(body, desk.client)
    with told_by(lambda text: asked.reply(sentence(text))):
        obey(desk, asked, about["command"], about["text"])
    receipts.heard(owed.request)


def _offer(desk: Desk, owed: OwedAnswer, about: Mapping[str, Any]) -> None:
    """Give the answers that wait, or say what was not done and how it can be."""
    command, text = _typed(about)
    if command in COMMANDS and not about.get("answers"):
        kept = Draft(at=desk.now(), text=text, pairs={"command": command}, entered=True)
        desk.drafts.keep(_key(owed.user, owed.request), kept)
    reply = Reply.at(desk.client, {**about, "user": owed.user})
    given = partial(desk.tracker.ledger.answers.settle, owed.request, desk.now())
    told = _left_over(desk, owed, about)
    for message in told[:-1]:
        reply(message)
    if told:
        reply(told[-1], then=given)
    else:
        given()


def _typed(about: Mapping[str, Any]) -> tuple[str, str]:
    """A command and what followed it; a search of the home page is one that can be typed."""
    if about.get("searched"):
        return "/bug", f"search {about['searched']}"
    return str(about.get("command", "")), str(about.get("text", ""))


def _left_over(desk: Desk, owed: OwedAnswer, about: Mapping[str, Any]) -> tuple[Message, ...]:
    """What somebody is told whose receipt another process has left."""
    if about.get("answers"):
        return tuple(Message(**each) for each in about["answers"])
    if "at" not in about:  # no receipt, but what is owed for an action that nothing was kept of
        return ()
    if about.get("searched"):
        return (interrupted_search(owed.request, about["searched"]),)
    typed = _to_resume(desk, owed, about)
    return (interrupted_command(*typed) if typed is not None else interrupted_press(about),)


def _to_resume(desk: Desk, owed: OwedAnswer, about: Mapping[str, Any]) -> tuple[str, str] | None:
    """The receipt of the command that was to be done, and how it was typed."""
    if about.get("command") in COMMANDS:
        return owed.request, f"{about['command']} {about['text']}"
    if about.get("action_id") != RESUME:
        return None
    kept = desk.drafts.get(_key(owed.user, about["value"]))
    return (about["value"], f"{kept.pairs['command']} {kept.text}") if kept is not None else None


def _on_resume(desk: Desk, args: Args) -> None:
    """Do what was typed, under the request that it had: pressed twice, it is done once."""
    args.ack()
    receipt = str(args.payload["value"])
    asked = by_interaction(args.body, args.client, command_request(receipt))
    key = _key(asked.user, receipt)
    kept = desk.drafts.get(key)
    if kept is None:
        told = "This was taken up before, or has waited for more than a week: nothing was done now."
        asked.reply(sentence(told))
        return
    obey(desk, asked, kept.pairs["command"], kept.text)
    desk.drafts.drop(key)


def _key(user: str, receipt: str) -> str:
    return draft_key(user, "interrupted", receipt)
