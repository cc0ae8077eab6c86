"""The inputs that forms are described with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.blocks.elements import Block, plain
from bot.forms.choices import Choice, Offer, Ticks
from bot.forms.kinds import LONGEST, Day, Kind, Moment, Text, User
from bot.forms.rows import read_lines, write_lines
from bot.forms.scene import Scene

_LINE: Final = 300
_HINT: Final = 2000
LINES_HINT: Final = "One a line"

Condition = Callable[[Scene], bool]


def always(scene: Scene) -> bool:
    """In every case."""
    del scene
    return True


def never(scene: Scene) -> bool:
    """In no case."""
    del scene
    return False


@dataclass(frozen=True, kw_only=True)
class Input:
    """One input: `name` is its place in the action, with dots for parts, and its block id."""

    name: str
    label: str
    kind: Kind
    hint: str = ""
    required: Condition = never
    shown: Condition = always
    grows: bool = False
    """Whether entries are added to those of the record, which are then shown above the input."""
    counts: bool = True
    """Whether it says something alone: a default within a group does not."""
    default: str | None = None
    live: bool = False
    """Whether a change of it changes the form, where the caller follows changes."""
    worded: Callable[[Scene], str] | None = None
    """The label in the team's own words, where the policy has them."""

    @property
    def is_steady(self) -> bool:
        """Whether it is shown whatever the record and the policy hold."""
        return self.shown is always and not isinstance(self.kind, Ticks)

    def block(self, scene: Scene, initial: object | None, *, live: bool = False) -> Block | None:
        """What Slack shows; a text that no form can hold is left to the record."""
        too_long = overlong(self, initial)
        start = None if too_long else initial
        element = self.kind.element(self.default if start is None else start, scene)
        if element is None or not self.shown(scene):
            return None
        block: Block = {
            "type": "input",
            "block_id": self.name,
            "label": plain(self.worded(scene) if self.worded else self.label),
            "element": element,
            "optional": too_long or not self.required(scene),
        }
        hint = _TOO_LONG if too_long else self.hint
        if hint:
            block["hint"] = plain(hint, _HINT)
        return {**block, "dispatch_action": True} if live and self.live else block


_TOO_LONG: Final = "What is recorded is too long for a form. Leave this empty to keep it."


def overlong(field: Input, initial: object | None) -> bool:
    """Whether a recorded text is longer than Slack's text box holds."""
    kind = field.kind
    return isinstance(kind, Text) and len(kind.shown(initial)) > kind.most


def line(name: str, label: str, hint: str = "", *, example: str = "", **more: Any) -> Input:  # noqa: ANN401 - the other fields of Input
    """One line of text."""
    return Input(name=name, label=label, kind=Text(placeholder=example), hint=hint, **more)


def prose(name: str, label: str, hint: str = "", **more: Any) -> Input:  # noqa: ANN401 - the other fields of Input
    """Text of several lines, Markdown where people read it."""
    return Input(name=name, label=label, kind=Text(most=LONGEST, multiline=True), hint=hint, **more)


def lines(name: str, label: str, hint: str = LINES_HINT, **more: Any) -> Input:  # noqa: ANN401 - the other fields of Input
    """A list, one item a line."""
    return rows(name, label, hint, read=read_lines, write=write_lines, **more)


def rows(
    name: str,
    label: str,
    hint: str,
    *,
    read: Callable[[str], object],
    write: Callable[[Any], str] = str,
    **more: Any,  # noqa: ANN401 - the other fields of Input
) -> Input:
    """Several things in one text box, in a syntax that the hint explains."""
    kind = Text(most=LONGEST, multiline=True, parse=read, write=write)
    return Input(name=name, label=label, kind=kind, hint=hint, **more)


def choice(
    name: str,
    label: str,
    offers: Callable[[Scene], tuple[Offer, ...]],
    hint: str = "",
    *,
    radio: bool = False,
    **more: Any,  # noqa: ANN401 - the other fields of Input
) -> Input:
    """One of several."""
    return Input(name=name, label=label, kind=Choice(offers=offers, radio=radio), hint=hint, **more)


def yes_no(name: str, label: str, hint: str = "", **more: Any) -> Input:  # noqa: ANN401 - the other fields of Input
    """Yes or no."""
    return choice(name, label, _yes_no, hint, radio=True, **more)


def person(name: str, label: str, hint: str = "", **more: Any) -> Input:  # noqa: ANN401 - the other fields of Input
    """A person of the workspace."""
    return Input(name=name, label=label, kind=User(), hint=hint, **more)


def moment(name: str, label: str, hint: str = "", **more: Any) -> Input:  # noqa: ANN401 - the other fields of Input
    """A date with a time."""
    return Input(name=name, label=label, kind=Moment(), hint=hint, **more)


def day(name: str, label: str, hint: str = "", **more: Any) -> Input:  # noqa: ANN401 - the other fields of Input
    """A date."""
    return Input(name=name, label=label, kind=Day(), hint=hint, **more)


def offers_of(
    kinds: type[StrEnum], words: Mapping[str, str] | None = None
) -> Callable[[Scene], tuple[Offer, ...]]:
    """Every value of an enumeration, in its own words where they are given."""
    named = words or {}

    def offers(scene: Scene) -> tuple[Offer, ...]:
        del scene
        return tuple(
            Offer(
                text=named.get(item.value, item.value.replace("_", " ").capitalize()),
                value=item.value,
            )
            for item in kinds
        )

    return offers


def _yes_no(scene: Scene) -> tuple[Offer, ...]:
    del scene
    return Offer(text="Yes", value="yes"), Offer(text="No", value="no")
