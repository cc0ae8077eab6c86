"""Forms for whoever talks to Slack: shown, read back, and refused field by field."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from bot.blocks.elements import context, ours
from bot.blocks.text import one_line
from bot.forms.catalogue import FORMS
from bot.forms.emptying import STAYS, emptied_inputs, problems_of_emptied, with_cleared
from bot.forms.kinds import ACTION_ID, User
from bot.forms.layout import FieldProblemsError, view
from bot.forms.long_text import whole_values
from bot.forms.prefill import by_input
from bot.forms.quick import mistaken, quick_action, refused_entries
from bot.forms.reading import initial_values, nested, read_entries
from bot.forms.scene import Scene
from bot.forms.sentences import input_for, joined, problems_by_input
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.decision import Reason
from tracker.workflow.verbs import VERBS

__all__ = [
    "FieldErrors",
    "field_errors",
    "form_view",
    "has_form",
    "keys_of_people",
    "quick_action",
    "read_form",
    "slack_users",
    "typed_values",
]


Values: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Slack's `view.state.values`."""

_REMARK: Final = 900
_REMARKS: Final = 5
_NOBODY: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, kw_only=True)
class FieldErrors:
    """A sentence for each input, by block id, as `response_action: errors` takes it."""

    errors: Mapping[str, str]


def has_form(verb: str) -> bool:
    """Whether there is a form for a command."""
    return verb in FORMS


def keys_of_people(verb: str) -> frozenset[str]:
    """What is typed as `key=` before a person."""
    form = FORMS.get(verb)
    names = [field.name for field in form.inputs if isinstance(field.kind, User)] if form else []
    return frozenset((*names, *(name.rpartition(".")[2] for name in names)))


def form_view(
    verb: str,
    record: BugRecord | None,
    policy: Policy,
    prefill: Mapping[str, str],
    *,
    metadata: str = "",
    user_ids: Mapping[str, str] = _NOBODY,
    live: bool = False,
    part: str = "",
    drafted: datetime | None = None,
    similar: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The modal of a command, filled in with what is recorded and with what was typed.

    `prefill` holds typed values by field, and free text under `text`. `user_ids` gives Slack ids
    by e-mail, for menus of people. A `live` form reports each choice, and has buttons: show it
    again with `typed_values` of the view's values. `part` is a step, or `SHORT`; `drafted` is when
    `prefill` was entered in this form, `similar` are bugs like this one, and `names` are what
    people are called.
    """
    form = FORMS[verb]
    scene = Scene(
        record=record,
        policy=policy,
        user_ids=user_ids,
        prefill=by_input(form, prefill),
        drafted=drafted,
        similar=similar,
        names=names,
    )
    scene = replace(scene, refused=refused_entries(form, scene))
    told = [context(ours(one_line(f"⚠️ {each}", _REMARK))) for each in mistaken(verb, prefill)]
    blocks = [*told[:_REMARKS], *form.blocks(scene, live=live, part=part)]
    return view(form, blocks, metadata, part)


def slack_users(values: Values) -> frozenset[str]:
    """The ids of the people who were chosen in a form."""
    return frozenset(
        state["selected_user"] for _, state in _states(values) if state.get("selected_user")
    )


def typed_values(values: Values) -> dict[str, str]:
    """What a form holds, to show it again."""
    found = {name: _typed(state) for name, state in _states(whole_values(values))}
    return {name: entry for name, entry in found.items() if entry}


def changed_values(view: Mapping[str, Any]) -> dict[str, str]:
    """What a person changed in a view: all that differs from what the view began with."""
    began = initial_entries(view)
    now = typed_values((view.get("state") or {}).get("values") or {})
    return {name: entry for name, entry in now.items() if began.get(name) != entry}


def initial_entries(view: Mapping[str, Any]) -> dict[str, str]:
    """What a view began with."""
    return typed_values(initial_values(view.get("blocks") or ()))


def shown_names(view: Mapping[str, Any]) -> frozenset[str]:
    """The inputs that a view shows."""
    return frozenset(whole_values(initial_values(view.get("blocks") or ())))


def unknown_entries(verb: str, values: Values) -> dict[str, str]:
    """What was entered in inputs that the form has no more, by their names."""
    known = {field.name for field in FORMS[verb].all_inputs}
    return {name: entry for name, entry in typed_values(values).items() if name not in known}


def read_step(  # noqa: PLR0917 - what was entered, then what it is judged with
    verb: str,
    values: Values,
    record: BugRecord | None,
    policy: Policy,
    people: Mapping[str, Person],
    part: str,
    began: Collection[str] = (),
) -> FieldErrors | None:
    """What is wrong with the entries of one step; None when the next may follow."""
    form = FORMS[verb]
    scene, values = Scene(record=record, policy=policy, people=people), whole_values(values)
    entries, problems = read_entries(form.shown_inputs(part), form.kept, values, scene)
    emptied = emptied_inputs(form, record, began, values, entries)
    problems = {**dict.fromkeys(emptied, STAYS), **problems}
    return FieldErrors(errors=problems) if problems else None


def read_form(  # noqa: PLR0917 - what was entered, then what it is judged with
    verb: str,
    values: Values,
    record: BugRecord | None,
    policy: Policy,
    people: Mapping[str, Person],
    typed: Mapping[str, str] = _NOBODY,
    began: Collection[str] = (),
) -> Action | FieldErrors:
    """The action that was entered, or what is wrong with each field.

    `typed` holds what was entered in the steps before, which `values` do not show. `began` are the
    inputs that began with something: those that hold nothing any more are emptied in the record.
    """
    form, values = FORMS[verb], whole_values(values)
    scene = Scene(record=record, policy=policy, people=people, prefill=typed)
    entries, problems = read_entries(form.all_inputs, form.kept, values, scene)
    data = nested(form, entries)
    emptied = emptied_inputs(form, record, began, values, entries)
    problems = {**problems_of_emptied(form, emptied, data), **problems}
    if not problems:
        try:
            finished = form.finish(with_cleared(form, emptied, data), scene)
            return VERBS[verb].model_validate(finished)
        except FieldProblemsError as error:
            problems = dict(error.problems)
        except ValidationError as error:
            problems = problems_by_input(error, form)
    return FieldErrors(errors=_on_shown_inputs(problems, values))


def field_errors(reasons: tuple[Reason, ...], verb: str) -> Mapping[str, str]:
    """A refusal, on the fields that can meet its conditions; the rest on the first one."""
    form = FORMS[verb]
    found: dict[str, list[str]] = {}
    for reason in reasons:
        found.setdefault(input_for(reason.field or "", form), []).append(reason.sentence)
    return joined(found)


def _on_shown_inputs(problems: Mapping[str, str], values: Values) -> Mapping[str, str]:
    """Slack fails a form whose errors name an input that it does not show."""
    first = next(iter(values), None)
    found: dict[str, list[str]] = {}
    for name, sentence in problems.items():
        shown = name if name in values or first is None else first
        found.setdefault(shown, []).append(sentence)
    return joined(found)


def _states(values: Values) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, states in values.items():
        yield name, states.get(ACTION_ID) or {}


def _typed(state: Mapping[str, Any]) -> str:
    """One entry as a person would type it."""
    chosen, ticked, user, moment = (
        state.get(f"selected_{key}") for key in ("option", "options", "user", "date_time")
    )
    if chosen or ticked:
        return "\n".join(str(option["value"]) for option in ticked or (chosen,) if option)
    if user:
        return f"<@{user}>"
    if moment:
        return datetime.fromtimestamp(int(moment), tz=UTC).isoformat()
    return str(state.get("value") or state.get("selected_date") or "")
