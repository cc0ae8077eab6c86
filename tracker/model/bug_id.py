"""Bug and incident numbers: parse, print, folder (design §3)."""

import re
from typing import Annotated

from pydantic import Field

from tracker.model.part import Part

BUG_ID = re.compile(r"^(?P<prefix>[A-Z][A-Z0-9]{0,9})-(?P<number>[0-9]{1,9})$")
_TYPED = re.compile(r"^(?:(?P<prefix>[A-Za-z][A-Za-z0-9]{0,9}?)-?)?#?(?P<number>[0-9]{1,9})$")

BugId = Annotated[str, Field(pattern=BUG_ID.pattern, examples=["BUG-0042"])]
"""A bug's id as records hold it: ``BUG-0042``."""

IncidentId = Annotated[str, Field(pattern=r"^INC-[0-9]{4}-[0-9]{4,}$", examples=["INC-2026-0007"])]
"""An incident's id: ``INC-<year>-<4 digits>``."""


class IdStyle(Part):
    """One kind of number: its prefix and how many digits it is padded to."""

    prefix: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,9}$")] = "BUG"
    """Letters before the dash."""
    width: Annotated[int, Field(ge=1, le=9)] = 4
    """Digits after the dash, padded with zeros."""

    def of(self, number: int) -> str:
        """The id with this number."""
        return f"{self.prefix}-{number:0{self.width}d}"


def number_of(bug_id: str) -> int:
    """The number in an id; ``ValueError`` when the text is not one."""
    match = BUG_ID.match(bug_id)
    if match is None:
        message = f"`{bug_id}` is not a bug id."
        raise ValueError(message)
    return int(match["number"])


def meant_ids(typed: str, styles: tuple[IdStyle, ...]) -> tuple[str, ...]:
    """Ids that ``42``, ``bug-42`` or ``BUG-0042`` may mean, the likeliest first; none is no id.

    A bare number may be of any style; a known prefix is padded to its width.
    """
    match = _TYPED.match(typed.strip())
    if match is None:
        return ()
    prefix, number = match["prefix"], int(match["number"])
    return tuple(
        style.of(number) for style in styles if prefix is None or style.prefix == prefix.upper()
    )


def canonical_id(typed: str, styles: tuple[IdStyle, ...]) -> str | None:
    """The id that typed text most likely means; ``None`` when it is no id."""
    return next(iter(meant_ids(typed, styles)), None)


def record_path(bug_id: str) -> str:
    """Where a bug's record lies below the repository's root: folder = number // 1000."""
    return f"bugs/{number_of(bug_id) // 1000:03d}/{bug_id}.yaml"
