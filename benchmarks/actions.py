"""The action that is timed, a note, and the person who asks for it."""

from typing import Final

from demo.cast import MEMBERS
from tracker.assembly import Request
from tracker.model.person import Person
from tracker.workflow.actions.edits import AddNote

ACTOR: Final = Person(name=MEMBERS[0].real_name, email=MEMBERS[0].email)


class UnmeasuredError(Exception):
    """An action was not recorded, so its time says nothing."""


def note(request: str, bug: str) -> Request:
    """Ask for a note on a bug."""
    action = AddNote(text=f"Something happened: {request}.")
    return Request(id=request, bug=bug, action=action, actor=ACTOR)
