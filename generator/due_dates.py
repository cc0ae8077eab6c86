"""The calendar of what is due: fix targets, release notes and action items (RFC 5545).

The library of calendars is loaded when one is made: it is a tenth of all that a build loads.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from generator.page_models.entry import Entry
from generator.page_paths import bug_page
from generator.site_address import SiteAddress
from tracker.model.policy import Policy
from tracker.workflow.clocks import limits_of, targets_of
from tracker.workflow.target import Limits

if TYPE_CHECKING:
    from icalendar import Event


def due_dates(entries: Iterable[Entry], policy: Policy, site: SiteAddress) -> bytes:
    """Everything that is not done yet and has a day or a moment by which it should be."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Bugbook//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("name", f"{site.name}: due dates")
    calendar.add("x-wr-calname", f"{site.name}: due dates")
    limits = limits_of(policy)
    for entry in entries:
        for event in (*_target_events(entry, limits, site), *_action_events(entry, site)):
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _target_events(entry: Entry, limits: Limits, site: SiteAddress) -> Iterable["Event"]:
    if not entry.is_open:
        return
    for target in targets_of(entry.clocks, limits, entry.now):
        if target.done is None:
            key = target.name.lower().replace(" ", "-")
            yield _event(
                f"{entry.id}/{key}",
                f"{entry.id}: {target.name} is due ({entry.title})",
                target.due.astimezone(UTC),
                site.page(bug_page(entry.id)),
                entry.now,
            )


def _action_events(entry: Entry, site: SiteAddress) -> Iterable["Event"]:
    for item in entry.actions:
        if item.done_at is None and item.due is not None:
            owner = f" ({item.owner.name})" if item.owner else ""
            yield _event(
                f"{entry.id}/actions/{item.key}",
                f"{entry.id}: {item.text}{owner}",
                item.due,
                site.page(f"{bug_page(entry.id)}#action-{item.key}"),
                entry.now,
            )


def _event(key: str, summary: str, due: date | datetime, address: str, now: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{key}@bugbook")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", due)
    span = timedelta(minutes=15) if isinstance(due, datetime) else timedelta(days=1)
    event.add("dtend", due + span)
    event.add("summary", summary)
    event.add("url", address)
    return event
