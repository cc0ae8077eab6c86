"""Whether a record says everything that its scenario tells."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.incident_rooms import BUGBOOK
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.operations.scenario import Scenario
from tracker.workflow.actions.report import ReportBug
from tracker.workflow.decide import decide
from tracker.workflow.decision import Refused

Path = tuple[str | int, ...]

MADE_FROM_TIME = "key"  # of list items, made from the moment at which somebody acts


class ScenarioRefusedError(Exception):
    """The rules do not allow a scenario as it is written."""


def told_record(scenario: Scenario, bug_id: str, policy: Policy) -> BugRecord:
    """The record that the rules alone make of a scenario, under this number.

    Raises:
        ScenarioRefusedError: a step is refused.
    """
    record: BugRecord | None = None
    for step in scenario.steps:
        action = step.action
        if isinstance(action, ReportBug):
            action = action.numbered(bug_id)
        decision = decide(record, action, step.actor, policy, step.at)
        if isinstance(decision, Refused):
            reasons = " ".join(reason.sentence for reason in decision.reasons)
            message = f"The scenario's `{action.verb}` is refused: {reasons}"
            raise ScenarioRefusedError(message)
        record = decision.record
    if record is None:
        message = "The scenario has no steps."
        raise ScenarioRefusedError(message)
    return record


def missing_facts(told: BugRecord, kept: BugRecord) -> tuple[tuple[str, ...], int]:
    """Every fact of the first record that the second one lacks, and how many were looked for.

    Moments may differ, since the scenario is played on another day. What the bot itself notes, as
    that it opened a channel, is left out.
    """
    have = dict(facts(_by_people(kept).model_dump()))
    looked_for = dict(facts(_by_people(told).model_dump()))
    missing = tuple(
        f"{_words(place)} should be {fact!r} and is {have.get(place)!r}."
        for place, fact in looked_for.items()
        if have.get(place) != fact
    )
    return missing, len(looked_for)


def _by_people(record: BugRecord) -> BugRecord:
    said = tuple(entry for entry in record.timeline if entry.by != BUGBOOK)
    return record.model_copy(update={"timeline": said})


def facts(node: object, place: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every single value with the way to it; a moment counts as known, whichever it is."""
    if isinstance(node, dict):
        for key, part in node.items():
            if key != MADE_FROM_TIME:
                yield from facts(part, (*place, key))
    elif isinstance(node, list | tuple):
        for index, part in enumerate(node):
            yield from facts(part, (*place, _name_of(part) or index))
    elif isinstance(node, date):
        yield place, "a moment"
    elif node is not None:
        yield place, _plain(node)


def _name_of(item: Any) -> str | None:  # noqa: ANN401 - any item of a list
    """The text of a check, whose place in its list says nothing: ticked ones come first."""
    return item["text"] if isinstance(item, dict) and "done" in item else None


def _plain(value: Any) -> object:  # noqa: ANN401 - any scalar of a record
    if isinstance(value, Person):
        return str(value)
    return value.strip() if isinstance(value, str) else value


def _words(place: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)[1:]
