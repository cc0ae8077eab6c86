"""Kinds of inputs: what Slack shows for each, and what its state means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any, Final, Protocol

from bot.blocks.elements import Block, plain
from bot.blocks.text import cut
from bot.forms.scene import Scene, UnreadableError
from tracker.model.person import Person

ACTION_ID: Final = "value"
LONGEST: Final = 3000
_PLACEHOLDER: Final = 150
_EPOCH_DIGITS: Final = range(10**9, 10**10)

State = Mapping[str, Any]


class Kind(Protocol):
    """One kind of input."""

    def element(self, initial: object | None, scene: Scene) -> Block | None:
        """What Slack shows; ``None`` when there is nothing to choose from."""

    def read(self, state: State, scene: Scene) -> object | None:
        """What was entered; ``None`` when nothing was."""

    def typed(self, text: str, scene: Scene) -> object | None:
        """What a typed value means."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text box; `parse` and `write` turn its text into values and back.

    A text over `most` characters is shown all the same, so that nobody loses it unseen; the action
    says what is too long.
    """

    most: int = 300
    least: int = 0
    multiline: bool = False
    placeholder: str = ""
    parse: Callable[[str], object] = str
    write: Callable[[Any], str] = str

    def element(self, initial: object | None, scene: Scene) -> Block:
        """A text input of one or several lines."""
        del scene
        shown = self.shown(initial)
        box: Block = {
            "type": "plain_text_input",
            "action_id": ACTION_ID,
            "multiline": self.multiline,
            "max_length": max(self.most, min(len(shown), LONGEST)),
        }
        if self.least:
            box["min_length"] = self.least
        if self.placeholder:
            box["placeholder"] = plain(self.placeholder, _PLACEHOLDER)
        return {**box, "initial_value": cut(shown, LONGEST)} if shown else box

    def shown(self, initial: object | None) -> str:
        """A value as the text in the box."""
        if initial is None:
            return ""
        text = initial if isinstance(initial, str) else self.write(initial)
        return text.strip() if self.multiline else " ".join(text.split())

    def read(self, state: State, scene: Scene) -> object | None:
        """The text, parsed."""
        return self.typed(str(state.get("value") or ""), scene)

    def typed(self, text: str, scene: Scene) -> object | None:
        """The text, parsed."""
        del scene
        return (self.parse(text.strip()) or None) if text.strip() else None


@dataclass(frozen=True, kw_only=True)
class User:
    """A person of the workspace."""

    def element(self, initial: object | None, scene: Scene) -> Block:
        """Slack's own menu of people."""
        box: Block = {"type": "users_select", "action_id": ACTION_ID}
        user_id = scene.user_ids.get(initial.email) if isinstance(initial, Person) else initial
        return {**box, "initial_user": user_id} if user_id else box

    def read(self, state: State, scene: Scene) -> object | None:
        """The chosen person."""
        chosen = state.get("selected_user")
        if not chosen:
            return None
        if chosen not in scene.people:
            sentence = "Slack does not tell this person’s e-mail address: choose somebody else."
            raise UnreadableError(sentence)
        return scene.people[chosen]

    def typed(self, text: str, scene: Scene) -> object | None:
        """A person as `<@U123>`, or as the id alone where nobody knows who that is."""
        user_id = text.strip().removeprefix("<@").removesuffix(">").partition("|")[0]
        if text.strip().startswith("<@"):
            return scene.people.get(user_id, user_id)
        try:
            return Person.model_validate(text.strip())
        except ValueError as error:
            near = get_close_matches(text.strip().removeprefix("@").lower(), scene.names, n=1)
            meant = f" Did you mean @{near[0]}?" if near else ""
            sentence = f"“{cut(text, 60)}” is nobody’s name here.{meant} Choose a person."
            raise UnreadableError(sentence) from error


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A date with a time."""

    ahead: bool = False
    """Whether a span from now on is typed as well: `2h`."""

    def element(self, initial: object | None, scene: Scene) -> Block:
        """Slack's picker, in the reader's own time zone."""
        del scene
        box: Block = {"type": "datetimepicker", "action_id": ACTION_ID}
        epoch = int(initial.timestamp()) if isinstance(initial, datetime) else 0
        return {**box, "initial_date_time": epoch} if epoch in _EPOCH_DIGITS else box

    def read(self, state: State, scene: Scene) -> object | None:
        """The moment in UTC."""
        del scene
        chosen = state.get("selected_date_time")
        return datetime.fromtimestamp(int(chosen), tz=UTC) if chosen else None

    def typed(self, text: str, scene: Scene) -> object | None:
        """RFC 3339; a time without an offset is UTC."""
        del scene
        try:
            moment = datetime.fromisoformat(text.strip())
        except ValueError as error:
            span = "30m, 2h or 1d from now on, or as " if self.ahead else ""
            sentence = f"“{cut(text, 60)}” is no time: write it as {span}2026-12-31T12:15Z."
            raise UnreadableError(sentence) from error
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A date."""

    def element(self, initial: object | None, scene: Scene) -> Block:
        """Slack's picker."""
        del scene
        box: Block = {"type": "datepicker", "action_id": ACTION_ID}
        return {**box, "initial_date": initial.isoformat()} if isinstance(initial, date) else box

    def read(self, state: State, scene: Scene) -> object | None:
        """The date as Slack writes it, which is ISO 8601."""
        del scene
        return state.get("selected_date") or None

    def typed(self, text: str, scene: Scene) -> object | None:
        """ISO 8601."""
        del scene
        try:
            return date.fromisoformat(text.strip())
        except ValueError as error:
            sentence = f"“{cut(text, 60)}” is no date: write it as 2026-12-31."
            raise UnreadableError(sentence) from error
