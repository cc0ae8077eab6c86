"""Numbers, checks and measures against a repeat, as people note them down."""

import re
from typing import Final

from bot.forms.rows import NOTHING, Row, columns_of, filled, read_lines, row_of
from bot.forms.scene import UnreadableError
from tracker.model.checklist import ChecklistItem
from tracker.model.deployment import MonitoringSample
from tracker.model.documents import Prevention, PreventionKind
from tracker.model.report import Cost, Measure

MEASURE_SYNTAX: Final = "One a line: what is measured | before | after"
COST_SYNTAX: Final = "One a line: what it was | how much | what it was spent on"
CHECK_SYNTAX: Final = "One a line; begin it with [x] when it is done"
PREVENTION_SYNTAX: Final = f"One a line: kind: what is done. Kinds are {', '.join(PreventionKind)}"

_TICK = re.compile(r"^\[(?P<mark>[ xX]?)\]\s*")


def read_samples(text: str) -> list[Row]:
    """Metrics after the deployment, with their value before it where there are three columns."""
    rows = []
    for number, line in enumerate(filled(text), start=1):
        metric, first, second = columns_of(line, number, (2, 3), MEASURE_SYNTAX)
        after = first if second in NOTHING else second
        before = {} if second in NOTHING or first in NOTHING else {"before": first}
        rows.append({"metric": metric, "after": after, **before})
    return rows


def read_measures(text: str) -> list[Row]:
    """Numbers before and after."""
    rows = []
    for number, line in enumerate(filled(text), start=1):
        name, before, after = columns_of(line, number, (2, 3), MEASURE_SYNTAX)
        values = {"before": before, "after": after}
        said = {when: value for when, value in values.items() if value not in NOTHING}
        rows.append({"name": name, **said})
    return rows


def read_costs(text: str) -> list[Row]:
    """What the incident cost, item by item."""
    rows = []
    for number, line in enumerate(filled(text), start=1):
        what, amount, detail = columns_of(line, number, (2, 3), COST_SYNTAX)
        rows.append(
            {"what": what, "amount": amount, **({} if detail in NOTHING else {"detail": detail})}
        )
    return rows


def read_checks(text: str) -> list[Row]:
    """Checks, done or not."""
    rows = []
    for line in read_lines(text):
        tick = _TICK.match(line)
        done = tick is not None and tick["mark"].lower() == "x"
        rows.append({"text": line[tick.end() :] if tick else line, "done": done})
    return rows


def write_checks(items: tuple[ChecklistItem, ...]) -> str:
    """The same, as `read_checks` reads it."""
    return "\n".join(f"[{'x' if item.done else ' '}] {item.text}" for item in items)


def read_prevention(text: str) -> list[Row]:
    """Measures, each with its kind in front."""
    kinds = ", ".join(PreventionKind)
    rows = []
    for number, line in enumerate(read_lines(text), start=1):
        kind, found, what = line.partition(":")
        if not found or kind.strip().lower() not in list(PreventionKind):
            sentence = f"Line {number}: begin it with its kind and a colon; kinds are {kinds}."
            raise UnreadableError(sentence)
        rows.append({"kind": kind.strip().lower(), "text": what.strip()})
    return rows


def write_samples(samples: tuple[MonitoringSample, ...]) -> str:
    """The same, as `read_samples` reads it."""
    return "\n".join(row_of(sample.metric, sample.before, sample.after) for sample in samples)


def write_measures(measures: tuple[Measure, ...]) -> str:
    """The same, as `read_measures` reads it."""
    return "\n".join(row_of(measure.name, measure.before, measure.after) for measure in measures)


def write_costs(costs: tuple[Cost, ...]) -> str:
    """The same, as `read_costs` reads it."""
    return "\n".join(row_of(cost.what, cost.amount, cost.detail) for cost in costs)


def write_prevention(prevention: tuple[Prevention, ...]) -> str:
    """The same, as `read_prevention` reads it."""
    return "\n".join(f"{measure.kind.value}: {measure.text}" for measure in prevention)
