"""Who acts on the command line."""

from pathlib import Path

from pydantic import ValidationError

from tracker.model.person import Person
from tracker.model.trouble import TroubleError
from tracker.store.git_identity import configured_person


class UnknownActorError(TroubleError):
    """Nobody said who acts, or said it in a way that names nobody."""


def acting_person(named: str | None, folder: Path) -> Person:
    """The person named on the command line, else the one that git is configured for."""
    if named:
        try:
            return Person.model_validate(named)
        except ValidationError as error:
            message = f"`{named}` names nobody: write a person as `Name <name@example.com>`."
            raise UnknownActorError(message) from error
    person = configured_person(folder)
    if person is None:
        message = (
            "Git does not know who you are: set `user.name` and `user.email` with `git config`,"
            " or say who acts with `--as`."
        )
        raise UnknownActorError(message)
    return person
