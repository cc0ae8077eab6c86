"""The names of the moves that each state allows, without their conditions, for quick looks.

The table in `transitions` decides; a test keeps these names equal to it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tracker.model.status import Status

_FROM_ANY_OPEN: Final = ("mark-duplicate", "wont-fix")

NEXT: Final[Mapping[Status, tuple[str, ...]]] = MappingProxyType(
    {
        Status.REPORTED: ("triage", *_FROM_ANY_OPEN),
        Status.TRIAGED: ("assign", *_FROM_ANY_OPEN),
        Status.INVESTIGATING: ("identify", "cannot-reproduce", *_FROM_ANY_OPEN),
        Status.IN_PROGRESS: ("submit-fix", *_FROM_ANY_OPEN),
        Status.CODE_REVIEW: ("approve", "request-changes", *_FROM_ANY_OPEN),
        Status.TESTING: ("pass-tests", "fail-tests", *_FROM_ANY_OPEN),
        Status.LOAD_TEST: ("deploy", "close-without-deploy", "regress", *_FROM_ANY_OPEN),
        Status.DEPLOYED: ("verify", "roll-back", *_FROM_ANY_OPEN),
        Status.VERIFIED: ("close", *_FROM_ANY_OPEN),
        Status.CLOSED: ("reopen",),
    }
)
"""The usual move of a state comes first."""
