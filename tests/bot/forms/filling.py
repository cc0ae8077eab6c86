"""Fill in a form as a person does, by its labels."""

from collections.abc import Mapping
from typing import Any

from bot.forms.form import form_view
from demo.form import Form
from tests.bot.forms.answers import answers_for
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.action import Action

State = dict[str, dict[str, dict[str, Any]]]


def people_of(action: Action) -> dict[str, Person]:
    """The people whom an action names, by made-up Slack ids."""
    named = [getattr(action, name) for name in type(action).model_fields]
    found = dict.fromkeys(person for person in named if isinstance(person, Person))
    return {f"U{number:04d}": person for number, person in enumerate(found, start=1)}


def shown(
    verb: str,
    record: BugRecord | None,
    policy: Policy,
    people: Mapping[str, Person] | None = None,
    **prefill: str,
) -> Form:
    """A form as it appears, for somebody who can look people up by their e-mail."""
    ids = {person.email: user_id for user_id, person in (people or {}).items()}
    view = form_view(verb, record, policy, prefill, metadata="{}", user_ids=ids)
    return Form(view=view, directory=ids)


def filled(action: Action, record: BugRecord | None, policy: Policy) -> tuple[Form, State]:
    """The form of an action and its state once everything in the action is entered by label."""
    form = shown(action.verb, record, policy, people_of(action))
    labels = {block["block_id"]: block["label"]["text"] for block in form.inputs}
    answers = answers_for(action, record, policy)
    return form, form.fill({labels[name]: answer for name, answer in answers.items()})
