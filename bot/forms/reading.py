"""Entries on their way to an action."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.forms.inputs import Input
from bot.forms.kinds import ACTION_ID
from bot.forms.layout import Data, Form
from bot.forms.scene import Scene, UnreadableError
from bot.forms.sentences import MISSING

Entries = dict[str, object]


_INITIAL: Final = MappingProxyType(
    {
        "initial_value": "value",
        "initial_option": "selected_option",
        "initial_options": "selected_options",
        "initial_user": "selected_user",
        "initial_date": "selected_date",
        "initial_date_time": "selected_date_time",
    }
)


def initial_values(blocks: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """What the inputs of a view began with, as Slack's `state.values` would hold it."""
    return {
        block["block_id"]: {
            ACTION_ID: {
                key: block["element"][initial]
                for initial, key in _INITIAL.items()
                if initial in block["element"]
            }
        }
        for block in blocks
        if block.get("type") == "input"
    }


def read_entries(
    inputs: Iterable[Input],
    kept: Callable[[Input, Scene], object | None],
    values: Mapping[str, Mapping[str, Any]],
    scene: Scene,
) -> tuple[Entries, dict[str, str]]:
    """What was entered, by input, and what could not be read or is missing.

    An input that `values` do not show may have been entered before, in the scene's `prefill`.
    """
    entries: Entries = {}
    problems: dict[str, str] = {}
    for field in inputs:
        state: Mapping[str, Any] = values.get(field.name, {}).get(ACTION_ID) or {}
        before = scene.prefill.get(field.name, "") if field.name not in values else ""
        try:
            entry = field.kind.typed(before, scene) if before else field.kind.read(state, scene)
        except UnreadableError as error:
            problems[field.name] = str(error)
            continue
        entry = kept(field, scene) if entry is None else entry
        if entry is not None:
            entries[field.name] = entry
        elif field.required(scene):
            problems[field.name] = MISSING
    return entries, problems


def nested(form: Form, entries: Entries) -> Data:
    """The entries as the action's fields: names with dots become parts, empty parts are dropped."""
    said = {field.name for field in form.all_inputs if field.counts and field.name in entries}
    filled = {name.partition(".")[0] for name in said} | set(form.groups)
    data: Data = {group: {} for group in form.groups}
    for name, entry in entries.items():
        group, dot, field = name.partition(".")
        if not dot:
            data[name] = entry
        elif group in filled:
            data.setdefault(group, {})[field] = entry
    return data


def completed(form: Form, entries: Entries, scene: Scene) -> Entries:
    """The entries with what the record knows of the same parts, since parts are replaced whole."""
    if scene.record is None:
        return entries
    touched = {name.partition(".")[0] for name in entries if "." in name}
    known = {
        name: value
        for name, value in form.start(scene.record).items()
        if "." in name and name.partition(".")[0] in touched and value is not None
    }
    return {**known, **entries}
