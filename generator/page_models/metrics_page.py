"""How the team does, in numbers: each with its definition and the rows that it was made from."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, TypeAlias

from generator.page_models.blocks import Table, paragraph, table
from generator.page_models.cards import Sources
from generator.page_models.empty import NO_BUGS
from generator.page_models.inline import (
    Cell,
    PageLink,
    Value,
    bug_link,
    joined,
    sentence_case,
    severity_badge,
)
from generator.page_models.measurable import Measurable
from generator.page_models.month_chart import MonthChart, Scale, Series, calendar, month_chart
from generator.page_models.page import Page, Section, present, section
from generator.page_paths import METRICS, Facet, bug_page, data_file, facet_page
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.workflow.clocks import limits_of
from tracker.workflow.counted import Counted
from tracker.workflow.counted import counted as counted_at
from tracker.workflow.metrics import NO_SEVERITY, Kind, Metric, Slice, Unit, months
from tracker.workflow.recurrence import WITHIN, Recurrence, recurrences

Measured: TypeAlias = Counted[Measurable]
"""What one bug gives to the numbers."""
_SHOWN: Final = 60  # bugs that a number names on the page; the file has all of them
_FILE = PageLink(text="metrics.json", path=data_file("metrics.json"))
_SCALES: Final[dict[Unit, Scale]] = {
    Unit.BUGS: "count",
    Unit.SECONDS: "seconds",
    Unit.SHARE: "share",
}
_ABOUT: Cell = (
    (
        "Medians, because one long night would hide the others. Severities are the current ones, "
        "targets those of the policy as it is now, and a month is that of the report. All numbers "
        "with all of their rows are in "
    ),
    _FILE,
    ".",
)


def measures(bugs: Iterable[Measurable], policy: Policy) -> tuple[Measured, ...]:
    """What bugs give to the numbers; read once for all pages that need it."""
    limits = limits_of(policy)
    return tuple(counted_at(each, each.facts, limits, each.now) for each in bugs)


def metrics_page(found: tuple[Slice, ...], counted: tuple[Measured, ...], policy: Policy) -> Page:
    """A table of all numbers, then a section for each."""
    return Page(
        path=METRICS,
        kind="metrics",
        title="Metrics",
        heading="Metrics",
        lead=_ABOUT if counted else (),
        sections=present(
            section("All Numbers", _overview(found, policy)),
            *_metric_sections(found, counted),
            *_recurrence_sections(counted),
        )
        if counted
        else present(section("Nothing to Measure Yet", NO_BUGS)),
        summary="Time to detect, acknowledge, identify, mitigate and resolve; targets met; bugs "
        "opened again; deployments rolled back; recurrence; post-mortems and action items done",
    )


def told(metric: Metric) -> str:
    """The number as people read it."""
    if metric.value is None:
        return "–"
    if metric.unit is Unit.SECONDS:
        return in_words(timedelta(seconds=metric.value))
    if metric.unit is Unit.SHARE:
        return f"{100 * metric.value:.0f} % ({len(metric.hits):,} of {len(metric.rows):,})"
    return f"{metric.value:,.0f}"


def _overview(found: tuple[Slice, ...], policy: Policy) -> Table | None:
    columns = [each for each in found if each.kind is not Kind.MONTH]
    names = [_name(each, policy) for each in columns]
    rows = zip(*(each.metrics for each in columns), strict=True)
    return table(
        "All numbers, for all bugs and by severity",
        ("Number", *names),
        (
            (
                PageLink(text=_words(row[0]), path=f"{METRICS}#{_anchor(row[0])}"),
                *(told(metric) for metric in row),
            )
            for row in rows
        ),
    )


def _name(found: Slice, policy: Policy) -> str:
    if found.kind is Kind.ALL:
        return "All"
    severity = None if found.name == NO_SEVERITY else Severity(found.name)
    return severity_badge(severity, policy).words


def _metric_sections(
    found: tuple[Slice, ...], counted: tuple[Measured, ...]
) -> tuple[Section | None, ...]:
    """A section for each number: what it is, how it went month by month, what it is made from."""
    known = [each.name for each in found if each.kind is Kind.MONTH]
    named = calendar(known)
    by_tone: list[tuple[str, str, dict[str, Slice]]] = [
        ("all", "All", {each.name: each for each in found if each.kind is Kind.MONTH})
    ]
    for severity in Severity:
        own = [each for each in counted if each.bug.severity is severity]
        if own:
            slices_of = {each.name: each for each in months(own)}
            by_tone.append((severity.value.lower(), severity.value, slices_of))
    return tuple(
        section(
            _words(metric),
            paragraph(f"{metric.definition} Now: {told(metric)}."),
            _chart(index, metric, named, by_tone, older=known[0] < named[0]),
            _sources(metric),
            anchor=_anchor(metric),
        )
        for index, metric in enumerate(found[0].metrics)
    )


def _chart(
    index: int,
    metric: Metric,
    named: Sequence[str],
    by_tone: Sequence[tuple[str, str, dict[str, Slice]]],
    *,
    older: bool,
) -> MonthChart | None:
    counts = metric.unit is Unit.BUGS
    none, no_words = (0.0, "0") if counts else (None, "–")
    lines = []
    for tone, words, by_month in by_tone:
        row = [by_month[month].metrics[index] if month in by_month else None for month in named]
        lines.append(
            Series(
                tone=tone,
                words=words,
                numbers=tuple(each.value if each else none for each in row),
                told=tuple(told(each) if each else no_words for each in row),
            )
        )
    caption = f"{_words(metric)} by month of the report and severity"
    notes = (
        f"These are the last {len(named)} months; metrics.json has all of them." if older else ""
    )
    return month_chart(caption, named, lines, _SCALES[metric.unit], notes)


def _sources(metric: Metric) -> Sources | None:
    """The rows behind a number: of a share, those that it counts."""
    counts = metric.unit is Unit.SHARE
    rows = metric.hits if counts else metric.rows
    if not rows:
        return None
    of = f" of {len(metric.rows):,}" if counts else ""
    hidden = len(rows) - _SHOWN
    return Sources(
        words=f"Made from {len(rows):,}{of} {'row' if len(rows) == 1 else 'rows'}",
        links=joined(tuple(_source(row) for row in rows[-_SHOWN:])),
        more=(f"and {hidden:,} more in ", _FILE) if hidden > 0 else (),
    )


def _source(row: str) -> PageLink:
    bug, _, part = row.partition("#")
    if not part:
        return bug_link(bug)
    kind, _, key = part.partition("/")
    anchor = f"action-{key}" if kind == "actions" else kind
    return PageLink(text=bug, path=f"{bug_page(bug)}#{anchor}", is_id=True)


def _recurrence_sections(counted: tuple[Measured, ...]) -> tuple[Section | None, ...]:
    found = [(each.bug.reported_at, each.bug.id, each.bug) for each in counted]
    days = WITHIN.days
    about = (
        f"Bugs that were reported within {days} days after another one of the same {{}}, as a "
        "share of all of its bugs."
    )
    return (
        section(
            "Recurrence by Component",
            paragraph(about.format("component")),
            _recurrence(
                "Component",
                Facet.COMPONENT,
                recurrences((at, bug, item.components) for at, bug, item in found),
            ),
        ),
        section(
            "Recurrence by Pattern",
            paragraph(about.format("pattern")),
            _recurrence(
                "Pattern",
                Facet.PATTERN,
                recurrences(
                    (at, bug, (item.pattern,) if item.pattern else ()) for at, bug, item in found
                ),
            ),
        ),
    )


def _recurrence(name: str, facet: Facet, found: tuple[Recurrence, ...]) -> Table | None:
    return table(
        f"Recurrence by {name.lower()}",
        (name, "Bugs", "Returns", "Share", "The newest returns"),
        ((_row(facet, each)) for each in found),
    )


def _row(facet: Facet, each: Recurrence) -> tuple[Value, ...]:
    newest = tuple(bug_link(bug) for bug in each.returns[-5:])
    return (
        PageLink(text=each.name, path=facet_page(facet, each.name)),
        len(each.bugs),
        len(each.returns),
        f"{100 * each.share:.0f} %",
        joined(newest),
    )


def _words(metric: Metric) -> str:
    return sentence_case(metric.name.replace("_", " ").replace("postmortem", "post-mortem"))


def _anchor(metric: Metric) -> str:
    return metric.name.replace("_", "-")
