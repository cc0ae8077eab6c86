"""The calendar of what is due: fix targets, release notes and action items (RFC 5545).

The library of calendars is loaded when one is made: it is a tenth of all that a build loads.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from generator.page_models.entry import Entry
from generator.page_paths import bug_page
from generator.site_address import SiteAddress
from tracker.model.policy import Policy
from tracker.workflow.clocks import limits_of, targets_of
from tracker.workflow.target import Limits

if TYPE_CHECKING:
    from icalendar import Event, Timezone


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that is not done yet and has a day or a moment by which it should be."""

    key: str
    summary: str
    at: date | datetime
    address: str
    seen: datetime
    """When it was looked at."""


def due_dates(
    entries: Iterable[Entry], policy: Policy, address: Callable[[str], str]
) -> tuple[Due, ...]:
    """All of it, with the addresses that paths get."""
    limits = limits_of(policy)
    return tuple(
        due
        for entry in entries
        for due in (*_targets(entry, limits, address), *_actions(entry, address))
    )


def calendar_of(found: Iterable[Due], site: SiteAddress) -> bytes:
    """The file.

    Where nothing is due it has a time zone, which shows nothing: RFC 5545 (3.6) wants a component,
    and who has subscribed to the address must always find a calendar there.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Bugbook//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("name", f"{site.name}: due dates")
    calendar.add("x-wr-calname", f"{site.name}: due dates")
    for due in found:
        calendar.add_component(_event(due))
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    content: bytes = calendar.to_ical()
    return content


def _targets(entry: Entry, limits: Limits, address: Callable[[str], str]) -> Iterator[Due]:
    for target in targets_of(entry.clocks, limits, entry.now) if entry.is_open else ():
        if target.done is None:
            yield Due(
                key=f"{entry.id}/{target.name.lower().replace(' ', '-')}",
                summary=f"{entry.id}: {target.name} is due ({entry.title})",
                at=target.due.astimezone(UTC),
                address=address(bug_page(entry.id)),
                seen=entry.now,
            )


def _actions(entry: Entry, address: Callable[[str], str]) -> Iterator[Due]:
    for item in entry.actions:
        if item.done_at is None and item.due is not None:
            owner = f" ({item.owner.name})" if item.owner else ""
            yield Due(
                key=f"{entry.id}/actions/{item.key}",
                summary=f"{entry.id}: {item.text}{owner}",
                at=item.due,
                address=address(f"{bug_page(entry.id)}#action-{item.key}"),
                seen=entry.now,
            )


def _utc() -> "Timezone":
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local time, as 3.6.5 wants it
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    zone.add_component(standard)
    return zone


def _event(due: Due) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{due.key}@bugbook")
    event.add("dtstamp", due.seen.astimezone(UTC))
    event.add("dtstart", due.at)
    span = timedelta(minutes=15) if isinstance(due.at, datetime) else timedelta(days=1)
    event.add("dtend", due.at + span)
    event.add("summary", due.summary)
    event.add("url", due.address)
    return event
