"""Inputs that offer something to choose: one of several, or boxes to tick."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.blocks.elements import Block, option
from bot.blocks.text import cut
from bot.forms.kinds import ACTION_ID, LONGEST, State, Text
from bot.forms.scene import Scene, UnreadableError
from tracker.model.checklist import ChecklistItem
from tracker.model.timeline import item_key

_OPTION_VALUE: Final = 75
_MOST_OPTIONS: Final = 100
_MOST_BOXES: Final = 10
_WORDS: Final = {"true": "yes", "y": "yes", "false": "no", "n": "no"}
Checks = tuple[ChecklistItem, ...]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One choice: the words that are shown and the value that they stand for."""

    text: str
    value: str
    description: str = ""

    @property
    def key(self) -> str:
        """The value, or what stands for it where it is too long for Slack."""
        return self.value if len(self.value) <= _OPTION_VALUE else item_key(self.value)

    def option(self) -> Block:
        """The choice as Slack spells it."""
        return option(self.text, self.key, self.description)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several offers; a text box where there are none, or more than Slack shows."""

    offers: Callable[[Scene], tuple[Offer, ...]]
    radio: bool = False

    def element(self, initial: object | None, scene: Scene) -> Block:
        """A menu, or radio buttons."""
        offers = self._offers(scene)
        if not 1 <= len(offers) <= _MOST_OPTIONS:
            return Text().element(initial, scene)
        box: Block = {
            "type": "radio_buttons"
            if self.radio and len(offers) <= _MOST_BOXES
            else "static_select",
            "action_id": ACTION_ID,
            "options": [offer.option() for offer in offers],
        }
        chosen = next((offer for offer in offers if offer.value == _value(initial)), None)
        return {**box, "initial_option": chosen.option()} if chosen else box

    def read(self, state: State, scene: Scene) -> object | None:
        """The value of the chosen offer."""
        chosen = state.get("selected_option")
        if not chosen:
            return str(state.get("value") or "").strip() or None
        found = [offer for offer in self._offers(scene) if offer.key == chosen.get("value")]
        if not found:
            sentence = "This choice is no longer offered: choose again."
            raise UnreadableError(sentence)
        return found[0].value

    def typed(self, text: str, scene: Scene) -> object | None:
        """The offer that is called so."""
        wanted = _plainly(_WORDS.get(text.strip().lower(), text))
        offers = self._offers(scene)
        for offer in offers:
            if wanted in (_plainly(offer.value), _plainly(offer.key), _plainly(offer.text)):
                return offer.value
        sentence = f"“{cut(text, 60)}” is none of {', '.join(offer.text for offer in offers)}."
        raise UnreadableError(cut(sentence, LONGEST))

    def _offers(self, scene: Scene) -> tuple[Offer, ...]:
        return tuple({offer.key: offer for offer in self.offers(scene)}.values())


@dataclass(frozen=True, kw_only=True)
class Ticks:
    """Boxes for checks that are known; what was ticked before stays as it is recorded."""

    recorded: Callable[[Scene], Checks]
    """The checks that the record has."""
    usual: Callable[[Scene], Checks]
    """The checks that the policy asks for."""

    def element(self, initial: object | None, scene: Scene) -> Block | None:
        """Check boxes, or a menu of many where there are more than ten."""
        said = {row["text"]: row["done"] for row in initial} if isinstance(initial, list) else {}
        offers = [(_offer(item), said.get(item.text, item.done)) for item in self._items(scene)]
        if not offers:
            return None
        many = len(offers) > _MOST_BOXES
        box: Block = {
            "type": "multi_static_select" if many else "checkboxes",
            "action_id": ACTION_ID,
            "options": [offer.option() for offer, _ in offers],
        }
        ticked = [offer.option() for offer, done in offers if done]
        return {**box, "initial_options": ticked} if ticked else box

    def read(self, state: State, scene: Scene) -> object | None:
        """Checks that were ticked or unticked now; those left open need no record of it."""
        return self._ticked(
            {chosen["value"] for chosen in state.get("selected_options") or ()}, scene
        )

    def _ticked(self, ticked: set[str], scene: Scene) -> object | None:
        return [
            {"text": item.text, "done": _offer(item).key in ticked}
            for item in self._items(scene)
            if item.done != (_offer(item).key in ticked)
        ] or None

    def typed(self, text: str, scene: Scene) -> object | None:
        """The checks whose keys stand there, one a line, as a draft keeps them."""
        ticked = {line.strip() for line in text.splitlines() if line.strip()}
        if ticked <= {_offer(item).key for item in self._items(scene)}:
            return self._ticked(ticked, scene)
        sentence = "Tick the checks in the form."
        raise UnreadableError(sentence)

    def _items(self, scene: Scene) -> Checks:
        unique: dict[str, ChecklistItem] = {}
        for item in (*self.recorded(scene), *self.usual(scene)):
            unique.setdefault(_offer(item).key, item)
        return tuple(unique.values())[:_MOST_OPTIONS]


def _offer(item: ChecklistItem) -> Offer:
    return Offer(text=item.text, value=item.text)


def _value(initial: object | None) -> str | None:
    if isinstance(initial, bool):
        return "yes" if initial else "no"
    if isinstance(initial, Enum):
        return str(initial.value)
    return initial if isinstance(initial, str) else None


def _plainly(text: str) -> str:
    return text.strip().lower().replace("-", "_").replace(" ", "_")
