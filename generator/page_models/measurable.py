"""What a bug gives to the numbers, as it is kept for them: the metrics get nothing else of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from generator.page_models.dossier import Dossier
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.counted import Facts


@dataclass(frozen=True, kw_only=True, slots=True)
class Deployed:
    """A deployment, as far as it is counted."""

    stage: str
    rolled_back_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Acted:
    """An action item, as far as it is counted."""

    key: str
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurable:
    """One bug."""

    id: str
    severity: Severity | None
    status: Status
    reported_at: datetime
    """In UTC."""
    now: datetime
    """What clocks that still run are read against."""
    components: tuple[str, ...]
    pattern: str | None
    facts: Facts
    deployments: tuple[Deployed, ...]
    actions: tuple[Acted, ...]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Read it off a whole record."""
        record = dossier.record
        return cls(
            id=record.id,
            severity=record.severity,
            status=record.status,
            reported_at=dossier.reported_at,
            now=dossier.now,
            components=record.environment.components,
            pattern=record.triage.pattern if record.triage else None,
            facts=dossier.facts,
            deployments=tuple(
                Deployed(stage=each.stage, rolled_back_at=each.rolled_back_at)
                for each in record.deployments
            ),
            actions=tuple(Acted(key=each.key, done_at=each.done_at) for each in record.actions),
        )
