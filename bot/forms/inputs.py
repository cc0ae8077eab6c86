"""The inputs that forms are described with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.blocks.elements import Block, plain
from bot.forms.choices import Choice, Offer, Ticks
from bot.forms.kinds import LONGEST, Day, Kind, Moment, Text, User
from bot.forms.long_text import MOST_PARTS, divided, number_of, with_room
from bot.forms.rows import read_lines, write_lines
from bot.forms.scene import Scene
from tracker.model.bug_id import record_path

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

    @property
    def is_rows(self) -> bool:
        """Whether it holds several things, one a line."""
        return isinstance(self.kind, Text) and self.kind.parse is not str

    def blocks(self, scene: Scene, initial: object | None, *, live: bool = False) -> list[Block]:
        """What Slack shows: one box, or several for a text that is too long for one.

        A text that no form can hold is left to the record.
        """
        if not self.shown(scene):
            return []
        if overlong(self, initial):
            return self._box(scene, None, hint=_too_long(scene), optional=True)
        start = self.default if initial is None else initial
        if not isinstance(self.kind, Text):
            return self._box(scene, start, live=live)
        boxes: list[Block] = []
        for ending, part in with_room(self.kind.shown(start), LONGEST, lines=self.is_rows):
            optional = bool(ending) or not self.required(scene)
            boxes += self._box(scene, part or None, ending=ending, optional=optional)
        return boxes

    def _box(
        self,
        scene: Scene,
        initial: object | None,
        *,
        ending: str = "",
        hint: str = "",
        optional: bool | None = None,
        live: bool = False,
    ) -> list[Block]:
        element = self.kind.element(initial, scene)
        if element is None:
            return []
        label = self.worded(scene) if self.worded else self.label
        block: Block = {
            "type": "input",
            "block_id": f"{self.name}{ending}",
            "label": plain(f"{label}, part {number_of(ending)}" if ending else label),
            "element": element,
            "optional": not self.required(scene) if optional is None else optional,
        }
        said = hint or ("" if ending else self.hint)
        if said:
            block["hint"] = plain(said, _HINT)
        # Slack tells of each choice with all that is entered so far, which is kept as a draft.
        return [{**block, "dispatch_action": True} if live else block]


def _too_long(scene: Scene) -> str:
    place = f" ({record_path(scene.record.id)})" if scene.record else ""
    return (
        "What is recorded is too long for a form. Leave this empty to keep it, or edit the record"
        f"{place} in a pull request."
    )


def overlong(field: Input, initial: object | None) -> bool:
    """Whether a recorded text is longer than all text boxes of an input hold."""
    kind = field.kind
    return isinstance(kind, Text) and len(divided(kind.shown(initial), LONGEST)) > MOST_PARTS


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
    example: str = "",
    **more: Any,  # noqa: ANN401 - the other fields of Input
) -> Input:
    """Several things in one text box, in a syntax that the hint explains and an example shows."""
    kind = Text(most=LONGEST, multiline=True, placeholder=example, parse=read, write=write)
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


def moment(
    name: str,
    label: str,
    hint: str = "",
    *,
    ahead: bool = False,
    **more: Any,  # noqa: ANN401 - the other fields of Input
) -> Input:
    """A date with a time."""
    return Input(name=name, label=label, kind=Moment(ahead=ahead), hint=hint, **more)


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
