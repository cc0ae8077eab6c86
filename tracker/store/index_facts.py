"""Facts of a bug as JSON in its row, and back: what metrics and clocks need, and nothing else."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.counted import Countable, Counted, Facts, counted
from tracker.workflow.target import Clock, Limits, Spans, Target, targets_of


@dataclass(frozen=True, slots=True)
class KeptDeployment:
    """A deployment, as far as it is counted."""

    stage: str
    rolled_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptAction:
    """An action item, as far as it is counted."""

    key: str
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptBug:
    """A bug, as far as it is counted."""

    id: str
    severity: Severity | None
    status: Status
    deployments: tuple[KeptDeployment, ...]
    actions: tuple[KeptAction, ...]


def facts_text(facts: Facts, bug: Countable) -> str:
    """The facts of a bug as JSON."""
    told = {
        "month": facts.month,
        "spans": {name: _seconds(span) for name, span in vars(facts.spans).items()},
        "clocks": [_clock_row(each) for each in facts.clocks],
        "earlier_fixes": [_clock_row(each) for each in facts.earlier_fixes],
        "reopened": facts.reopened,
        "postmortem": facts.has_postmortem,
        "deployments": [[each.stage, _iso(each.rolled_back_at)] for each in bug.deployments],
        "actions": [[each.key, _iso(each.done_at)] for each in bug.actions],
    }
    return json.dumps(told, ensure_ascii=False)


def limits_text(limits: Limits) -> str:
    """What the policy says of clocks as JSON."""
    within = {
        severity: {name: span.total_seconds() for name, span in spans.items()}
        for severity, spans in limits.within.items()
    }
    asked = sorted(limits.postmortem)
    return json.dumps({"within": within, "at_risk": limits.at_risk_from, "postmortem": asked})


def limits(connection: sqlite3.Connection) -> Limits:
    """What the policy says of clocks."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'limits'").fetchone()
    told = json.loads(row[0])
    return Limits(
        within={
            Severity(severity): {name: timedelta(seconds=each) for name, each in spans.items()}
            for severity, spans in told["within"].items()
        },
        at_risk_from=told["at_risk"],
        postmortem=frozenset(map(Severity, told["postmortem"])),
    )


def counted_bugs(
    connection: sqlite3.Connection, now: datetime, *, since: date | None = None
) -> Iterator[Counted[KeptBug]]:
    """What every bug gives to the numbers; `since` leaves out those reported before (UTC)."""
    said = limits(connection)
    start = None if since is None else datetime(since.year, since.month, since.day, tzinfo=UTC)
    rows = connection.execute(
        "SELECT id, severity, status, facts FROM bugs"
        " WHERE ?1 IS NULL OR julianday(reported_at) >= julianday(?1) ORDER BY prefix, number",
        (_iso(start),),
    )
    for bug, severity, status, facts in rows:
        told = json.loads(facts)
        kept = KeptBug(
            id=bug,
            severity=Severity(severity) if severity else None,
            status=Status(status),
            deployments=tuple(
                KeptDeployment(where, _time(at)) for where, at in told["deployments"]
            ),
            actions=tuple(KeptAction(key, _time(at)) for key, at in told["actions"]),
        )
        yield counted(kept, _facts(told), said, now)


def targets(connection: sqlite3.Connection, bug: str, now: datetime) -> tuple[Target, ...]:
    """What is due of one bug."""
    row = connection.execute("SELECT facts FROM bugs WHERE id = ?", (bug,)).fetchone()
    if row is None:
        return ()
    return targets_of(_facts(json.loads(row[0])).clocks, limits(connection), now)


def _facts(told: dict[str, Any]) -> Facts:
    return Facts(
        month=told["month"],
        spans=Spans(
            **{
                name: None if seconds is None else timedelta(seconds=seconds)
                for name, seconds in told["spans"].items()
            }
        ),
        clocks=tuple(_clock(*row) for row in told["clocks"]),
        earlier_fixes=tuple(_clock(*row) for row in told["earlier_fixes"]),
        reopened=told["reopened"],
        has_postmortem=told["postmortem"],
    )


def _clock_row(clock: Clock) -> tuple[str, str, str, str | None]:
    return clock.name, clock.severity, clock.since.isoformat(), _iso(clock.done)


def _clock(name: str, severity: str, since: str, done: str | None) -> Clock:
    begun = datetime.fromisoformat(since)
    return Clock(name=name, severity=Severity(severity), since=begun, done=_time(done))


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds()
