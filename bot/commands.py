"""Lead `/bug`, `/hotfix` and `@bugbook` to the conversation that they begin."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from slack_bolt import App, Args

from bot.asked import Asked, by_command, by_mention, message_name
from bot.boundary import bounded
from bot.command_line import (
    DOWN,
    CommandLine,
    Misread,
    parse_bug,
    parse_hotfix,
    parse_mention,
)
from bot.conversations import (
    act_on_bug,
    ask_for_help,
    follow_hotfix,
    look_at_bugs,
    report_bug,
    study_bug,
)
from bot.desk import Desk
from bot.event_listener import listen
from bot.quoting import bug_above
from bot.reply import REQUEST
from bot.sentence import sentence
from bot.slack_text import plain_text
from bot.typed_id import Styles

Conversation = Callable[[Desk, Asked, CommandLine], None]
Parser = Callable[[str, Styles], CommandLine | Misread]

COMMANDS: Final[Mapping[str, Parser]] = MappingProxyType(
    {"/bug": parse_bug, "/hotfix": parse_hotfix}
)
"""How what follows each command is read."""

_MENTION: Final = re.compile(r"<@[UW][A-Z0-9]+>\s*")
_ONLY_COMMANDS: Final = (
    "Behind its name Bugbook understands commands only, such as `@bugbook note Rolled back`:"
    " `@bugbook help` lists them."
)
_BEGINNINGS: Final[Mapping[str, Conversation]] = MappingProxyType(
    {
        "report": report_bug.by_command,
        DOWN: report_bug.of_outage,
        "show": look_at_bugs.show,
        "list": look_at_bugs.list_bugs,
        "search": look_at_bugs.search,
        "plan": study_bug.plan,
        "metrics": study_bug.tell_metrics,
        **dict.fromkeys(study_bug.WORDS, study_bug.by_command),
        "status": follow_hotfix.status,
        "help": ask_for_help.help_with,
    }
)


def register(app: App, desk: Desk) -> None:
    """Listen to the commands and to mentions."""
    for command in COMMANDS:
        app.command(command)(bounded(partial(_on_command, desk)))
    listen(app, desk, "app_mention", partial(_on_mention, desk), key_of=_key_of_mention)


def obey(desk: Desk, asked: Asked, command: str, text: str) -> None:
    """Begin what was typed after a command, as Slack sends it."""
    said = plain_text(text, desk.people.id_of_name)
    _begin(desk, asked, COMMANDS[command](said, desk.tracker.policy().ids), command)


def _on_command(desk: Desk, args: Args) -> None:
    args.ack()
    asked = by_command(args.body, args.client)
    obey(desk, asked, args.body["command"], args.body.get("text", ""))


def _on_mention(desk: Desk, args: Args) -> None:
    """A verb in the thread of a bug is about this bug; Slack has no commands in threads."""
    event = args.body["event"]
    asked = by_mention(event, args.client)
    before, _, behind = _parted(event.get("text", ""))
    text = plain_text(behind, desk.people.id_of_name)
    line = parse_mention(text, desk.tracker.policy().ids)
    if before and isinstance(line, Misread) and line.nearest is None:
        asked.reply(sentence(_ONLY_COMMANDS))
        return
    thread = event.get("thread_ts")
    meant = line.meant if isinstance(line, Misread) else line
    if meant is not None and meant.bug is None and thread:
        known = desk.tracker.ledger.bug_of_message(event["channel"], thread)
        meant = replace(meant, bug=known or bug_above(desk, event["channel"], thread))
    line = replace(line, meant=meant) if isinstance(line, Misread) else meant or line
    _begin(desk, asked, line, "/bug")


def _parted(said: str) -> tuple[str, str, str]:
    """What stands before a mention, the mention, and what it is told."""
    found = _MENTION.search(said)
    if found is None:
        return "", "", said
    return said[: found.start()].strip(), found[0], said[found.end() :]


def _key_of_mention(body: Mapping[str, Any]) -> str:
    """The message, which Slack tells of as a mention once."""
    return f"{REQUEST}{message_name(body['event'])}"


def _begin(desk: Desk, asked: Asked, line: CommandLine | Misread, command: str) -> None:
    desk.tracker.catch_up()
    if isinstance(line, Misread):
        ask_for_help.suggest(desk, asked, line, command)
        return
    _BEGINNINGS.get(line.word, act_on_bug.by_command)(desk, asked, line)
