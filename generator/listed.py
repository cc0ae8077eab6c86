"""What pages about many bugs are made from: of most closed bugs a quarter of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter

from tracker.model.record import BugRecord
from tracker.workflow.counted import Facts
from tracker.workflow.measured import facts_of

_UNLISTED: Final[Mapping[str, Any]] = {
    **dict.fromkeys(
        ("communication", "fix", "impact", "monitoring", "relaxations", "responders"), True
    ),
    **dict.fromkeys(("snooze", "tests", "waivers"), True),
    "report": {
        *("actual", "attachments", "expected", "frequency", "logs", "minimal_reproduction"),
        *("reproduction_language", "stack_trace", "steps"),
    },
    "reviews": {"__all__": {"comment", "link"}},
    "triage": {"changes", "initial_findings"},
}
"""Parts of a closed bug that only its own pages tell of, unless there was a hotfix."""
_CAUSE: Final = {"chain", "contributing_factors", "why_it_happened", "why_not_caught"}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A record, without what is told of it on its own pages alone, and what was read off it."""

    record: BugRecord
    facts: Facts

    @classmethod
    def of(cls, record: BugRecord) -> "Listed":
        """What is kept of a whole record; of a timeline that has ended, the newest entry."""
        facts = facts_of(record)
        if not _is_whole(record):
            newest = max(record.timeline, key=lambda entry: entry.at, default=None)
            record = record.model_copy(update={"timeline": (newest,) if newest else ()})
        return cls(record=record, facts=facts)

    @property
    def json(self) -> bytes:
        """The record is read many times faster than its YAML."""
        left_out: dict[str, Any] = {}
        if not _is_whole(self.record):
            left_out = {**_UNLISTED}
            if self.record.root_cause is not None:
                left_out |= {"investigation": True, "root_cause": _CAUSE}
        return _LISTED.dump_json(
            self, by_alias=True, exclude_defaults=True, exclude={"record": left_out}
        )


def read_listed(data: bytes) -> Listed:
    """What was kept of a record."""
    return _LISTED.validate_json(data)


def _is_whole(record: BugRecord) -> bool:
    return record.status.is_open or record.hotfix is not None


_LISTED: Final = TypeAdapter(Listed)
