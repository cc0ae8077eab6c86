"""When reminders wait until morning."""

from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from tracker.model.part import Line, Part
from tracker.model.severity import Severity


class Weekday(StrEnum):
    """The days of a week, in the order of ``date.weekday()``."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WORKDAYS = tuple(Weekday)[:5]

TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["22:00"])]
"""Hours and minutes, as in ``22:00``."""


class QuietHours(Part):
    """No reminders at night and on days off, but for the severities that cannot wait."""

    begin: TimeOfDay = "22:00"
    """When the night begins; the same as `end` for no night."""
    end: TimeOfDay = "07:00"
    """When it ends."""
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = WORKDAYS
    """Days on which reminders are sent."""
    time_zone: Line = "UTC"
    """The team's time zone by its IANA name, such as `Europe/Berlin`."""
    except_for: tuple[Severity, ...] = (Severity.P0,)
    """Severities that know no quiet hours."""

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        """Refuse a name that the time zone database does not have."""
        try:
            ZoneInfo(name)
        except (KeyError, OSError, ValueError) as error:
            message = f"there is no time zone {name}; write a name such as Europe/Berlin"
            raise ValueError(message) from error
        return name
