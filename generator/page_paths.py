"""Every address of the site, as paths of pages below the documentation folder."""

from enum import StrEnum
from posixpath import relpath

BUG_LIST = "bugs/index.md"
DASHBOARD = "dashboard.md"
RECORD_REFERENCE = "reference/record.md"
COMMAND_REFERENCE = "reference/commands.md"
WORKFLOW_REFERENCE = "reference/workflow.md"
COVERAGE_REFERENCE = "reference/coverage.md"
IN_MENUS = frozenset(
    {
        BUG_LIST,
        DASHBOARD,
        RECORD_REFERENCE,
        COMMAND_REFERENCE,
        WORKFLOW_REFERENCE,
        COVERAGE_REFERENCE,
    }
)
"""Generated pages that menus may name; records are reached through them."""


class Document(StrEnum):
    """The pages of one bug; the value is the page's name below the bug's folder."""

    OVERVIEW = "index"
    ROOT_CAUSE = "root-cause"
    HOTFIX = "hotfix"
    RELEASE_NOTES = "release-notes"
    POSTMORTEM = "post-mortem"

    @property
    def words(self) -> str:
        """The document as people call it."""
        return {
            "index": "Overview",
            "root-cause": "Root cause analysis",
            "hotfix": "Hotfix sheet",
            "release-notes": "Release notes",
            "post-mortem": "Post-mortem",
        }[self.value]


def bug_page(bug_id: str, document: Document = Document.OVERVIEW) -> str:
    """Where a document of a bug is: ``bugs/BUG-0456/root-cause.md``."""
    return f"bugs/{bug_id}/{document.value}.md"


def from_docs(record_path: str, docs_dir: str) -> str:
    """A record's path as seen from the documentation folder, for edit links."""
    return relpath(record_path, docs_dir)
