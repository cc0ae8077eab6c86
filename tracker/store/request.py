"""What a person asked for, on its way through the outbox."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import ValidationError

from tracker.model.person import Person
from tracker.model.trouble import TroubleError
from tracker.store.judging import Case
from tracker.store.outbox import OutboxEntry
from tracker.workflow.action import Action
from tracker.workflow.verbs import VERBS


class UnreadableRequestError(TroubleError):
    """An outbox entry that this version cannot read, as one of a newer version."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One action on one bug by one person; `id` is the same when it is delivered again.

    `bug` is None for a report. `permalink` leads to the message that it came from, if any. `roles`
    are those whose user groups the person was seen in, which only the chat knows. `files` are kept
    beside the record in the same commit: the digests of their contents in the ledger, by name.
    """

    id: str
    bug: str | None
    action: Action
    actor: Person
    permalink: str = ""
    roles: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """Return what is judged of it."""
        return Case(
            bug=self.bug,
            action=self.action,
            actor=self.actor,
            roles=self.roles,
            files=frozenset(self.files),
        )


def to_entry(request: Request, taken_in: datetime) -> OutboxEntry:
    """Write a request as plain text."""
    action = request.action
    fields = action.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return OutboxEntry(
        request=request.id,
        action=json.dumps(
            {
                "bug": request.bug,
                "verb": action.verb,
                "fields": fields,
                **({"files": dict(request.files)} if request.files else {}),
            }
        ),
        actor=json.dumps(_actor(request)),
        permalink=request.permalink,
        taken_in=taken_in,
    )


def beginning_of(bug: str) -> str:
    """Return what the action of every entry about a bug begins with."""
    return json.dumps({"bug": bug}).removesuffix("}")


def _actor(request: Request) -> dict[str, object]:
    roles = {"roles": request.roles} if request.roles else {}
    return {"name": request.actor.name, "email": request.actor.email, **roles}


def from_entry(entry: OutboxEntry) -> Request:
    """Read a request back; raises UnreadableRequestError."""
    try:
        written, actor = json.loads(entry.action), json.loads(entry.actor)
        roles = tuple(actor.pop("roles", ()))
        return Request(
            id=entry.request,
            bug=written["bug"],
            action=VERBS[written["verb"]].model_validate(written["fields"]),
            actor=Person.model_validate(actor),
            permalink=entry.permalink,
            roles=roles,
            files=written.get("files", {}),
        )
    except (KeyError, ValidationError) as error:
        message = "This action was taken in by another version of Bugbook; give it again."
        raise UnreadableRequestError(message) from error
