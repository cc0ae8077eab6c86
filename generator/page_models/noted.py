"""What published release notes tell of a bug, as it is kept for the changelog.

It gets nothing else of it.
"""

from dataclasses import dataclass
from datetime import UTC, date
from typing import Self

from generator.page_models.dossier import Dossier
from generator.page_models.entry import fixed_in
from tracker.model.changelog import ChangeKind
from tracker.workflow.history import production_deployment


@dataclass(frozen=True, kw_only=True, slots=True)
class Noted:
    """One bug."""

    id: str
    version: str
    """The version that carries the fix; empty without one."""
    day: date | None
    """When it was released; nothing without published release notes."""
    lines: tuple[tuple[ChangeKind, str], ...]
    """What people wrote, else that the bug is fixed."""

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Read it off a whole record."""
        record = dossier.record
        notes, deployed = record.release_notes, production_deployment(record)
        if notes is None or not notes.published:
            return cls(id=record.id, version="", day=None, lines=())
        at = deployed.at if deployed else notes.published[0].at
        told = tuple((line.kind, line.text) for line in notes.changelog)
        return cls(
            id=record.id,
            version=fixed_in(record) or "",
            day=at.astimezone(UTC).date(),
            lines=told or ((ChangeKind.FIXED, record.title),),
        )
