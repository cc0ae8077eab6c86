"""Moments of a scenario on the day on which it is played."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Played:
    """When something happened in the scenario, and when it was played."""

    told: datetime
    live: datetime


def live_fields(fields: Mapping[str, Any], past: Sequence[Played], now: Played) -> dict[str, Any]:
    """The fields of the step that is played now, with its moments and days in the present."""
    return {key: _live(value, past, now) for key, value in fields.items()}


def live_moment(told: datetime, past: Sequence[Played], now: Played) -> datetime:
    """The moment at which what came before it was played; earlier ones keep their distance."""
    before = [played.live for played in past if played.told <= told]
    first = past[0] if past else now
    return before[-1] if before else first.live - (first.told - told)


def _live(value: Any, past: Sequence[Played], now: Played) -> Any:  # noqa: ANN401 - any field
    if isinstance(value, datetime):
        return live_moment(value, past, now)
    if isinstance(value, date):
        return now.live.date() + (value - now.told.date())
    if isinstance(value, Mapping):
        return live_fields(value, past, now)
    return value
