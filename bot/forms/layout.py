"""One form: its inputs in order, where they start from, and how it looks in Slack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.blocks.elements import Block, actions, button, context, divider, ours, plain, section
from bot.blocks.text import cut, one_line
from bot.blocks.words import severity_words
from bot.forms.inputs import Input, moment, overlong
from bot.forms.kinds import Text
from bot.forms.scene import Scene, UnreadableError
from tracker.model.part import Part
from tracker.model.person import Person
from tracker.model.record import BugRecord

TITLE: Final = 24
FORM: Final = "form:"
"""Begins the callback id of every form: `form:triage`."""
SHORT: Final = "short"
"""The name of the part that suffices when it has to be quick."""
DRAFT: Final = "draft:"
"""Begins the action ids of the buttons that keep and drop what was entered."""
PAGE: Final = "page:"
"""Begins the action ids of the buttons that show another part of a form."""

_REST: Final = (
    "That is enough: submit it now. Everything below may stay empty and be filled in later."
)
_LONG: Final = 6  # inputs from which on it hurts to lose what was entered
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
class Page:
    """A part of a form that is shown alone."""

    title: str
    inputs: frozenset[str]


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
    steps: tuple[Page, ...] = ()
    """The parts of a form that is filled in one after the other; the last is submitted."""
    essentials: int = 0
    """After how many inputs everything may stay empty, which the form says there."""
    short: Page | None = None
    """The part that suffices when it has to be quick, submitted alone."""

    @property
    def all_inputs(self) -> tuple[Input, ...]:
        """The inputs, with the time at the end."""
        at = moment("at", self.at, "Only when that was earlier than now")
        return (*self.inputs, at)

    def initial(self, field: Input, scene: Scene) -> object | None:
        """What an input starts with: what was typed, or what the record knows."""
        typed = scene.prefill.get(field.name)
        if typed and isinstance(field.kind, Text):
            return typed
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

    def shown_inputs(self, part: str) -> tuple[Input, ...]:
        """The inputs of a part: `""` is the whole form, `short`, or the number of a step."""
        page = self.page(part)
        if page is None:
            return self.all_inputs
        return tuple(field for field in self.all_inputs if field.name in page.inputs)

    def page(self, part: str) -> Page | None:
        """The part by its name; None for the whole form."""
        if self.steps and part.isdecimal():
            return self.steps[min(int(part), len(self.steps) - 1)]
        return self.short if part == SHORT else None

    @property
    def first_part(self) -> str:
        """What is shown first: the first step, or the whole form."""
        return "0" if self.steps else ""

    def next_step(self, part: str) -> str | None:
        """The step that follows; None where the form is submitted."""
        following = int(part) + 1 if part.isdecimal() else len(self.steps)
        return str(following) if following < len(self.steps) else None

    def blocks(self, scene: Scene, *, live: bool = False, part: str = "") -> list[Block]:
        """The form from top to bottom."""
        found = [*_about(scene), *_drafted(scene), *self.introduction(scene)]
        for place, field in enumerate(self.shown_inputs(part)):
            if live and 0 < self.essentials == place and not part:
                found += [divider(), context(plain(_REST))]
            blocks = field.blocks(scene, self.initial(field, scene), live=live)
            if blocks:
                found += [*self._already(field, scene), *self._unread(field, scene), *blocks]
        return [*found, *self._buttons(scene, part)] if live else found

    def _buttons(self, scene: Scene, part: str) -> list[Block]:
        """Keep what was entered, go back a step, see all inputs, or start over."""
        buttons = []
        if len(self.all_inputs) >= _LONG:
            buttons.append(button("Keep as draft", f"{DRAFT}keep", self.verb))
        if part.isdecimal() and int(part) > 0:
            buttons.append(button("Back", f"{PAGE}{int(part) - 1}", self.verb))
        if self.short is not None and part == SHORT:
            buttons.append(button("All fields", f"{PAGE}all", self.verb))
        if scene.drafted is not None:
            buttons.append(button("Start over", f"{DRAFT}drop", self.verb))
        return [actions(buttons)] if buttons else []

    def _unread(self, field: Input, scene: Scene) -> list[Block]:
        """Say what is wrong with something that was typed, also where its input shows it."""
        typed, told = scene.prefill.get(field.name), scene.refused.get(field.name, "")
        try:
            if typed:
                field.kind.typed(typed, scene)
        except UnreadableError as error:
            told = str(error)
        return [context(ours(one_line(f"⚠️ {told}", _ALREADY)))] if told else []

    def _already(self, field: Input, scene: Scene) -> list[Block]:
        recorded = self.start(scene.record).get(field.name) if scene.record else None
        if not field.grows or not isinstance(recorded, tuple) or not recorded:
            return []
        items = "; ".join(str(item) for item in recorded)
        return [
            context(plain(one_line(f"Recorded already under “{field.label}”: {items}", _ALREADY)))
        ]


def view(form: Form, blocks: list[Block], metadata: str, part: str = "") -> dict[str, Any]:
    """A modal with a submit button; its callback id tells the command and the part."""
    page = form.page(part)
    title = form.title if page is None else page.title
    submit = form.submit if form.next_step(part) is None else "Next"
    return {
        "type": "modal",
        "callback_id": f"{FORM}{form.verb}:{part}".rstrip(":"),
        "private_metadata": metadata,
        "title": plain(title, TITLE),
        "submit": plain(submit, TITLE),
        "close": plain("Cancel", TITLE),
        "notify_on_close": True,
        "blocks": blocks,
    }


def notice_view(title: str, text: str, metadata: str = "") -> dict[str, Any]:
    """A modal that only says something of ours, as while a form is made."""
    return {
        "type": "modal",
        "private_metadata": metadata,
        "title": plain(title, TITLE),
        "close": plain("Close", TITLE),
        "blocks": [section(ours(text))],
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


def _drafted(scene: Scene) -> list[Block]:
    """Say that the form does not start from the record alone."""
    if scene.drafted is None:
        return []
    when = f"{scene.drafted:%Y-%m-%d %H:%M %Z}"
    words = f"📝 Filled in with what you entered here at {when} and did not submit."
    return [context(plain(words))]


def _about(scene: Scene) -> list[Block]:
    record = scene.record
    if record is None:
        return []
    severity = severity_words(record.severity, scene.policy)
    words = f"{severity} · {record.id} {record.title} · {record.status.words}"
    return [context(plain(cut(words, 300)))]
