"""When pages changed last: by git, in one pass, and never by the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.operations.read_work_tree import LastChange, changes_below

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page


@dataclass(frozen=True, kw_only=True)
class PageDates:
    """The last commits of the written pages, and the newest commit for those that are made."""

    by_source: Mapping[Path, LastChange]
    tip: LastChange | None

    @classmethod
    def of(cls, docs: Path, tip: LastChange | None, cache: Path) -> "PageDates":
        """Look at the history of the documentation folder."""
        changes = changes_below(docs.parent, docs.name, ".md", cache / "docs-commits.json")
        return cls(
            by_source={docs.parent / path: change for path, change in changes.items()}, tip=tip
        )

    @property
    def mark(self) -> str:
        """Differs when a page gets another date."""
        days = sorted((str(path), _day(change)) for path, change in self.by_source.items())
        told = repr((days, _day(self.tip) if self.tip else ""))
        return blake2b(told.encode(errors="surrogateescape"), digest_size=16).hexdigest()

    def put(self, page: "Page") -> None:
        """Date a page; without git it keeps the date of the build."""
        source = page.file.abs_src_path
        change = self.by_source.get(Path(source).resolve()) if source else None
        known = change or self.tip
        if known is not None:
            page.update_date = _day(known)


def _day(change: LastChange) -> str:
    return f"{change.at.astimezone(UTC):%Y-%m-%d}"
