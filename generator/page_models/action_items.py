"""What teams said they would do after an incident: what is open, what is late, whose it is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC

from generator.page_models.blocks import Row, Table
from generator.page_models.cards import Figure, Figures
from generator.page_models.charts import BarChart, bar_chart
from generator.page_models.empty import empty
from generator.page_models.entry import Entry
from generator.page_models.inline import (
    Badge,
    Cell,
    Code,
    PageLink,
    Value,
    bug_link,
    cell,
    joined,
    link_to,
)
from generator.page_models.page import Page, present, section
from generator.page_paths import ACTION_ITEMS, Facet, bug_page, data_file, facet_page
from tracker.model.documents import ActionItem
from tracker.model.person import Person

Item = tuple[Entry, ActionItem]
_EMPTY = empty(
    "No action item is recorded yet. Add one to a bug with ",
    Code(text="/bug action 42"),
    ", or below ",
    Code(text="actions:"),
    " in its file.",
)


def action_items_page(entries: tuple[Entry, ...]) -> Page:
    """All items: figures first, then who has how many, then the items, the next due first."""
    found = tuple(action_items(entries))
    waiting = tuple(each for each in found if each[1].done_at is None)
    return Page(
        path=ACTION_ITEMS,
        kind="list",
        title="Action items",
        heading="Action items",
        sections=present(
            section("At a Glance", _figures(found, waiting)) if found else None,
            section("All Action Items", action_table(entries, data=data_file("actions.json"))),
            section("By Owner", _by_owner(waiting)),
        )
        or present(section("Nothing to Do Yet", _EMPTY)),
        summary="Action items: open, overdue, done, by owner",
    )


def action_items(entries: Iterable[Entry]) -> Iterator[Item]:
    """Every item with its bug."""
    for entry in entries:
        for item in entry.actions:
            yield entry, item


def is_overdue(entry: Entry, item: ActionItem) -> bool:
    """Whether it is late at the moment that the pages show."""
    today = entry.now.astimezone(UTC).date()
    return item.done_at is None and item.due is not None and item.due < today


def action_table(entries: Iterable[Entry], *, owner: str = "", data: str = "") -> Table | None:
    """The items, what is open first and the next due on top.

    Of one `owner`, told by an e-mail in small letters, only what is open.
    """
    found = [
        each
        for each in action_items(entries)
        if not owner or (_is_of(each[1], owner) and each[1].done_at is None)
    ]
    if not found:
        return None
    return Table(
        caption="Action items, the next due first",
        headers=("Due", "Action item", "State", "Owner", "Horizon", "Bug"),
        rows=tuple(_row(*each) for each in sorted(found, key=_urgency)),
        tools=bool(data),
        facets=("State", "Owner", "Horizon"),
        data=data,
        in_address=bool(data),
    )


def state_badge(entry: Entry, item: ActionItem) -> Badge:
    """Open, overdue or done."""
    if item.done_at is not None:
        return Badge(family="clock", value="met", words="Done")
    if is_overdue(entry, item):
        return Badge(family="clock", value="breached", words="Overdue")
    return Badge(family="clock", value="on_track", words="Open")


def _is_of(item: ActionItem, email: str) -> bool:
    return item.owner is not None and item.owner.email.lower() == email


def _urgency(each: Item) -> tuple[bool, str, str, str]:
    entry, item = each
    due = item.due.isoformat() if item.due else "9999"
    return item.done_at is not None, due, entry.id, item.key


def _row(entry: Entry, item: ActionItem) -> Row:
    bug = entry.id
    return Row(
        cells=tuple(
            cell(value)
            for value in (
                item.due or "No due date",
                _text(bug, item),
                state_badge(entry, item),
                item.owner or "Nobody yet",
                item.horizon.words,
                bug_link(bug),
            )
        )
    )


def _text(bug: str, item: ActionItem) -> Cell:
    text: Value = PageLink(text=item.text, path=f"{bug_page(bug)}#action-{item.key}")
    return joined((text, link_to("Ticket", item.link) if item.link else None), " · ")


def _figures(found: tuple[Item, ...], waiting: tuple[Item, ...]) -> Figures:
    late = sum(is_overdue(*each) for each in waiting)
    lonely = sum(item.owner is None for _, item in waiting)
    done = len(found) - len(waiting)
    return Figures(
        figures=(
            Figure(label="Open", number=f"{len(waiting):,}", note=f"of {len(found):,}"),
            Figure(label="Overdue", number=f"{late:,}", state="bad" if late else "good"),
            Figure(label="Without owner", number=f"{lonely:,}", state="warning" if lonely else ""),
            Figure(label="Done", number=f"{100 * done / len(found):.0f} %"),
        )
    )


def _by_owner(waiting: tuple[Item, ...]) -> BarChart | None:
    owners = Counter(item.owner for _, item in waiting)
    ranked = sorted(owners.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return bar_chart(
        "Open action items by owner",
        "Owner",
        ((_owner(person), count, "category") for person, count in ranked),
        unit="Open",
    )


def _owner(person: Person | None) -> Value:
    if person is None:
        return "Nobody yet"
    return PageLink(text=person.name, path=facet_page(Facet.PERSON, person.email))
