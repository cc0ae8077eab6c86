"""Bugs as data: one JSON file for all, one for each, and tables for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from generator.page_models.action_items import action_items, state_badge
from generator.page_models.document_state import document_states
from generator.page_models.dossier import Dossier
from generator.page_models.entry import Entry
from generator.page_paths import bug_page, data_file
from generator.site_address import SiteAddress
from tracker.workflow.clocks import Spans

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BUG_COLUMNS = (
    "id",
    "title",
    "severity",
    "status",
    "category",
    "pattern",
    "components",
    "stage",
    "reported_at",
    "reported_by",
    "assignee",
    "changed_at",
    "address",
)
_ACTION_COLUMNS = (
    "bug",
    "key",
    "text",
    "state",
    "horizon",
    "owner",
    "due",
    "done_at",
    "address",
)


def bug_rows(entries: Iterable[Entry], site: SiteAddress) -> list[dict[str, Any]]:
    """What lists show of every bug."""
    return [_row(each, site) for each in entries]


def action_rows(entries: Iterable[Entry], site: SiteAddress) -> list[dict[str, Any]]:
    """Every action item."""
    return [
        {
            "bug": entry.id,
            "key": item.key,
            "text": item.text,
            "state": state_badge(entry, item).words.lower(),
            "horizon": item.horizon,
            "owner": str(item.owner) if item.owner else None,
            "due": item.due.isoformat() if item.due else None,
            "done_at": _utc(item.done_at) if item.done_at else None,
            "address": site.page(f"{bug_page(entry.id)}#action-{item.key}"),
        }
        for entry, item in action_items(entries)
    ]


def bugs_json(bugs: Iterable[dict[str, Any]], site: SiteAddress) -> str:
    """The bugs, and where the whole of each is."""
    rows = [{**row, "record": site.page(data_file(f"bugs/{row['id']}.json"))} for row in bugs]
    return json.dumps({"bugs": rows}, ensure_ascii=False)


def bug_json(dossier: Dossier, site: SiteAddress) -> str:
    """The whole record, with what is computed from it: clocks, targets and documents."""
    record = dossier.record
    computed = {
        "as_of": _utc(dossier.now),
        "commit": dossier.as_of.commit if dossier.as_of else None,
        "seconds": seconds_of(dossier.spans),
        "targets": [
            {
                "name": each.name,
                "due": _utc(each.due),
                "done": _utc(each.done) if each.done else None,
                "state": each.state,
            }
            for each in dossier.targets
        ],
        "documents": [
            {
                "name": each.document.words,
                "state": each.state,
                "version": each.publication.version if each.publication else None,
                "address": site.page(bug_page(record.id, each.document)),
            }
            for each in document_states(dossier)
        ],
    }
    whole = record.model_dump_json(by_alias=True, exclude_defaults=True)
    about = json.dumps(
        {"address": site.page(bug_page(record.id)), "computed": computed}, ensure_ascii=False
    )
    return f'{about[:-1]}, "record": {whole}}}'


def bugs_csv(bugs: Iterable[dict[str, Any]]) -> str:
    """The bugs as comma-separated values with a heading."""
    return _csv(_BUG_COLUMNS, bugs)


def actions_csv(actions: Iterable[dict[str, Any]]) -> str:
    """The action items likewise."""
    return _csv(_ACTION_COLUMNS, actions)


def seconds_of(spans: Spans) -> dict[str, int | None]:
    """How long it took to detect, acknowledge, identify, mitigate and resolve it."""
    return {
        name: None if span is None else int(span.total_seconds())
        for name, span in vars(spans).items()
    }


def _row(entry: Entry, site: SiteAddress) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "severity": entry.severity,
        "status": entry.status,
        "category": entry.category,
        "pattern": entry.pattern,
        "components": list(entry.components),
        "stage": entry.stage,
        "reported_at": _utc(entry.reported_at),
        "reported_by": entry.reported_by,
        "assignee": str(entry.assignee) if entry.assignee else None,
        "changed_at": _utc(entry.changed_at),
        "address": site.page(bug_page(entry.id)),
    }


def _csv(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> str:
    """RFC 4180; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_inert(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def _inert(value: object) -> str:
    text = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
