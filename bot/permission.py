"""Who may do what: the one gate before every action that somebody takes in Slack.

What git can tell is judged by the workflow's rules; here is only what Slack alone knows: guests,
strangers, accounts without an e-mail address and deactivated ones.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.desk import Desk
from bot.membership import cannot_be_named, may_not
from tracker.assembly import Request
from tracker.model.part import Part
from tracker.model.person import Person
from tracker.workflow.action import Action
from tracker.workflow.decision import Reason

_GATE: Final = "account"


def refusal_of(desk: Desk, user_id: str, verb: str) -> Reason | None:
    """Say why somebody may not do something at all; raises UnknownUserError."""
    sentence = may_not(desk.people.account(user_id).membership, verb)
    return Reason(gate=_GATE, sentence=sentence) if sentence else None


def refusals(desk: Desk, request: Request) -> tuple[Reason, ...]:
    """Say why a request is not judged: by who asks, or by whom it names."""
    user_id = desk.people.remembered_id(request.actor)
    reason = refusal_of(desk, user_id, request.action.verb) if user_id else None
    return (reason,) if reason is not None else tuple(_unfit(desk, request.action))


def _unfit(desk: Desk, action: Action) -> Iterator[Reason]:
    for field, person in _people_in(action):
        user_id = desk.people.remembered_id(person)
        if user_id:
            kind = desk.people.account(user_id).membership
            if sentence := cannot_be_named(kind, person.name):
                yield Reason(gate=_GATE, sentence=sentence, field=field)


def _people_in(part: Part | Action, prefix: str = "") -> Iterator[tuple[str, Person]]:
    values: Mapping[str, object] = dict(part)
    for name, value in values.items():
        if isinstance(value, Person):
            yield f"{prefix}{name}", value
        elif isinstance(value, Part):
            yield from _people_in(value, f"{prefix}{name}.")
