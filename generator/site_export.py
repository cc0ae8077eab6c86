"""Writes the site as Markdown files, for another generator than the one of today."""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from re import Match
from typing import Any, Final

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import get_files
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import yaml_load

from generator.build_progress import told_progress
from generator.built import BuiltPage
from generator.knowledge_base import KnowledgeBase
from generator.markdown_page import front_matter, markdown_page
from generator.mkdocs_plugin import BugbookPlugin
from generator.page_paths import IN_MENUS
from generator.publication import write_changed
from generator.theme import STYLES, THEME, asset_paths, asset_source, styles

LISTING: Final = ".bugbook-export.json"
"""Names the files of an export, below its folder."""
DOCS: Final = "docs"
_SCRIPTS: Final = ("assets/js/tables.js", "assets/js/page.js")
_OURS_ALONE: Final = (
    "edit_uri",
    "edit_uri_template",
    "exclude_docs",
    "hooks",
    "INHERIT",
    "strict",
    "watch",
)
"""Settings that name what an export does not have."""
_EXTENSIONS: Final = ("attr_list", "md_in_html", "tables", "toc")
"""What the pages need; a heading's anchor is an attribute."""
_LINK: Final = re.compile(r"(?<=\]\()[^()\s#]+\.md(?=[#)\s])")
"""A Markdown file that a guide leads to."""


def export_site(config: MkDocsConfig, folder: Path) -> int:
    """Write every page into a folder; the number of pages that records ask for.

    Raises:
        ConfigurationError: the folder holds what no export wrote, or mkdocs.yml lacks the plugin.
        PluginError: a record cannot be read.
    """
    plugin = config.plugins.get("bugbook")
    if not isinstance(plugin, BugbookPlugin):
        message = "mkdocs.yml does not name the plugin. Add `bugbook` below `plugins:`."
        raise ConfigurationError(message)
    config.plugins.on_startup(command="build", dirty=False)
    before = _written_before(folder, Path(config.docs_dir))
    guides = {file.src_uri: file.content_bytes for file in get_files(config)}
    with told_progress() as watcher:
        plugin.writer.watcher = watcher
        with plugin.opened(config) as base:
            pages = tuple(_pages(base))
            moved = {page.path: _place(page.path, config) for page in pages}
            made = {
                **dict(_assets(config)),
                **{path: _guide(path, data, pages, moved) for path, data in guides.items()},
                **{moved[page.path]: markdown_page(page).encode() for page in pages},
                **dict(_data(base)),
            }
    whole = {f"{DOCS}/{path}": data for path, data in made.items()}
    whole["mkdocs.yml"] = _configuration(config, moved).encode()
    _write(folder, whole, before)
    return len(pages)


def _written_before(folder: Path, docs: Path) -> tuple[str, ...]:
    if docs.resolve() in (folder.resolve(), *folder.resolve().parents):
        message = f"{folder} is inside of {docs}, which is exported. Choose a folder elsewhere."
        raise ConfigurationError(message)
    if not folder.exists() or not any(folder.iterdir()):
        return ()
    try:
        listed = json.loads((folder / LISTING).read_bytes())
        return tuple(map(str, listed["files"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = (
            f"{folder} holds files that no export wrote, so nothing is written into it. "
            "Choose an empty folder or a new one."
        )
        raise ConfigurationError(message) from error


def _write(folder: Path, files: dict[str, bytes], before: Iterable[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    listed = json.dumps({"files": sorted(files)}, indent=1).encode()
    write_changed(folder / LISTING, listed)
    for path, data in files.items():
        write_changed(folder / path, data)
    for path in set(before) - set(files):
        gone = folder / path
        if gone.resolve().is_relative_to(folder.resolve()):
            gone.unlink(missing_ok=True)


def _pages(base: KnowledgeBase) -> Iterator[BuiltPage]:
    yield from base.shared.pages
    for path in base.bugs.facts:
        yield from base.bugs.pages(path).pages


def _data(base: KnowledgeBase) -> Iterator[tuple[str, bytes]]:
    """Attachments, feeds and files for programs; a generator brings its own search."""
    made = (base.shared, *map(base.bugs.pages, base.bugs.facts))
    for file in (file for pages in made for file in pages.files):
        yield file.path, file.data(base.root)


def _assets(config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
    if config.theme.name == THEME:
        yield STYLES, styles().encode()
        for path in asset_paths():
            yield path, asset_source(path).read_bytes()


def _place(path: str, config: MkDocsConfig) -> str:
    """Where a page is in an export: at the same address, and one folder deep for each of its parts.

    Links in HTML are seen from the page's address by MkDocs and from its file by Zensical; where
    the file is an index both are the same.
    """
    if not config.use_directory_urls or posixpath.basename(path) == "index.md":
        return path
    return f"{path.removesuffix('.md')}/index.md"


def _guide(path: str, data: bytes, pages: Iterable[BuiltPage], moved: Mapping[str, str]) -> bytes:
    """A guide as it is, but for links to pages; without a template of ours it leads to them."""
    if not path.endswith(".md"):
        return data

    def followed(link: Match[str]) -> str:
        page = posixpath.normpath(posixpath.join(posixpath.dirname(path), link[0]))
        is_moved = moved.get(page, page) != page
        return f"{link[0].removesuffix('.md')}/index.md" if is_moved else link[0]

    text = _LINK.sub(followed, data.decode())
    body, meta = get_data(text)
    if meta.pop("template", None):
        text = front_matter(meta) + (body.strip() or _welcome(meta, pages, moved)) + "\n"
    return text.encode()


def _welcome(meta: Mapping[str, Any], pages: Iterable[BuiltPage], moved: Mapping[str, str]) -> str:
    """What the site has: how bugs stand first, then the references, each with what is in it."""
    listed = sorted(
        (page for page in pages if page.path in IN_MENUS),
        key=lambda page: (page.in_reference, page.title),
    )
    shown = [f"# {meta.get('title', 'Home')}", "", str(meta.get("description", "")), ""]
    for heading, reference in (("How Bugs Stand", False), ("Reference", True)):
        shown += [f"## {heading}", ""]
        shown += [
            f"- **[{page.title}]({moved[page.path]})**: {page.summary}"
            for page in listed
            if page.in_reference is reference
        ]
        shown.append("")
    return "\n".join(shown).rstrip()


def _configuration(config: MkDocsConfig, moved: Mapping[str, str]) -> str:
    """The team's own mkdocs.yml, without what an export does not need."""
    with Path(config.config_file_path).open(encoding="utf-8") as file:
        written = yaml_load(file)
    given = {key: value for key, value in written.items() if key not in _OURS_ALONE}
    theme = given.get("theme", {"name": config.theme.name})
    if isinstance(theme, dict):
        given["theme"] = {key: value for key, value in theme.items() if key != "custom_dir"}
    given |= {"docs_dir": DOCS, "site_dir": "site", "plugins": ["search"]}
    if "nav" in given:
        given["nav"] = _menu(given["nav"], moved)
    given["markdown_extensions"] = _extensions(given.get("markdown_extensions", []))
    if config.theme.name == THEME:
        given["extra_css"] = [STYLES, *given.get("extra_css", [])]
        given["extra_javascript"] = [*_SCRIPTS, *given.get("extra_javascript", [])]
    return yaml.dump(given, allow_unicode=True, sort_keys=False)


def _extensions(given: Any) -> list[Any]:  # noqa: ANN401 - as a person writes it
    if isinstance(given, dict):
        given = [{name: options} for name, options in given.items()]
    names = {next(iter(item)) if isinstance(item, dict) else item for item in given}
    return [*given, *(name for name in _EXTENSIONS if name not in names)]


def _menu(item: Any, moved: Mapping[str, str]) -> Any:  # noqa: ANN401 - nested as people like
    if isinstance(item, list):
        return [_menu(each, moved) for each in item]
    if isinstance(item, dict):
        return {title: _menu(each, moved) for title, each in item.items()}
    return moved.get(item, item)
