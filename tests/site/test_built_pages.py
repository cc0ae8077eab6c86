"""The built files: links lead somewhere, nothing is from elsewhere, no script is a stranger's."""

from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

_ROOT = "http://knowledge.example/"
_LOADING = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")}
_LOADING_RELATIONS = {"stylesheet", "preload", "preconnect", "icon", "modulepreload"}
_POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'self'"
)


@dataclass
class _Contents(HTMLParser):
    """What a page links to, loads and runs."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    """Those within the page."""
    policies: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("id") in self.anchors:
            self.twice.append(given["id"])
        self.anchors.update(value for name, value in given.items() if name in {"id", "name"})
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.loads.extend(
            given[name] for loading, name in _LOADING if tag == loading and name in given
        )
        if tag == "link" and _LOADING_RELATIONS & set(given.get("rel", "").split()):
            self.loads.append(given["href"])
        if tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(given["content"])
        self._in_script = (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        )
        if tag == "style":
            self.inline.append("<style>")
        self.inline.extend(name for name in given if name == "style" or name.startswith("on"))

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)
            self._in_script = False


@pytest.fixture(scope="module")
def pages(site_folder: Path) -> dict[str, _Contents]:
    """Every built page by its address."""
    found = {}
    for path in sorted(site_folder.rglob("*.html")):
        contents = _Contents()
        contents.feed(path.read_text(encoding="utf-8"))
        address = path.relative_to(site_folder).as_posix().removesuffix("index.html")
        found[_ROOT + address] = contents
    return found


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _broken(site_folder: Path, pages: dict[str, _Contents]) -> list[str]:
    broken = []
    for address, contents in pages.items():
        for link in (*contents.links, *contents.loads):
            target = urljoin(address, link)
            parts = urlsplit(target)
            if parts.scheme not in {"http", "https"} or not target.startswith(_ROOT):
                continue
            path = site_folder / unquote(parts.path).lstrip("/")
            if not (path.is_file() or (path / "index.html").is_file()):
                broken.append(f"{address}: {link}")
            page = pages.get(target.split("#")[0].split("?")[0])
            if parts.fragment and page and unquote(parts.fragment) not in page.anchors:
                broken.append(f"{address}: {link} has no such anchor")
    return broken


def test_every_link_leads_to_a_page_and_every_anchor_exists(
    site_folder: Path, pages: dict[str, _Contents]
) -> None:
    assert len(pages) > 30
    assert _broken(site_folder, pages) == []


def test_a_broken_link_would_be_found(site_folder: Path) -> None:
    contents = _Contents()
    contents.feed('<a href="guides/start/#nowhere"></a><a href="guides/missing/"></a>')
    found = _broken(site_folder, {_ROOT: contents, _ROOT + "guides/start/": _Contents()})
    assert [line.split(": ")[1] for line in found] == [
        "guides/start/#nowhere has no such anchor",
        "guides/missing/",
    ]


def test_no_page_loads_anything_from_another_host(pages: dict[str, _Contents]) -> None:
    foreign = {
        f"{address}: {load}"
        for address, contents in pages.items()
        for load in contents.loads
        if not urljoin(address, load).startswith(_ROOT)
    }
    assert foreign == set()


def test_no_style_sheet_loads_anything_from_another_host(site_folder: Path) -> None:
    sheets = {path.name: path.read_text("utf-8") for path in site_folder.rglob("*.css")}
    assert "tokens.css" in sheets
    assert [
        name for name, text in sheets.items() if "url(http" in text or 'url("http' in text
    ] == []


def test_every_page_refuses_scripts_and_styles_that_are_not_its_own(
    pages: dict[str, _Contents],
) -> None:
    for address, contents in pages.items():
        hashes = " ".join(f"'sha256-{_digest(text)}'" for text in contents.scripts)
        assert contents.policies == [_POLICY.format(hashes=hashes)], address


def test_every_page_has_the_same_two_scripts_inline(pages: dict[str, _Contents]) -> None:
    (scripts,) = {tuple(contents.scripts) for contents in pages.values()}
    assert len(scripts) == 2


def test_no_page_has_an_inline_style_or_handler(pages: dict[str, _Contents]) -> None:
    inline = {address: contents.inline for address, contents in pages.items() if contents.inline}
    assert inline == {}


def test_no_page_uses_an_anchor_twice(pages: dict[str, _Contents]) -> None:
    assert {address: page.twice for address, page in pages.items() if page.twice} == {}
