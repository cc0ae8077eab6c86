"""When pages changed last: by git, in one pass, and never by the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from tracker.operations.read_work_tree import LastChange, changes_below


@dataclass(frozen=True, kw_only=True)
class PageDates:
    """The last commits of the written pages, and the newest commit for those that are made."""

    by_source: Mapping[Path, LastChange]
    tip: LastChange | None

    @classmethod
    def of(cls, config: MkDocsConfig, tip: LastChange | None, cache: Path) -> "PageDates":
        """Look at the history of the documentation folder."""
        docs = Path(config.docs_dir).resolve()
        changes = changes_below(docs.parent, docs.name, ".md", cache / "docs-commits.json")
        return cls(
            by_source={docs.parent / path: change for path, change in changes.items()}, tip=tip
        )

    def put(self, page: Page) -> None:
        """Date a page; without git it keeps the date of the build."""
        source = page.file.abs_src_path
        change = self.by_source.get(Path(source).resolve()) if source else None
        known = change or self.tip
        if known is not None:
            page.update_date = f"{known.at.astimezone(UTC):%Y-%m-%d}"
