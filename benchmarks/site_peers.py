"""The same words as Markdown, for stock MkDocs with Material and for Hugo with a simple theme."""

import re
from html import unescape
from pathlib import Path
from typing import Final

from generator.built import BuiltPage
from generator.page_cache import PageCache

_BREAKS: Final = re.compile(r"</(?:p|li|tr|dd|div|pre|h[1-6]|section|header)>")
_HEADING: Final = re.compile(
    r"<h([1-6])[^>]*>(.*?)(?:<a class=\"headerlink\".*?</a>)?</h\1>", re.DOTALL
)
_TAG: Final = re.compile(r"<[^>]*>")
_MKDOCS: Final = """\
site_name: Bugs
theme:
  name: material
  font: false
markdown_extensions: [admonition, attr_list, tables, {toc: {permalink: true}}, pymdownx.superfences]
plugins: [search]
nav: [index.md]
validation: {omitted_files: ignore}
"""
_HUGO_LAYOUT: Final = """\
<!doctype html><html lang="en"><head><title>{{ .Title }}</title></head><body>
<nav><a href="/">Bugs</a></nav><aside>{{ .TableOfContents }}</aside>
<main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""


def markdown_of(page: BuiltPage) -> str:
    """A page's words as plain Markdown: its headings, and a paragraph for each line of text."""
    text = _HEADING.sub(lambda found: f"\n\n{'#' * int(found[1])} {found[2]}\n\n", page.html)
    text = unescape(_TAG.sub("", _BREAKS.sub("\n\n", text)))
    return re.sub(r"\n\s*\n+", "\n\n", text.replace("{{", "{ {").replace("{%", "{ %"))


def write_peers(cache: PageCache, mkdocs: Path, hugo: Path) -> int:
    """Write both projects from pages that were built before; the number of pages."""
    count = 0
    for path in cache.facts():
        for page in cache.pages(path).pages:
            count += 1
            text = markdown_of(page)
            _write(mkdocs / "docs" / page.path, text)
            front = f"---\ntitle: {page.path.removesuffix('.md')}\n---\n"
            name = page.path.replace("/index.md", "/_index.md")
            _write(hugo / "content" / name, front + text)
    _write(mkdocs / "docs" / "index.md", "# Bugs\n")
    _write(mkdocs / "mkdocs.yml", _MKDOCS)
    _write(
        hugo / "config.toml", 'baseURL = "/"\ntitle = "Bugs"\ndisableKinds = ["taxonomy", "term"]\n'
    )
    for kind in ("single", "list"):
        _write(hugo / "layouts" / "_default" / f"{kind}.html", _HUGO_LAYOUT)
    return count


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
