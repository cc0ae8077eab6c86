"""Carry out line after line until a person has had enough; nothing that goes wrong ends it."""

from contextlib import suppress
from traceback import format_exception
from typing import Final

import click

from bot.console.desk import ConsoleDesk
from bot.console.questions import Terminal
from tracker.model.problem import ProblemsFound
from tracker.model.trouble import TroubleError

_WELCOME: Final = (
    "Type what you would type after /bug: `report`, `42 note Rolled back`, `triage 42`, `list`,"
    " `help`. `quit` or Ctrl-D ends."
)
_PROMPT: Final = "\nbugbook> "
_HINT: Final = "`quit` or Ctrl-D ends the console, and so does another Ctrl-C."
_FAULT: Final = (
    "This is a fault of Bugbook: please report it with the lines above. You can go on with other"
    " commands; `history` and the bug's number show whether anything was recorded."
)


def talk(desk: ConsoleDesk) -> bool:
    """Take line after line; Ctrl-C leaves a form, and twice in a row at the prompt the console."""
    terminal = desk.terminal
    with suppress(EOFError):
        terminal.say(f"You are {desk.actor}, on {desk.tracker.remote.spoken}. {_WELCOME}")
        while (text := _next_line(terminal)) not in {"exit", "quit"}:
            _carry_out(desk, text)
    return True


def _next_line(terminal: Terminal) -> str:
    """Raises Abort after a second Ctrl-C: by habit people press one more than leaves a form."""
    try:
        return terminal.read(_PROMPT).strip()
    except KeyboardInterrupt:
        terminal.say(f"\n{_HINT}")
    try:
        return terminal.read(_PROMPT).strip()
    except KeyboardInterrupt as again:
        raise click.Abort from again


def _carry_out(desk: ConsoleDesk, text: str) -> None:
    try:
        if text:
            desk.do(text)
    except (EOFError, KeyboardInterrupt):
        desk.terminal.say("Left; nothing was changed.")
    except (TroubleError, ProblemsFound) as trouble:
        desk.terminal.say(str(trouble))
    except Exception as error:  # noqa: BLE001 - in an outage the next command may well work
        desk.terminal.say("".join(format_exception(error)))
        desk.terminal.say(_FAULT)
