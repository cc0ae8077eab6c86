"""Addresses and files of pages, as MkDocs would name them."""

from dataclasses import dataclass
from posixpath import commonprefix, relpath


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """How paths of pages become addresses; `directories` is MkDocs' `use_directory_urls`."""

    directories: bool

    def url(self, path: str) -> str:
        """The address of a page below the site: ``bugs/BUG-0456/root-cause/``."""
        stem = path.removesuffix(".md")
        if not self.directories:
            return f"{stem}.html"
        return stem.removesuffix("index") if stem.split("/")[-1] == "index" else f"{stem}/"

    def file(self, path: str) -> str:
        """Where the built page is below the site: ``bugs/BUG-0456/root-cause/index.html``."""
        url = self.url(path)
        return f"{url}index.html" if self.directories else url

    def link(self, seen_from: str, to: str) -> str:
        """The way from a page to a page or file; `to` may end with a query or an anchor."""
        target = to.partition("?")[0].partition("#")[0]
        rest = to[len(target) :]
        there = self.url(target) if target.endswith(".md") else target
        way = _way(there, self.url(seen_from).rpartition("/")[0])
        slash = "/" if not there or there.endswith("/") else ""
        return f"{way}{slash}{rest}"


def _way(there: str, folder: str) -> str:
    """`relpath` for paths that are in their shortest form already, which takes a tenth of it."""
    if "." in {there[:1], folder[:1]} or "/." in there or "//" in there:
        return relpath(there or ".", folder or ".")
    target = there.rstrip("/").split("/") if there else []
    start = folder.split("/") if folder else []
    common = len(commonprefix([target, start]))
    return "/".join([*[".."] * (len(start) - common), *target[common:]]) or "."
