"""Addresses and files of pages, as MkDocs would name them."""

import re
from dataclasses import dataclass
from posixpath import relpath


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
        target = re.split("[?#]", to, maxsplit=1)[0]
        rest = to[len(target) :]
        there = self.url(target) if target.endswith(".md") else target
        folder = self.url(seen_from).rpartition("/")[0]
        way = relpath(there or ".", folder or ".")
        slash = "/" if not there or there.endswith("/") else ""
        return f"{way}{slash}{rest}"
