"""Bug and incident numbers as records and the policy hold them (design §3)."""

from typing import Annotated

from pydantic import Field

from tracker.model.bug_number import (
    BUG_ID,
    TYPED,
    canonical_id,
    id_of,
    meant_ids,
    number_of,
    record_path,
)
from tracker.model.part import Part

__all__ = [
    "BUG_ID",
    "BugId",
    "IdStyle",
    "IncidentId",
    "TypedId",
    "canonical_id",
    "meant_ids",
    "number_of",
    "record_path",
]

BugId = Annotated[str, Field(pattern=BUG_ID.pattern, examples=["BUG-0042"])]
"""A bug's id as records hold it: ``BUG-0042``."""

TypedId = Annotated[str, Field(pattern=TYPED.pattern, examples=["BUG-0042"])]
"""A bug's id as people type it: ``42`` and ``bug-42``, too."""

IncidentId = Annotated[str, Field(pattern=r"^INC-[0-9]{4}-[0-9]{4,}$", examples=["INC-2026-0007"])]
"""An incident's id: ``INC-<year>-<4 digits>``."""


class IdStyle(Part):
    """One kind of number: its prefix and how many digits it is padded to."""

    prefix: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,9}$", examples=["BUG"])] = "BUG"
    """Letters before the dash."""
    width: Annotated[int, Field(ge=1, le=9)] = 4
    """Digits after the dash, padded with zeros."""

    def of(self, number: int) -> str:
        """The id with this number."""
        return id_of(self.prefix, self.width, number)
