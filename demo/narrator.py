"""Tell the person at the terminal what happens, as it happens."""

import time
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.text import Text

LONGEST: Final = 110
READING_SHARE: Final = 0.4  # of the pace, while a form is open and nobody has filled it in yet


@dataclass(frozen=True, kw_only=True)
class Narrator:
    """Prints one line for what a person does and one for the answer; `pace` is seconds a step."""

    console: Console
    pace: float

    def act(self, who: str, what: str) -> None:
        """Say who does what."""
        line = Text()
        line.append(f"{who:<17}", style="bold cyan")
        line.append(_short(what))
        self.console.print(line, soft_wrap=True)

    def answer(self, said: str, seconds: float) -> None:
        """Say what the bot answered, and how long that took from the person's action."""
        line = Text(" " * 17)
        line.append(_short(said), style="green")
        line.append(f"  {seconds:.2f} s", style="dim")
        self.console.print(line, soft_wrap=True)

    def refusal(self, said: str) -> None:
        """Say what the bot refused, and why."""
        self.console.print(Text(" " * 17 + said, style="yellow"), soft_wrap=True)

    def tell(self, sentence: str) -> None:
        """Say something about the demonstration itself."""
        self.console.print(f"[dim]{escape(sentence)}[/dim]", soft_wrap=True)

    def waiting(self, sentence: str) -> Status:
        """Something that turns while the block runs."""
        return self.console.status(escape(sentence))

    def read(self) -> None:
        """Leave the open form on the screen for a moment."""
        time.sleep(self.pace * READING_SHARE)

    def rest(self) -> None:
        """Leave the result on the screen for a moment."""
        time.sleep(self.pace * (1 - READING_SHARE))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
