"""Every address of the site, as paths of pages below the documentation folder."""

import hashlib
import re
from enum import StrEnum
from posixpath import relpath
from urllib.parse import urlencode

BUG_LIST = "bugs/index.md"
BROWSE = "browse/index.md"
DASHBOARD = "dashboard.md"
ACTION_ITEMS = "action-items.md"
LESSONS = "lessons.md"
CHANGELOG = "changelog.md"
METRICS = "metrics.md"
DATA_REFERENCE = "reference/data.md"
BUGS_CSV = "api/bugs.csv"
BUGS_SQLITE = "api/bugs.sqlite"
ACTIONS_CSV = "api/action-items.csv"
CALENDAR = "due-dates.ics"
FEEDS = {
    ("bugs", "atom"): "feeds/bugs.atom",
    ("bugs", "json"): "feeds/bugs.json",
    ("documents", "atom"): "feeds/documents.atom",
    ("documents", "json"): "feeds/documents.json",
}
"""By what they tell of and their format."""
RECORD_REFERENCE = "reference/record.md"
COMMAND_REFERENCE = "reference/commands.md"
WORKFLOW_REFERENCE = "reference/workflow.md"
COVERAGE_REFERENCE = "reference/coverage.md"
IN_MENUS = frozenset(
    {
        BUG_LIST,
        BROWSE,
        DASHBOARD,
        ACTION_ITEMS,
        LESSONS,
        CHANGELOG,
        METRICS,
        RECORD_REFERENCE,
        COMMAND_REFERENCE,
        WORKFLOW_REFERENCE,
        COVERAGE_REFERENCE,
        DATA_REFERENCE,
    }
)
"""Generated pages that menus may name; records are reached through them."""


_HARMLESS = frozenset(
    {"csv", "gif", "gz", "har", "jpeg", "jpg", "json", "log", "mp4", "pcap", "pdf", "png", "txt"}
    | {"webm", "webp", "zip"}
)
"""Endings of attachments that a browser shows without running anything in them."""


class Document(StrEnum):
    """The pages of one bug; the value is the page's name below the bug's folder."""

    OVERVIEW = "index"
    ROOT_CAUSE = "root-cause"
    HOTFIX = "hotfix"
    RELEASE_NOTES = "release-notes"
    POSTMORTEM = "post-mortem"
    HISTORY = "history"

    @property
    def words(self) -> str:
        """The document as people call it."""
        return {
            "index": "Overview",
            "root-cause": "Root cause analysis",
            "hotfix": "Hotfix sheet",
            "release-notes": "Release notes",
            "post-mortem": "Post-mortem",
            "history": "History",
        }[self.value]


class Facet(StrEnum):
    """What bugs are gathered by; the value is the folder of the pages, one for each value."""

    SEVERITY = "severity"
    STATUS = "status"
    COMPONENT = "component"
    CATEGORY = "category"
    PATTERN = "pattern"
    VERSION = "version"
    PERSON = "person"
    MONTH = "month"


def facet_page(facet: Facet, value: str) -> str:
    """Where the bugs of one value are: ``browse/component/nfc-service.md``.

    Values that differ in more than their case get different pages, whatever letters they are of.
    """
    plain = value.lower()
    name = re.sub(r"[^a-z0-9-]+", "_", plain).strip("_-")[:60]
    if not name or "_" in plain or name != plain.replace(" ", "_"):
        name = f"{name}-{hashlib.blake2s(plain.encode()).hexdigest()[:6]}".strip("-")
    return f"browse/{facet}/{name}.md"


def list_of(**wanted: str) -> str:
    """The list of all bugs, narrowed by its columns: ``bugs/index.md?severity=P1+High``."""
    return f"{BUG_LIST}?{urlencode(wanted)}"


def data_file(name: str) -> str:
    """Where a file for programs is: ``api/bugs.json``."""
    return f"api/{name}"


def bug_page(bug_id: str, document: Document = Document.OVERVIEW) -> str:
    """Where a document of a bug is: ``bugs/BUG-0456/root-cause.md``."""
    return f"bugs/{bug_id}/{document.value}.md"


def attachment_file(bug_id: str, name: str) -> str:
    """Where the site has an attachment: ``bugs/BUG-0456/files/log.txt``.

    Names are of plain letters. An ending that a browser would run or draw, or does not know, is
    followed by another one, so that a file which a stranger sent is only ever handed out.
    """
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip(".")
    if plain != name:
        stem, dot, ending = plain.rpartition(".")
        mark = hashlib.blake2s(name.encode()).hexdigest()[:6]
        plain = f"{stem}-{mark}{dot}{ending}" if stem else f"{plain}-{mark}"
    if plain.rpartition(".")[2].lower() not in _HARMLESS:
        plain += ".bin"
    return f"bugs/{bug_id}/files/{plain}"


def record_source(bug_id: str) -> str:
    """Where the site has the record's file as it is: ``bugs/BUG-0456/BUG-0456.yaml``."""
    return f"bugs/{bug_id}/{bug_id}.yaml"


def from_docs(record_path: str, docs_dir: str) -> str:
    """A record's path as seen from the documentation folder, for edit links."""
    return relpath(record_path, docs_dir)
