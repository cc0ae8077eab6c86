"""One form: its inputs in order, where they start from, and how it looks in Slack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.blocks.elements import Block, context, plain
from bot.blocks.text import cut, one_line
from bot.blocks.words import severity_words
from bot.forms.inputs import Input, moment, overlong
from bot.forms.kinds import Text
from bot.forms.scene import Scene, UnreadableError
from tracker.model.part import Part
from tracker.model.person import Person
from tracker.model.record import BugRecord

TITLE: Final = 24
_ALREADY: Final = 900

Data = dict[str, Any]


class FieldProblemsError(Exception):
    """Entries that do not fit together, as sentences by input."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def nothing_recorded(record: BugRecord) -> Mapping[str, object]:
    """Start with an empty form."""
    del record
    return {}


def no_introduction(scene: Scene) -> list[Block]:
    """Nothing above the inputs."""
    del scene
    return []


def as_entered(data: Data, scene: Scene) -> Data:
    """The action's fields are the inputs."""
    del scene
    return data


@dataclass(frozen=True, kw_only=True)
class Form:
    """What one command asks for."""

    verb: str
    title: str
    submit: str
    inputs: tuple[Input, ...]
    start: Callable[[BugRecord], Mapping[str, object]] = nothing_recorded
    """What the record knows already, by input."""
    introduction: Callable[[Scene], list[Block]] = no_introduction
    finish: Callable[[Data, Scene], Data] = as_entered
    """Makes the action's fields of what was entered; may raise `FieldProblemsError`."""
    main: str = ""
    """The input that text after the command goes to."""
    words_suffice: bool = False
    """Whether that text alone makes the action, without showing the form."""
    bare: bool = False
    """Whether the command alone makes the action."""
    aliases: Mapping[str, str] | None = None
    """Inputs for the names that conditions use."""
    groups: tuple[str, ...] = ()
    """Parts that are there even when nothing is entered in them."""
    at: str = "When it happened"

    @property
    def all_inputs(self) -> tuple[Input, ...]:
        """The inputs, with the time at the end."""
        at = moment("at", self.at, "Only when that was earlier than now")
        return (*self.inputs, at)

    def initial(self, field: Input, scene: Scene) -> object | None:
        """What an input starts with: what was typed, or what the record knows."""
        typed = scene.prefill.get(field.name)
        if typed and isinstance(field.kind, Text):
            return cut(typed, field.kind.most)
        if typed:
            try:
                return field.kind.typed(typed, scene)
            except UnreadableError:
                return None
        recorded = self.start(scene.record).get(field.name) if scene.record else None
        return None if field.grows or recorded in (None, ()) else recorded

    def kept(self, field: Input, scene: Scene) -> object | None:
        """A recorded value that is too long to be shown, which an empty input keeps."""
        recorded = self.start(scene.record).get(field.name) if scene.record else None
        return recorded if not field.grows and overlong(field, recorded) else None

    def blocks(self, scene: Scene, *, live: bool = False) -> list[Block]:
        """The form from top to bottom."""
        found = [*_about(scene), *self.introduction(scene)]
        for field in self.all_inputs:
            block = field.block(scene, self.initial(field, scene), live=live)
            if block is not None:
                found += [*self._already(field, scene), block]
        return found

    def _already(self, field: Input, scene: Scene) -> list[Block]:
        recorded = self.start(scene.record).get(field.name) if scene.record else None
        if not field.grows or not isinstance(recorded, tuple) or not recorded:
            return []
        items = "; ".join(str(item) for item in recorded)
        return [
            context(plain(one_line(f"Recorded already under “{field.label}”: {items}", _ALREADY)))
        ]


def view(form: Form, blocks: list[Block], metadata: str) -> dict[str, Any]:
    """A modal with a submit button."""
    return {
        "type": "modal",
        "callback_id": f"form:{form.verb}",
        "private_metadata": metadata,
        "title": plain(form.title, TITLE),
        "submit": plain(form.submit, TITLE),
        "close": plain("Cancel", TITLE),
        "blocks": blocks,
    }


def flattened(part: Part | None, prefix: str = "") -> dict[str, object]:
    """The fields of a part and of the parts in it, by their names with dots."""
    found: dict[str, object] = {}
    for name in type(part).model_fields if part is not None else ():
        value = getattr(part, name)
        if isinstance(value, Part) and not isinstance(value, Person):
            found |= flattened(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = value
    return found


def _about(scene: Scene) -> list[Block]:
    record = scene.record
    if record is None:
        return []
    severity = severity_words(record.severity, scene.policy)
    words = f"{severity} · {record.id} {record.title} · {record.status.words}"
    return [context(plain(cut(words, 300)))]
