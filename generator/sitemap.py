"""The map of the site for search engines, with the pages of the bugs."""

from collections.abc import Iterator
from datetime import UTC
from html import escape
from urllib.parse import urljoin

from generator.knowledge_base import KnowledgeBase
from generator.page_paths import IN_MENUS
from generator.page_urls import Addresses
from tracker.operations.read_work_tree import LastChange

_END = "</urlset>"


def with_bugs(output: str, base: KnowledgeBase, addresses: Addresses, site_url: str) -> str:
    """MkDocs' map with every page that MkDocs does not know, dated by its record's commit."""
    root = site_url if site_url.endswith("/") else f"{site_url}/"
    entries = "".join(
        f"<url><loc>{escape(urljoin(root, addresses.url(path)))}</loc>{_date(change)}</url>\n"
        for path, change in _pages(base)
    )
    before, end, after = output.rpartition(_END)
    return f"{before}{entries}{end}{after}"


def _pages(base: KnowledgeBase) -> Iterator[tuple[str, LastChange | None]]:
    for file in base.tree.files:
        for path in base.bugs.facts[file.path].paths:
            yield path, file.change
    for made in base.shared.pages:
        if made.path not in IN_MENUS:
            yield made.path, base.tree.tip


def _date(change: LastChange | None) -> str:
    return f"<lastmod>{change.at.astimezone(UTC):%Y-%m-%d}</lastmod>" if change else ""
