"""What a person enters into a form, from the fields of an action."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from demo.form import Answer, Form
from demo.handwriting import typed
from tracker.model.person import Person
from tracker.model.trouble import TroubleError

Entries = Iterator[tuple[str, Any]]
BOXES = frozenset({"checkboxes", "multi_static_select"})


class NoPlaceError(TroubleError):
    """A form has no input for a fact."""


def answers(form: Form, fields: Mapping[str, Any]) -> dict[str, Answer]:
    """The fields by the labels that a person sees; the block id of an input is its field's name.

    Raises:
        NoPlaceError: the form has no input for a field.
    """
    inputs = {block["block_id"]: block for block in form.inputs}
    given: dict[str, Answer] = {}
    for name, value in _placed(inputs, fields):
        if name not in inputs:
            message = f"The form {form.title!r} has no place for `{name}`."
            raise NoPlaceError(message)
        given[inputs[name]["label"]["text"]] = _answer(inputs[name]["element"], name, value)
    return given


def flat(fields: Mapping[str, Any], prefix: str = "") -> Entries:
    """The fields of parts by names with dots, as the forms name them."""
    for key, value in fields.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _placed(inputs: Mapping[str, Any], fields: Mapping[str, Any]) -> Entries:
    """Each value with the input that it is entered at."""
    for name, value in flat(fields):
        if name == "tests":
            yield from _runs(value)
        elif name in inputs and inputs[name]["element"]["type"] in BOXES:
            yield from _checks(inputs[name]["element"], name, value)
        else:
            yield name, value


def _runs(runs: Sequence[Mapping[str, Any]]) -> Entries:
    """The first test run has fields of its own, the others are lines."""
    yield from flat(runs[0], "first.")
    if len(runs) > 1:
        yield "tests", runs[1:]


def _checks(element: Mapping[str, Any], name: str, items: Sequence[Mapping[str, Any]]) -> Entries:
    """Checks that are offered are ticked, others are written below them.

    A list that has its own checks in place of offered ones is written whole: the first tick would
    take over the open checks of the policy too.
    """
    offered = {option["text"]["text"] for option in element["options"]}
    if "initial_options" not in element and not offered <= {item["text"] for item in items}:
        offered = set()
    yield name, [item["text"] for item in items if item["done"] and item["text"] in offered]
    others = [item for item in items if item["text"] not in offered]
    if others:
        yield f"{name}_more", others


def _answer(element: Mapping[str, Any], name: str, value: Any) -> Answer:  # noqa: ANN401
    if element["type"] in BOXES or isinstance(value, date):
        chosen: Answer = value
    elif isinstance(value, bool):
        chosen = "yes" if value else "no"
    elif element["type"] == "users_select":
        chosen = Person.model_validate(value).email
    else:
        chosen = typed(name.rpartition(".")[2], value)
    return chosen
