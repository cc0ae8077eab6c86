"""Feeds: bugs as they change, and documents as they are published; Atom and JSON Feed alike."""

import heapq
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter, itemgetter
from typing import Final
from xml.etree import ElementTree as ET

from generator.page_models.dossier import Dossier
from generator.page_models.entry import Entry, Published, Whole, changed_at
from generator.page_models.inline import severity_badge, status_badge
from generator.page_paths import FEEDS, Document, bug_page
from generator.plain_text import plain_text
from generator.site_address import SiteAddress
from tracker.model.record import BugRecord

_ATOM: Final = "http://www.w3.org/2005/Atom"
_MOST: Final = 50
_TITLES: Final = {"bugs": "Bugs", "documents": "Release notes and post-mortems"}
_UNFIT: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NEWEST: Final = itemgetter(0, 1)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to read; `key` stays the same when it is read again."""

    key: str
    title: str
    address: str
    at: datetime
    author: str
    text: str
    """Without the marks of Markdown: readers of feeds show it as it is, or as HTML."""
    category: str


def changed_bugs(entries: Iterable[Entry], whole: Whole, site: SiteAddress) -> tuple[Item, ...]:
    """The bugs that changed last, each once, with what happened to it last."""
    newest = heapq.nlargest(_MOST, entries, key=attrgetter("changed_at", "id"))
    return tuple(_bug(whole(each), site) for each in newest)


def published_documents(
    entries: Iterable[Entry], whole: Whole, site: SiteAddress
) -> tuple[Item, ...]:
    """The release notes and post-mortems that were published last, each revision for itself."""
    dated = (
        (written.at, f"{each.id}/{written.document.value}/{written.version}", each, written)
        for each in entries
        for written in each.published
    )
    newest = heapq.nlargest(_MOST, dated, key=_NEWEST)
    return tuple(_document(key, whole(each), written, site) for _, key, each, written in newest)


def atom(name: str, entries: Iterable[Item], site: SiteAddress) -> str:
    """The feed as Atom (RFC 4287); texts are texts, never markup."""
    listed = tuple(entries)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:base": site.root or "../"})
    _add(feed, "id", f"urn:bugbook:{name}")
    _add(feed, "title", f"{site.name}: {_TITLES[name]}")
    _add(feed, "updated", _utc(max((entry.at for entry in listed), default=_EPOCH)))
    ET.SubElement(feed, "link", {"rel": "self", "href": site.page(FEEDS[name, "atom"])})
    ET.SubElement(feed, "link", {"href": site.page("index.md") or "."})
    for entry in listed:
        node = ET.SubElement(feed, "entry")
        _add(node, "id", f"urn:bugbook:{entry.key}")
        _add(node, "title", entry.title)
        _add(node, "updated", _utc(entry.at))
        _add(ET.SubElement(node, "author"), "name", entry.author)
        ET.SubElement(node, "link", {"href": entry.address})
        ET.SubElement(node, "category", {"term": entry.category})
        _add(node, "summary", entry.text)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def json_feed(name: str, entries: Iterable[Item], site: SiteAddress) -> str:
    """The feed as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{site.name}: {_TITLES[name]}",
        "home_page_url": site.page("index.md"),
        "feed_url": site.page(FEEDS[name, "json"]),
        "items": [
            {
                "id": f"urn:bugbook:{entry.key}",
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.text,
                "date_modified": _utc(entry.at),
                "authors": [{"name": entry.author}],
                "tags": [entry.category],
            }
            for entry in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _document(key: str, dossier: Dossier, found: Published, site: SiteAddress) -> Item:
    record, document = dossier.record, found.document
    is_notes = document is Document.RELEASE_NOTES
    written = record.release_notes if is_notes else record.postmortem
    by = written.published[-1].by if written else record.reported.by
    return Item(
        key=key,
        title=f"{document.words} of {record.id}: {record.title}",
        address=site.page(bug_page(record.id, document)),
        at=found.at,
        author=by.name,
        text=plain_text(_summary(record, document)),
        category=document.words,
    )


def _bug(dossier: Dossier, site: SiteAddress) -> Item:
    record = dossier.record
    last = max(record.timeline, key=lambda entry: entry.at, default=None)
    told = last.text if last else record.report.what_is_broken
    severity = severity_badge(record.severity, dossier.policy).words
    return Item(
        key=record.id,
        title=f"{record.id} {record.title}",
        address=site.page(bug_page(record.id)),
        at=changed_at(record),
        author=last.by.name if last else record.reported.by.name,
        text=f"{severity}, {status_badge(record.status).words.lower()}. {plain_text(told)}",
        category=severity,
    )


def _summary(record: BugRecord, document: Document) -> str:
    if document is Document.RELEASE_NOTES and record.release_notes is not None:
        return record.release_notes.summary
    written = record.postmortem.summary if record.postmortem else None
    return written or record.report.what_is_broken


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
