"""One question in a terminal for one input of a form; the answer as Slack would send it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from pydantic import ValidationError

from tracker.model.person import ONESELF, Person

Block = Mapping[str, Any]
State = dict[str, Any]
END: Final = "."
"""A line of its own that ends a text of several lines."""
BACK: Final = "<"
"""Goes back to the question before."""
EMPTY: Final = "-"
"""Takes away what an answer starts with."""

_NEEDED: Final = "This is needed; Ctrl-C leaves the form, and what you entered is kept."
_PICKED: Final = frozenset({"static_select", "radio_buttons"})
_TICKED: Final = frozenset({"checkboxes", "multi_static_select"})


class AnswerError(Exception):
    """An answer that cannot be understood; its text says what to type."""


class GoBack(Exception):  # noqa: N818 - nothing is wrong; a person wants to change an answer
    """Somebody leaves a question as it is, to change the answer before it."""


@dataclass(frozen=True, kw_only=True)
class Terminal:
    """How lines are shown and read; `read` raises EOFError at the end of the input."""

    say: Callable[[str], None]
    read: Callable[[str], str]


def ask(
    terminal: Terminal,
    block: Block,
    people: dict[str, Person],
    me: Person,
    unfinished: Callable[[State], None],
) -> State:
    """Ask until the answer can be understood; new people are added to `people` by their e-mail.

    Who answers is `me`. A text that is broken off goes to `unfinished`, over what was there.

    Raises GoBack.
    """
    element = block["element"]
    label = block["label"]["text"]
    terminal.say(f"\n{label}{'' if block.get('optional') else ' (needed)'}")
    if hint := (block.get("hint") or {}).get("text"):
        terminal.say(f"  {hint}")
    if example := (element.get("placeholder") or {}).get("text"):
        terminal.say(f"  ({example})")
    for number, option in enumerate(element.get("options", ()), start=1):
        terminal.say(f"  {number}  {_shown(option)}")
    start = shown_start(element)
    if start:
        terminal.say(f"  now: {start}   (Enter keeps it, {EMPTY} empties it)")
    while True:
        typed = _typed(terminal, element, me, unfinished)
        try:
            state = _state(element, typed, people)
        except AnswerError as error:
            terminal.say(f"  {error}")
            continue
        if block.get("optional") or any(state.values()):
            return state
        terminal.say(f"  {_NEEDED}")


def started(block: Block) -> State:
    """What an input holds when nobody changes it."""
    element = block["element"]
    return _state(element, "", {})


def shown_start(element: Block) -> str:
    """What an input starts with, as a person reads it."""
    chosen = [element["initial_option"]] if element.get("initial_option") else []
    chosen = [*chosen, *element.get("initial_options", ())]
    if chosen:
        return ", ".join(option["text"]["text"] for option in chosen)
    moment = element.get("initial_date_time")
    if moment:
        return f"{datetime.fromtimestamp(int(moment), UTC):%Y-%m-%d %H:%M} UTC"
    found = (element.get(key) for key in ("initial_value", "initial_user", "initial_date"))
    return next((str(value) for value in found if value), "")


def _typed(
    terminal: Terminal, element: Block, me: Person, unfinished: Callable[[State], None]
) -> str:
    if element["type"] != "plain_text_input" or not element.get("multiline"):
        typed = _unless_back(terminal.read("> ").strip())
        is_me = element["type"] == "users_select" and ONESELF.fullmatch(typed)
        return str(me) if is_me else typed
    lines: list[str] = []
    terminal.say(f"  (several lines; a line with {END} alone ends it)")
    try:
        return _text(terminal, lines)
    except (EOFError, KeyboardInterrupt, SystemExit):
        if lines:
            unfinished({"value": "\n".join((*lines, element.get("initial_value", ""))).rstrip()})
        raise


def _text(terminal: Terminal, lines: list[str]) -> str:
    """Read lines into `lines` until one ends them; ` .` is a line of the text itself."""
    while (line := terminal.read("| ")).rstrip() != END:
        if not lines and not _unless_back(line.strip()):
            return ""
        lines.append(line)
        if lines == [EMPTY]:
            return EMPTY
    return "\n".join(lines)


def _unless_back(typed: str) -> str:
    if typed == BACK:
        raise GoBack
    return typed


def _state(element: Block, typed: str, people: dict[str, Person]) -> State:
    """The answer to one input; nothing typed keeps what it starts with."""
    kind = element["type"]
    key, initial = _PLACES.get(kind, ("value", "initial_value"))
    if not typed:
        return {key: element.get(initial, [] if kind in _TICKED else None)}
    if typed == EMPTY:
        return {key: [] if kind in _TICKED else None}
    if kind in _TICKED:
        return {key: [_option(element, word) for word in typed.replace(",", " ").split()]}
    return {key: _OPTION.get(kind, _as_it_is)(element, typed, people)}


def _as_it_is(_: Block, typed: str, __: dict[str, Person]) -> object:
    return typed


_PLACES: Final = {
    **dict.fromkeys(_PICKED, ("selected_option", "initial_option")),
    **dict.fromkeys(_TICKED, ("selected_options", "initial_options")),
    "users_select": ("selected_user", "initial_user"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "datepicker": ("selected_date", "initial_date"),
}
"""Where Slack keeps an answer, and what an input starts with."""


def _option(element: Block, typed: str) -> Mapping[str, Any]:
    options: list[Mapping[str, Any]] = element.get("options", [])
    if typed.isdecimal() and 1 <= int(typed) <= len(options):
        return options[int(typed) - 1]
    wanted = typed.casefold()
    found = [each for each in options if each["text"]["text"].casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    message = f"“{typed}” is none of these: type a number from 1 to {len(options)}."
    raise AnswerError(message)


def _person(typed: str, people: dict[str, Person]) -> str:
    """The e-mail address of somebody by name, address or both."""
    named = [each for each in people.values() if typed.casefold() in str(each).casefold()]
    if len(named) == 1:
        return named[0].email
    try:
        person = Person.model_validate(typed)
    except ValidationError as error:
        several = ", ".join(each.name for each in named)
        hint = f"that may be {several}; " if named else ""
        message = f"{hint}write a person as `Name <name@example.com>`."
        raise AnswerError(message) from error
    people[person.email] = person
    return person.email


def _moment(typed: str) -> int:
    try:
        moment = datetime.fromisoformat(typed.removesuffix(" UTC"))
    except ValueError as error:
        message = f"“{typed}” is no time: write it as 2026-12-31 12:15, in UTC."
        raise AnswerError(message) from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as error:
        message = f"“{typed}” is no date: write it as 2026-12-31."
        raise AnswerError(message) from error


def _shown(option: Mapping[str, Any]) -> str:
    description = (option.get("description") or {}).get("text")
    text = str(option["text"]["text"])
    return f"{text}  ({description})" if description else text


_OPTION: Final[Mapping[str, Callable[[Block, str, dict[str, Person]], object]]] = {
    **dict.fromkeys(_PICKED, lambda element, typed, _: _option(element, typed)),
    "users_select": lambda _, typed, people: _person(typed, people),
    "datetimepicker": lambda _, typed, __: _moment(typed),
    "datepicker": lambda _, typed, __: _day(typed),
}
