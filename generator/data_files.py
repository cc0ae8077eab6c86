"""Files for programs beside the pages: JSON, CSV, feeds, a calendar and the changelog."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.bug_data import (
    action_rows,
    actions_csv,
    bug_json,
    bug_rows,
    bugs_csv,
    bugs_json,
    seconds_of,
)
from generator.built import BuiltFile
from generator.due_dates import Due, calendar_of
from generator.page_models.dossier import Dossier
from generator.page_paths import ACTIONS_CSV, BUGS_CSV, BUGS_SQLITE, CALENDAR, FEEDS, data_file
from generator.shelf import Shelf
from generator.site_address import SiteAddress

if TYPE_CHECKING:
    from tracker.workflow.metrics import Metric, Slice


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """A file of the site that is no page."""

    path: str
    """Below the site's root."""
    content: str | bytes


def built_file(made: DataFile) -> BuiltFile:
    """The file as it is kept."""
    if isinstance(made.content, str):
        return BuiltFile(path=made.path, content=made.content)
    return BuiltFile(path=made.path, base64=b64encode(made.content).decode())


def bug_files(dossier: Dossier, site: SiteAddress) -> Iterator[DataFile]:
    """The files of one bug; they depend on its dossier and on the site's address alone."""
    path = data_file(f"bugs/{dossier.record.id}.json")
    yield DataFile(path=path, content=bug_json(dossier, site))


def table_files(shelf: Shelf, site: SiteAddress) -> Iterator[DataFile]:
    """All bugs, and all action items, for programs, spreadsheets and questions."""
    from generator.bug_database import database

    entries = shelf.today
    bugs, actions = bug_rows(entries, site), action_rows(entries, site)
    yield DataFile(path=data_file("bugs.json"), content=bugs_json(bugs, site))
    yield DataFile(path=BUGS_CSV, content=bugs_csv(bugs))
    yield DataFile(path=ACTIONS_CSV, content=actions_csv(actions))
    seconds = (seconds_of(entry.spans) for entry in entries)
    yield DataFile(path=BUGS_SQLITE, content=database(bugs, seconds, actions))


def calendar_file(found: Iterable[Due], site: SiteAddress) -> DataFile:
    """What is due."""
    return DataFile(path=CALENDAR, content=calendar_of(found, site))


def feed_files(shelf: Shelf, site: SiteAddress) -> Iterator[DataFile]:
    """What changed last."""
    from generator.feeds import atom, changed_bugs, json_feed, published_documents

    for name, items in (
        ("bugs", changed_bugs(shelf.seen, shelf.whole, site)),
        ("documents", published_documents(shelf.seen, shelf.whole, site)),
    ):
        yield DataFile(path=FEEDS[name, "atom"], content=atom(name, items, site))
        yield DataFile(path=FEEDS[name, "json"], content=json_feed(name, items, site))


def numbers_file(found: "tuple[Slice, ...]") -> DataFile:
    """Every number with all of its rows."""
    told = [
        {
            "by": each.kind,
            "name": each.name,
            "metrics": [_metric(metric) for metric in each.metrics],
        }
        for each in found
    ]
    content = json.dumps({"slices": told}, ensure_ascii=False)
    return DataFile(path=data_file("metrics.json"), content=content)


def _metric(metric: "Metric") -> dict[str, object]:
    return {
        "name": metric.name,
        "definition": metric.definition,
        "unit": metric.unit,
        "value": metric.value,
        "rows": metric.rows,
        "hits": metric.hits,
    }
