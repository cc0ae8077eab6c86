"""What others may learn of a bug, lessons and measures against a repeat, as it is kept for them.

Their page gets nothing else of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from generator.page_models.dossier import Dossier
from tracker.model.documents import PreventionKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """One bug."""

    id: str
    reported_at: datetime
    """In UTC."""
    components: tuple[str, ...]
    pattern: str | None
    lessons: tuple[str, ...]
    prevention: tuple[tuple[PreventionKind, str], ...]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Read it off a whole record."""
        record, written = dossier.record, dossier.record.postmortem
        measures = written.prevention if written else ()
        return cls(
            id=record.id,
            reported_at=dossier.reported_at,
            components=record.environment.components,
            pattern=record.triage.pattern if record.triage else None,
            lessons=written.lessons if written else (),
            prevention=tuple((each.kind, each.text) for each in measures),
        )
