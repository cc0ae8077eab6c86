"""Fill in a form question by question: what is needed first, then what a person chooses to add."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from bot.console.plain import plain_lines
from bot.console.questions import BACK, Block, GoBack, State, Terminal, ask, shown_start, started
from bot.forms.form import initial_entries
from bot.forms.kinds import ACTION_ID
from bot.forms.sentences import MISSING
from tracker.model.person import Person

View = Mapping[str, Any]
Values = dict[str, dict[str, State]]
_WRONG: Final = "⚠️"  # what a form shows above a wrong entry, which is told when it is asked again


@dataclass(kw_only=True)
class Filling:
    """One form in a terminal; `show` makes it anew from what was entered, as Slack's live forms."""

    terminal: Terminal
    show: Callable[[Values], View]
    check: Callable[[Values], Mapping[str, str]]
    """What is wrong with entries, by input."""
    keep: Callable[[Values], None]
    """Called after every answer, and with what there is of one that is broken off."""
    people: dict[str, Person]
    me: Person
    values: Values = field(default_factory=dict)
    began: frozenset[str] = frozenset()
    """The inputs that began with something."""

    def fill(self) -> Values:
        """Ask what is needed, then offer the rest; return all of it as Slack would send it."""
        view = self.show(self.values)
        self.began = frozenset(initial_entries(view))
        self.terminal.say(f"{view['title']['text']}\n{'=' * len(view['title']['text'])}")
        self._introduce(view)
        asked: list[str] = []
        while needed := [block for block in self._inputs() if _is_needed(block, asked)]:
            if len(asked) == 1:
                self.terminal.say(f"\n({BACK} goes back to the question before)")
            try:
                self._ask(needed[0])
            except GoBack:
                del asked[-1:]
            else:
                asked.append(needed[0]["block_id"])
        self._offer()
        return self.whole()

    def mend(self, errors: Mapping[str, str]) -> Values:
        """Ask anew what was refused, with the reason."""
        for block in list(self._inputs()):
            if block["block_id"] in errors:
                self.terminal.say(f"\n! {errors[block['block_id']]}")
                with suppress(GoBack):
                    self._ask(block)
        self._offer()
        return self.whole()

    def whole(self) -> Values:
        """Every input with what was entered, or with what it starts with."""
        inputs = {block["block_id"]: {ACTION_ID: started(block)} for block in self._inputs()}
        return {**inputs, **{name: self.values[name] for name in inputs if name in self.values}}

    def _ask(self, block: Block) -> None:
        """Ask until the answer is right, or is kept as it is: the whole form is judged later."""
        name, before = block["block_id"], None
        while True:
            self._ask_once(block)
            told = self.check(self.whole()).get(name, "")
            again = next((each for each in self._inputs() if each["block_id"] == name), None)
            if not told or MISSING in told or again is None or self.values[name] == before:
                return
            self.terminal.say(f"\n! {told}")
            block, before = again, self.values[name]

    def _ask_once(self, block: Block) -> None:
        before = list(plain_lines(self.show(self.values)["blocks"]))
        answered = partial(self._answer, block["block_id"])
        answered(ask(self.terminal, block, self.people, self.me, answered))
        after = plain_lines(self.show(self.values)["blocks"])
        for line in after:
            if line not in before and not line.startswith(_WRONG):
                self.terminal.say(f"  {line}")

    def _answer(self, name: str, state: State) -> None:
        self.values[name] = {ACTION_ID: state}
        self.keep(self.values)

    def _offer(self) -> None:
        while True:
            rest = list(self._inputs())
            self.terminal.say("\nYour answers, and more that can be said:")
            for number, block in enumerate(rest, start=1):
                self.terminal.say(f"  {number:2}  {block['label']['text']}{self._known(block)}")
            typed = self.terminal.read("A number to change or fill in, Enter to record: ").strip()
            if not typed:
                return
            if typed.isdecimal() and 1 <= int(typed) <= len(rest):
                with suppress(GoBack):
                    self._ask(rest[int(typed) - 1])
            else:
                self.terminal.say(f"Type a number from 1 to {len(rest)}, or Enter.")

    def _known(self, block: Block) -> str:
        entered = self.values.get(block["block_id"], {}).get(ACTION_ID, {})
        typed = next((value for value in entered.values() if value), None)
        if isinstance(typed, Mapping):
            typed = typed["text"]["text"]
        said = shown_start(block["element"]) if block["block_id"] not in self.values else typed
        return f": {' '.join(str(said).split())[:60]}" if said else ""

    def _inputs(self) -> Iterable[Block]:
        return (block for block in self.show(self.values)["blocks"] if block["type"] == "input")

    def _introduce(self, view: View) -> None:
        for line in plain_lines(view["blocks"]):
            self.terminal.say(line)


def _is_needed(block: Block, asked: list[str]) -> bool:
    return not block.get("optional") and block["block_id"] not in asked
