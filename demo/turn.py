"""One thing that a person does in Slack, up to the bot's last word on it."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from bot.blocks.words import command, verb_words
from demo.answers import answers
from demo.form import Form
from demo.handwriting import typed
from demo.message import Message, is_private, pressable, visible_text
from demo.participant import Participant
from tracker.model.trouble import TroubleError

CHANNEL: Final = "#incidents"
DONE, REFUSED = "✅", "✋"
LONGEST: Final = 3000  # characters of a text box
MAIN: Final[Mapping[str, str]] = {
    "close": "note",
    "hotfix-review": "comment",
    "note": "text",
    "verify": "note",
}
"""Commands that are short enough to be typed, and the field that their words go to."""
PAIRS: Final = frozenset({"approve", "approve-document", "communicate", "link", "publish"})
"""Commands that are typed as `key=value`."""


class TurnFailedError(TroubleError):
    """The bot did not do what it should; the text says what it did instead."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """The bot's answer, the seconds to its acknowledgement, and those to the answer."""

    said: str
    before: frozenset[str]
    """The time stamps of the messages that were there before, their addresses in the channel."""
    acknowledged: float
    seconds: float

    @property
    def refused(self) -> bool:
        """Whether nothing was changed."""
        return self.said.startswith(REFUSED)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A person, what they do, and to which bug (its number is empty for a report)."""

    person: Participant
    verb: str
    bug: str
    fields: Mapping[str, Any]
    read: Callable[[], None]
    """Called while the form is open."""
    tell: Callable[[str], None]
    """Called with what the person does."""

    def play(self) -> Result:
        """Do it; raises TurnFailedError, NotAcknowledgedError or TimeoutError."""
        seen = self.person.messages(CHANNEL)
        before = _answers(seen)
        line = self._typed_line()
        if line is not None:
            self.tell(f"types {line}")
            start = time.monotonic()
            acknowledged = self.person.slash_command(CHANNEL, line)
        else:
            acknowledged = self._open_form()
            self.read()
            start = self._submit()
        said = self._await_answer(before)
        return Result(
            said=said,
            before=frozenset(message["ts"] for message in seen),
            acknowledged=acknowledged,
            seconds=time.monotonic() - start,
        )

    def _typed_line(self) -> str | None:
        """The whole command, where people would type it."""
        start = command(self.verb, self.bug)
        if self.verb in MAIN:
            return f"{start} {self.fields.get(MAIN[self.verb], '')}".rstrip()
        if self.verb in PAIRS:
            return " ".join((start, *(f"{key}={text}" for key, text in self.fields.items())))
        return None

    def _open_form(self) -> float:
        """Press the button of the bug's message, or type the command where there is none."""
        button = verb_words(self.verb)
        long = self._too_long_for_a_box()
        if long:
            pairs = " ".join(f"{name}=“{text}”" for name, text in long.items())
            self.tell(f"types {command(self.verb, self.bug)} with {', '.join(long)}")
            line = f"{command(self.verb, self.bug)} {_as_slack_sends(pairs)}"
            return self.person.slash_command(CHANNEL, line)
        root = self._root(button)
        if root is not None:
            with suppress(TimeoutError):  # edited since, for the action before this one
                acknowledged = self.person.press(CHANNEL, button, ts=root["ts"])
                self.tell(f"presses “{button}”")
                return acknowledged
        line = command(self.verb, self.bug) if self.bug else f"/bug {self.fields['title']}"
        self.tell(f"types {line}")
        return self.person.slash_command(CHANNEL, line)

    def _too_long_for_a_box(self) -> Mapping[str, str]:
        """Texts that are typed behind the command; the form then has several boxes for each."""
        written = {
            name: typed(name, value)
            for name, value in self.fields.items()
            if isinstance(value, str | list | tuple) and name != "tests"
        }
        return {name: text for name, text in written.items() if len(text) > LONGEST}

    def _root(self, button: str) -> Message | None:
        """The bug's one message in the channel, when it has this button."""
        for message in self.person.messages(CHANNEL) if self.bug else ():
            if (
                not is_private(message)
                and self.bug in visible_text(message)
                and pressable(message, button)
            ):
                return message
        return None

    def _submit(self) -> float:
        """Fill in the form and submit it; when that was, by the clock that only goes forward."""
        typed_before = self._too_long_for_a_box()
        left = {name: value for name, value in self.fields.items() if name not in typed_before}
        while (form := self._form()).is_step:
            names = {block["block_id"] for block in form.inputs}
            self._fill_in(form, {name: left.pop(name) for name in set(left) & names})
        return self._fill_in(form, left)

    def _fill_in(self, form: Form, fields: Mapping[str, Any]) -> float:
        given = answers(form, fields)
        self.tell(f"fills in “{form.title}”: {', '.join(given)}")
        start = time.monotonic()
        submission = self.person.submit(given)
        if submission.errors:
            told = " ".join(f"{label}: {error}" for label, error in submission.errors.items())
            message = f"The form {form.title!r} was refused. {told}"
            raise TurnFailedError(message)
        return start

    def _form(self) -> Form:
        try:
            return self.person.form()
        except TimeoutError as error:
            message = f"No form opened for `{self.verb}`. {self._last_words()}"
            raise TurnFailedError(message) from error

    def _await_answer(self, before: Mapping[str, str]) -> str:
        def look(seen: Sequence[Message]) -> str | None:
            new = [text for ts, text in _answers(seen).items() if before.get(ts) != text]
            return new[-1] if new else None

        try:
            return self.person.await_that(CHANNEL, look, f"answer to `{self.verb}`")
        except TimeoutError as error:
            message = f"{error} {self._last_words()}"
            raise TurnFailedError(message) from error

    def _last_words(self) -> str:
        seen = self.person.messages(CHANNEL)
        return f"The last message was: {visible_text(seen[-1])}" if seen else "Nobody said a word."


def _answers(seen: Sequence[Message]) -> Mapping[str, str]:
    """The bot's answers among messages, by their time stamps."""
    return {
        message["ts"]: text
        for message in seen
        if (text := visible_text(message)).startswith((DONE, REFUSED))
    }


def _as_slack_sends(text: str) -> str:
    """Slack escapes what it reads as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
