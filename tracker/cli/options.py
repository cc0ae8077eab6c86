"""Command-line options made from an action's fields, so that no field can be forgotten."""

import copy
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tracker.model.explanation import ADD_IT, MISSING_KEY, Explanation
from tracker.model.meaning import described
from tracker.model.part import Part
from tracker.model.person import ONESELF, Person
from tracker.workflow.action import Action

Path = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FieldOption:
    """One option: where its value belongs in the action's fields."""

    path: Path
    kind: type
    many: bool
    help: str
    needed: bool
    """Whether the action asks for it, in a file or as an option."""

    @property
    def parameter(self) -> str:
        """The name under which click hands the value over."""
        return "__".join(self.path)

    @property
    def name(self) -> str:
        """What people type: `--field-name`."""
        return "--" + "-".join(self.path).replace("_", "-")

    @property
    def flags(self) -> tuple[str, ...]:
        """The name, and for a yes or no the one that says no."""
        return (self.name, f"--no-{self.name[2:]}") if self.kind is bool else (self.name,)

    def option(self) -> click.Option:
        """The click option: a pair of flags for a yes or no."""
        name = self.name
        if self.kind is bool:
            return click.Option(
                ["/".join(self.flags), self.parameter], default=None, help=self.help
            )
        choices = [str(member.value) for member in self.kind] if issubclass(self.kind, Enum) else []
        return click.Option(
            [name, self.parameter],
            multiple=self.many,
            shell_complete=lambda *typed: [name for name in choices if name.startswith(typed[-1])],
            metavar="|".join(choices) if 0 < len(choices) <= _SHOWN_CHOICES else "TEXT",
            help=f"{self.help}{' May be given several times.' if self.many else ''}"
            f"{' Needed.' if self.needed else ''}",
        )


_SHOWN_CHOICES = 6
_PARTS = {"rollback_steps": "rollback_plan.steps"}
"""Names of fields in refusals that stand inside a part."""


def options_of(action: type[Action]) -> tuple[FieldOption, ...]:
    """One for each field that a word or a line can hold; `at` has an option of its own."""
    return tuple(found for found in _walk(action, ()) if found.path != ("at",))


def only_in_files(action: type[Action]) -> tuple[str, ...]:
    """Fields that are lists of mappings, which only a file can hold."""
    return tuple(
        name
        for name, field in action.model_fields.items()
        if (item := _list_item(field.annotation)) is not None and _is_mapping(item)
    )


def asked_for(action: type[Action], found: Explanation, typed: Container[str] = ()) -> str:
    """The sentence of a problem for people who type, which names the option to give or to change.

    `typed` are the parameters that were given as options; what a file holds keeps its own name.
    """
    named = tuple(str(step) for step in found.location if not isinstance(step, int))
    below = [each for each in options_of(action) if each.path[: len(named)] == named]
    if found.rule == MISSING_KEY:
        return found.sentence.replace(ADD_IT, _to_give(below, named))
    option = next((each for each in below if each.path == named), None)
    if option is None or option.parameter not in typed:
        return found.sentence
    _, _, rest = found.sentence.removeprefix("`").partition("`")
    return f"`{option.name}`{rest}"


def option_for(action: type[Action], field: str) -> str:
    """The option that gives what a refusal asks for, as people type it; empty without one."""
    options, field = options_of(action), _PARTS.get(field, field)
    exact = [each for each in options if ".".join(each.path) == field]
    if below := [each for each in options if each.path[0] == field and not exact]:
        return f"{_begun(below[0])}…"
    found = exact or [each for each in options if each.path[-1] == field]
    if len(found) == 1:
        return found[0].name
    return "--from FILE" if field in only_in_files(action) else ""


def _to_give(options: list[FieldOption], named: Path) -> str:
    if not options:
        return "give it in a file with `--from`"
    if own := [each for each in options if each.path == named]:
        return "give " + " or ".join(f"`{name}`" for name in own[0].flags)
    if needed := [f"`{each.name}`" for each in options if each.needed]:
        return f"give {' and '.join(needed)}"
    first = options[0]
    return f"give `{first.name}`, or another option that begins with `{_begun(first)}`"


def _begun(option: FieldOption) -> str:
    """What the options of one part begin with: `--environment-`."""
    return option.name.removesuffix(option.path[-1].replace("_", "-"))


def merged(fields: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a file with those of the options laid over them."""
    result = copy.deepcopy(fields)
    for parameter, value in given.items():
        if value in (None, ()):
            continue
        *parents, last = parameter.split("__")
        target = result
        for parent in parents:
            target = target.setdefault(parent, {})
        target[last] = list(value) if isinstance(value, tuple) else value
    return result


def naming_oneself(
    action: type[Action], given: dict[str, Any], me: Callable[[], Person]
) -> dict[str, Any]:
    """The options with whoever acts in the place of `me`, where a person is asked for."""
    people = {option.parameter for option in options_of(action) if option.kind is Person}
    return {
        name: str(me())
        if name in people and isinstance(said, str) and ONESELF.fullmatch(said)
        else said
        for name, said in given.items()
    }


def _walk(model: type[BaseModel], above: Path, *, needed: bool = True) -> Iterator[FieldOption]:
    for name, field in described(model).items():
        path = (*above, name)
        kind = _plain(field.annotation)
        item = _list_item(kind)
        asked = needed and field.is_required()
        if item is not None and not _is_mapping(item):
            yield _found(path, item, field, many=True, needed=asked)
        elif item is None and isinstance(kind, type):
            if _is_mapping(kind):
                yield from _walk(kind, path, needed=asked)
            else:
                yield _found(path, kind, field, many=False, needed=asked)


def _found(path: Path, kind: Any, field: FieldInfo, *, many: bool, needed: bool) -> FieldOption:  # noqa: ANN401
    return FieldOption(
        path=path,
        kind=kind if isinstance(kind, type) else str,
        many=many,
        help=field.description or "",
        needed=needed,
    )


def _is_mapping(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Part) and not issubclass(kind, Person)


def _list_item(annotation: object) -> Any | None:  # noqa: ANN401 - a type as pydantic holds it
    kind = _plain(annotation)
    return _plain(get_args(kind)[0]) if get_origin(kind) is tuple else None


def _plain(annotation: Any) -> Any:  # noqa: ANN401 - a type as pydantic holds it
    """The type without `Annotated` and without `None`."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _plain(next(kind for kind in get_args(annotation) if kind is not NoneType))
    return annotation
