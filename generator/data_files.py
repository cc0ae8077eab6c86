"""Files for programs beside the pages: JSON, CSV, feeds, a calendar and the changelog."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from generator.bug_data import bug_json, bugs_csv, bugs_json
from generator.built import BuiltFile
from generator.due_dates import due_dates
from generator.feeds import atom, changed_bugs, json_feed, published_documents
from generator.page_models.changelog import changelog_text, releases
from generator.page_models.dossier import Dossier
from generator.page_paths import ACTIONS_CSV, BUGS_CSV, CALENDAR, FEEDS, data_file
from generator.site_address import SiteAddress
from tracker.workflow.measured import Measured
from tracker.workflow.metrics import Metric, Slice, slices


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """A file of the site that is no page."""

    path: str
    """Below the site's root."""
    content: str | bytes


def built_file(made: DataFile) -> BuiltFile:
    """The file as it is kept."""
    text = made.content if isinstance(made.content, str) else made.content.decode()
    return BuiltFile(path=made.path, content=text)


def bug_files(dossier: Dossier, site: SiteAddress) -> Iterator[DataFile]:
    """The files of one bug; they depend on its dossier and on the site's address alone."""
    path = data_file(f"bugs/{dossier.record.id}.json")
    yield DataFile(path=path, content=bug_json(dossier, site))


def wide_files(
    dossiers: tuple[Dossier, ...], counted: tuple[Measured, ...], site: SiteAddress
) -> Iterator[DataFile]:
    """The files that tell of all bugs; each is made in one pass over them."""
    yield DataFile(path=data_file("bugs.json"), content=bugs_json(dossiers, site))
    yield DataFile(path=data_file("metrics.json"), content=_metrics(slices(counted)))
    yield DataFile(path=data_file("CHANGELOG.txt"), content=changelog_text(releases(dossiers)))
    bugs, actions = bugs_csv(dossiers, site)
    yield DataFile(path=BUGS_CSV, content=bugs)
    yield DataFile(path=ACTIONS_CSV, content=actions)
    yield DataFile(path=CALENDAR, content=due_dates(dossiers, site))
    for name, entries in (
        ("bugs", changed_bugs(dossiers, site)),
        ("documents", published_documents(dossiers, site)),
    ):
        yield DataFile(path=FEEDS[name, "atom"], content=atom(name, entries, site))
        yield DataFile(path=FEEDS[name, "json"], content=json_feed(name, entries, site))


def _metrics(found: tuple[Slice, ...]) -> str:
    told = [
        {
            "by": each.kind,
            "name": each.name,
            "metrics": [_metric(metric) for metric in each.metrics],
        }
        for each in found
    ]
    return json.dumps({"slices": told}, ensure_ascii=False)


def _metric(metric: Metric) -> dict[str, object]:
    return {
        "name": metric.name,
        "definition": metric.definition,
        "unit": metric.unit,
        "value": metric.value,
        "rows": metric.rows,
        "hits": metric.hits,
    }
