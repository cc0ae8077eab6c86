"""The ways to bugs: by severity, status, component, category, pattern, version, person, month."""

from collections import Counter
from datetime import timedelta
from statistics import median

from generator.page_models.action_items import action_table
from generator.page_models.blocks import Row, Table, bullets, paragraph
from generator.page_models.bug_rows import few_bugs
from generator.page_models.cards import Figure, Figures
from generator.page_models.charts import BarChart, bar_chart
from generator.page_models.empty import NO_BUGS
from generator.page_models.entry import Entry
from generator.page_models.groups import Group, Groups, is_grave
from generator.page_models.inline import Cell, PageLink, bug_link, cell, joined, severity_badge
from generator.page_models.page import Page, Section, present, section
from generator.page_paths import BROWSE, Facet, data_file, list_of
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.severity import Severity

_MOST = 50
_WORDS = {
    Facet.SEVERITY: "Severity",
    Facet.STATUS: "Status",
    Facet.COMPONENT: "Component",
    Facet.CATEGORY: "Category",
    Facet.PATTERN: "Bug pattern",
    Facet.PERSON: "Person",
    Facet.VERSION: "Version that carries the fix",
    Facet.MONTH: "Month of the report",
}
_HEADINGS = {
    Facet.SEVERITY: "By Severity",
    Facet.STATUS: "By Status",
    Facet.COMPONENT: "By Component",
    Facet.CATEGORY: "By Category",
    Facet.PATTERN: "By Bug Pattern",
    Facet.PERSON: "By Person",
    Facet.MONTH: "By Month of the Report",
    Facet.VERSION: "By Version That Carries the Fix",
}
_COLUMNS = {
    Facet.SEVERITY: "severity",
    Facet.STATUS: "status",
    Facet.COMPONENT: "component",
    Facet.CATEGORY: "category",
}
"""Facets that are columns of the list of all bugs."""


def browse_page(found: Groups) -> Page:
    """The page that leads to all of them."""
    sections = present(
        *(
            section(_HEADINGS[facet], _values(found[facet]), anchor=facet.value)
            for facet in _HEADINGS
            if facet is not Facet.VERSION
        ),
        section(_HEADINGS[Facet.VERSION], _versions(found), anchor=Facet.VERSION.value),
    )
    return Page(
        path=BROWSE,
        kind="browse",
        title="Browse",
        heading="Browse Bugs",
        sections=sections or present(section("Nothing to Browse Yet", NO_BUGS)),
        summary="Bugs by severity, status, component, category, pattern, person, month and version",
    )


def _values(members: tuple[Group, ...]) -> Table | None:
    if not members:
        return None
    rows = tuple(
        Row(
            cells=(
                (PageLink(text=group.words, path=group.path),),
                cell(len(group.entries)),
                cell(_open(group.entries)),
            )
        )
        for group in members
    )
    return Table(
        caption=f"Bugs by {_WORDS[members[0].facet].lower()}",
        headers=(_WORDS[members[0].facet], "Bugs", "Open"),
        rows=rows,
        tools=len(rows) > _MOST,
    )


def _versions(found: Groups) -> Table | None:
    rows = tuple(
        Row(
            cells=(
                (group.words,),
                joined(tuple(bug_link(entry.id) for entry in group.entries)),
            )
        )
        for group in sorted(found[Facet.VERSION], key=_newest, reverse=True)
    )
    if not rows:
        return None
    return Table(
        caption="Versions and the bugs that they fix, the newest first",
        headers=(_WORDS[Facet.VERSION], "Bugs"),
        rows=rows,
        tools=True,
        data=data_file("versions.json"),
    )


def _newest(group: Group) -> tuple[str, str]:
    reported = max(entry.reported_at for entry in group.entries)
    return reported.isoformat(), group.key


def _open(entries: tuple[Entry, ...]) -> int:
    return sum(entry.is_open for entry in entries)


def group_page(group: Group, policy: Policy) -> Page:
    """The bugs of one value."""
    title = f"{_WORDS[group.facet]}: {group.words}"
    return Page(
        path=group.path,
        kind="browse",
        title=title,
        heading=group.words,
        kicker=_WORDS[group.facet],
        sections=present(
            section("At a Glance", _figures(group)),
            _person(group) if group.facet is Facet.PERSON else None,
            section(
                "Bugs",
                paragraph(_more(group)),
                few_bugs(f"Bugs, {title}", group.entries, policy, _MOST),
            ),
            section("By Severity", _by_severity(group, policy))
            if group.facet is not Facet.SEVERITY
            else None,
            section("By Month", _by_month(group)) if group.facet is not Facet.MONTH else None,
        ),
        summary=title,
    )


def _more(group: Group) -> Cell:
    """The way to all of them, where the page shows the newest alone."""
    count = len(group.entries)
    column = _COLUMNS.get(group.facet)
    back: Cell = (PageLink(text="Browse otherwise", path=BROWSE), ".")
    if column is None:
        return (f"The newest {_MOST} of {count:,}. ", *back) if count > _MOST else back
    words = f"Search all {count:,} of them" if count > 1 else "Find it in the list"
    link = PageLink(text=words, path=list_of(**{column: group.words}))
    return (link, ". ", *back)


def _figures(group: Group) -> Figures:
    grave = sum(is_grave(item) and item.is_open for item in group.entries)
    taken = [
        span.total_seconds() for item in group.entries if (span := item.spans.resolve) is not None
    ]
    typical = in_words(timedelta(seconds=median(taken))) if taken else "–"
    worst = Figure(label="Open P0 and P1", number=f"{grave:,}", state="bad" if grave else "good")
    return Figures(
        figures=(
            Figure(label="Bugs", number=f"{len(group.entries):,}"),
            Figure(label="Open", number=f"{_open(group.entries):,}"),
            *((worst,) if group.facet is not Facet.SEVERITY else ()),
            Figure(label="Median time to resolve", number=typical),
        )
    )


def _person(group: Group) -> Section | None:
    """What one person has to do: open bugs that are theirs, and action items."""
    mine = (
        bug_link(item.id)
        for item in group.entries
        if item.is_open
        and any(each and each.key == group.key for each in (item.assignee, item.backup))
    )
    return section(
        "To Do",
        section("Open Bugs", bullets(mine)),
        section("Action Items", action_table(group.entries, owner=group.key)),
    )


def _by_severity(group: Group, policy: Policy) -> BarChart | None:
    levels = (*Severity, None)
    counted = Counter(item.severity for item in group.entries)
    return bar_chart(
        "Bugs by severity",
        "Severity",
        (
            (
                severity_badge(level, policy),
                counted[level],
                level.value.lower() if level else "none",
            )
            for level in levels
        ),
    )


def _by_month(group: Group) -> BarChart | None:
    months = Counter(item.month for item in group.entries)
    return bar_chart(
        "Bugs by the month of their report",
        "Month with bugs",
        ((month, months[month], "month") for month in sorted(months)[-24:]),
    )
