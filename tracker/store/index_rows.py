"""From a record to what the index keeps of it: columns, searched texts and traits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tracker.model.bug_number import BUG_ID, number_of
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.model.timeline import in_order
from tracker.store.index_facts import facts_text
from tracker.store.index_outlines import outline_columns
from tracker.store.index_schema import SEARCHED
from tracker.store.problem_text import problems_text
from tracker.store.record_file import read_whole
from tracker.store.yaml_validation import own_keys_aside
from tracker.workflow.incidents import incident_of
from tracker.workflow.measured import facts_of
from tracker.workflow.outline import outline_of
from tracker.workflow.record_texts import texts_of
from tracker.workflow.similarity import traits_of
from tracker.workflow.trait import token_of

_BY_FIELD: Final = {"title": "title", "report": "report", "root_cause": "root_cause"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record's file as the index keeps it; plain values that processes can exchange."""

    path: str
    blob: str
    columns: dict[str, str | int | None] | None
    """None of a broken file."""
    texts: tuple[str, ...] = ()
    """One for each searched column."""
    places: str = ""
    """As JSON, the fields that each column holds in order, with the lengths of their texts."""
    traits: str = ""
    formerly: tuple[str, ...] = ()
    timeline: tuple[tuple[str, str, str], ...] = ()
    """When, who and what, in the order in which it happened."""
    problems: str = ""
    """What is wrong with a broken file, as JSON."""


def row_of(data: bytes, path: str, blob: str) -> Row:
    """Read a record's file; a broken one is kept with its problems."""
    try:
        document, record = read_whole(data, path)
    except ProblemsFound as error:
        told = problems_text(error.problems)
        return Row(path=path, blob=blob, columns=None, problems=told)
    texts, places = _texts(own_keys_aside(document))
    return Row(
        path=path,
        blob=blob,
        columns=_columns(record) | {"path": path, "blob": blob},
        texts=texts,
        places=places,
        traits=" ".join(token_of(feature) for feature in traits_of(record).elements()),
        formerly=record.formerly,
        timeline=tuple(
            (entry.at.isoformat(), entry.by.name, entry.text) for entry in in_order(record.timeline)
        ),
    )


def _columns(record: BugRecord) -> dict[str, str | int | None]:
    facts = facts_of(record)
    return {
        "id": record.id,
        "prefix": _prefix(record.id),
        "number": number_of(record.id),
        "title": record.title,
        "status": record.status.value,
        "is_open": int(record.status.is_open),
        "unfinished": int(_is_unfinished(record)),
        "severity": record.severity.value if record.severity else None,
        "reported_at": record.reported.at.isoformat(),
        "reporter": record.reported.by.name,
        "reporter_email": record.reported.by.email,
        **_people(record),
        "category": record.triage.category if record.triage else "",
        "pattern": (record.triage.pattern if record.triage else None) or "",
        "components": json.dumps(record.environment.components, ensure_ascii=False),
        "incident": incident_of(record) or "",
        "formerly": json.dumps(record.formerly),
        "root_cause": record.root_cause.summary if record.root_cause else "",
        "brief": f"{record.id} {record.title} {record.report.what_is_broken}".casefold(),
        "facts": facts_text(facts, record),
        **outline_columns(outline_of(record, facts)),
    }


def _is_unfinished(record: BugRecord) -> bool:
    """Whether somebody has to do something still: it is open, or has an open action item."""
    return record.status.is_open or any(item.done_at is None for item in record.actions)


def _people(record: BugRecord) -> dict[str, str | int | None]:
    assignment, hotfix = record.assignment, record.hotfix
    backup = assignment.backup if assignment else None
    commander = hotfix.commander if hotfix else None
    return {
        "assignee": assignment.assignee.name if assignment else "",
        "assignee_email": assignment.assignee.email if assignment else "",
        "backup_email": backup.email if backup else "",
        "commander": commander.name if commander else "",
        "commander_email": commander.email if commander else "",
        "on_hotfix_track": int(hotfix is not None),
    }


def _texts(fields: Mapping[str, object]) -> tuple[tuple[str, ...], str]:
    columns: dict[str, list[str]] = {name: [] for name in SEARCHED}
    places: dict[str, list[tuple[str, int]]] = {name: [] for name in SEARCHED}
    for where, text in texts_of(fields).items():
        column = _BY_FIELD.get(where.partition(".")[0], "other")
        columns[column].append(text)
        places[column].append((where, len(text)))
    return tuple("\n".join(parts) for parts in columns.values()), json.dumps(places)


def _prefix(bug_id: str) -> str:
    match = BUG_ID.match(bug_id)
    return match["prefix"] if match else ""
