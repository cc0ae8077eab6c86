"""An action as a person would enter it: what to put where in its form."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import TypeAlias

from bot.forms.catalogue import FORMS
from bot.forms.choices import Offer, Ticks
from bot.forms.inputs import Input
from bot.forms.kinds import Text
from bot.forms.layout import flattened
from bot.forms.measure_rows import write_checks
from bot.forms.runs import write_runs
from bot.forms.scene import Scene
from tracker.model.checklist import ChecklistItem
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.action import Action

Answer: TypeAlias = str | date | datetime | list[str]


def answers_for(action: Action, record: BugRecord | None, policy: Policy) -> dict[str, Answer]:
    """Entries by block id; people are named by their e-mail, choices by their value."""
    form, scene = FORMS[action.verb], Scene(record=record, policy=policy)
    values = flattened(action)
    inputs = {field.name: field for field in form.all_inputs}
    if "first.name" in inputs:
        values |= _runs(values.get("tests"))
    for name, field in inputs.items():
        if isinstance(field.kind, Ticks) and values.get(name):
            values |= _checks(name, field.kind, values[name], scene)
    entered = {
        name: _answer(field, values[name])
        for name, field in inputs.items()
        if values.get(name) not in (None, (), "")
    }
    return {name: answer for name, answer in entered.items() if answer}


def _runs(runs: object) -> dict[str, object]:
    """The first run in its fields, the others as lines."""
    listed = runs if isinstance(runs, tuple) else ()
    first = (
        {f"first.{name}": value for name, value in flattened(listed[0]).items()} if listed else {}
    )
    for name in ("failed_before_fix", "after_deployment"):
        first[f"first.{name}"] = first.get(f"first.{name}") or None
    return {**first, "tests": write_runs(listed[1:])}


def _checks(name: str, ticks: Ticks, items: object, scene: Scene) -> dict[str, object]:
    """What is offered as boxes to tick, the rest as lines."""
    offered = {item.text for item in (*ticks.recorded(scene), *ticks.usual(scene))}
    given: Iterable[ChecklistItem] = items if isinstance(items, tuple) else ()
    listed = tuple(given)
    return {
        name: [
            Offer(text=i.text, value=i.text).key for i in listed if i.done and i.text in offered
        ],
        f"{name}_more": write_checks(tuple(i for i in listed if i.text not in offered)),
    }


def _answer(field: Input, value: object) -> Answer:
    answer: Answer
    match value:
        case Person():
            answer = value.email
        case date() | list():  # a datetime is a date too
            answer = value
        case _ if isinstance(field.kind, Text):
            answer = field.kind.shown(value)
        case bool():
            answer = "yes" if value else "no"
        case _:
            text = str(value.value) if isinstance(value, Enum) else str(value)
            answer = Offer(text=text, value=text).key
    return answer
