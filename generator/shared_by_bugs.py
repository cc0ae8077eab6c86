"""What the bugs of a site share: pages and files that tell of many of them, each made once."""

import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import Final

from generator.beside import beside
from generator.bug_builder import Setting
from generator.bug_pages import dossier
from generator.built import BuiltFile, BuiltPage, BuiltPages, built
from generator.data_files import built_file
from generator.making import MadeBugs, epoch_of
from generator.page_cache import PageCache
from generator.page_models.blocks import Table
from generator.page_models.coverage_page import coverage_page
from generator.page_models.dossier import Dossier
from generator.page_models.entry import Entry
from generator.page_models.outline import Outline
from generator.page_models.page import Page, Section
from generator.rare_collections import no_collections
from generator.render import Renderer
from generator.row_data import long_tables, rows_json
from generator.shelf import Shelf
from generator.site_address import SiteAddress
from generator.site_pages import reference_pages, shared_files, shared_pages
from tracker.model.problem import Problem
from tracker.operations.read_work_tree import FileTree

_EXAMPLES: Final = 100
"""The newest bugs, in which explanations find their examples."""
_WORTH_A_PROCESS: Final = 300
"""Bugs from which on another process for the files is earned back."""


def shared_by_bugs(
    tree: FileTree, setting: Setting, bugs: MadeBugs, problems: tuple[Problem, ...]
) -> tuple[BuiltPages, bool]:
    """All of it, and whether it was kept."""
    epoch, cache = epoch_of(setting), bugs.cache
    references, _ = cache.shared(
        "reference", epoch.hex(), lambda: _shown(reference_pages(tree.policy), setting, cache)
    )
    newest = list(islice(reversed(bugs.facts), _EXAMPLES))[::-1]
    coverage, _ = cache.shared(
        "coverage",
        _digest(epoch, [bugs.version(path) for path in newest]),
        lambda: _shown([_coverage(bugs, newest, references)], setting, cache),
    )
    wide, was_kept = cache.shared(
        "wide",
        _digest(epoch, (tuple(bugs.keys.items()), tree.tip and tree.tip.at, problems)),
        lambda: _wide(tree, setting, bugs, problems),
    )
    parts = (references, coverage, wide)
    pages = tuple(page for part in parts for page in part.pages)
    files = tuple(file for part in parts for file in part.files)
    return BuiltPages(pages=pages, files=files), was_kept


@no_collections()
def _wide(
    tree: FileTree, setting: Setting, bugs: MadeBugs, problems: tuple[Problem, ...]
) -> BuiltPages:
    entries = bugs.cache.entries()
    shelf = Shelf(
        policy=tree.policy,
        tip=tree.tip,
        problems=problems,
        entries=tuple(entries[file.path] for file in tree.files if file.path in entries),
        known=setting.known,
        opened=_opened(tree, bugs, entries),
    )
    many = len(entries) >= _WORTH_A_PROCESS
    with beside(lambda: _apart(shelf, setting.site), worth_it=many) as parts:
        shown = _shown(shared_pages(shelf, lambda: next(parts).pages[0]), setting, bugs.cache)
        files = next(parts).files
    return BuiltPages(pages=shown.pages, files=(*files, *shown.files))


@dataclass(frozen=True, kw_only=True)
class _Part:
    pages: tuple[Page, ...] = ()
    files: tuple[BuiltFile, ...] = ()


def _apart(shelf: Shelf, site: SiteAddress) -> Iterator[_Part]:
    """What is made beside the other pages, about half of the work: numbers, and files."""
    yield _Part(pages=(shelf.metrics(),))
    yield _Part(files=tuple(map(built_file, shared_files(shelf, site))))


def _opened(
    tree: FileTree, bugs: MadeBugs, entries: Mapping[str, Entry]
) -> Callable[[str], Dossier]:
    """Reads the whole record of a bug, by its id."""
    files = {file.path: file for file in tree.files}
    paths = {entry.id: path for path, entry in entries.items()}

    def opened(bug_id: str) -> Dossier:
        path = paths[bug_id]
        return dossier(
            bugs.cache.record(path),
            files[path].change,
            policy=tree.policy,
            known=frozenset(),
            problems=(),
        )

    return opened


def _coverage(bugs: MadeBugs, newest: Iterable[str], references: BuiltPages) -> Page:
    return coverage_page((*_outlines(bugs, newest), *(page.outline for page in references.pages)))


def _outlines(bugs: MadeBugs, newest: Iterable[str]) -> Iterator[Outline]:
    for path in newest:
        yield from (page.outline for page in bugs.pages(path).pages)


def _shown(models: Iterable[Page], setting: Setting, cache: PageCache) -> BuiltPages:
    """Pages as HTML, with the files of their long tables."""
    renderer, epoch, kept = Renderer(setting.compiled), epoch_of(setting), cache.rendered()
    fresh: dict[str, tuple[str, str]] = {}
    pages: list[BuiltPage] = []
    files: list[BuiltFile] = []
    for page in models:
        link = partial(setting.addresses.link, page.path)
        moved_to = link(page.moved_to) if page.moved_to else ""
        key = _page_key(epoch, page)
        known, html = kept.get(page.path, ("", ""))
        if known != key:
            html = renderer.html(page, link)
            fresh[page.path] = key, html
        pages.append(built(page, html, moved_to))
        files.extend(
            BuiltFile(path=table.data, content=rows_json(table, link))
            for table in long_tables(page)
        )
    cache.keep_rendered(fresh)
    return BuiltPages(pages=tuple(pages), files=tuple(files))


def _page_key(epoch: bytes, page: Page) -> str:
    """All that a page's HTML is made from, in one short text; most rows are in other files."""
    parts = tuple(map(_section_key, (*page.glance, *page.sections)))
    frame = replace(page, glance=(), sections=())
    return blake2b(epoch + _told((len(page.glance), frame, parts)), digest_size=16).hexdigest()


def _told(values: object) -> bytes:
    """All values, whether or not two of them are one object, which changes from run to run."""
    told = io.BytesIO()
    pickler = pickle.Pickler(told)
    pickler.fast = True
    pickler.dump(values)
    return told.getvalue()


def _section_key(part: Section) -> object:
    blocks = tuple(
        (replace(each, rows=each.shown), len(each.rows), each.choices)
        if isinstance(each, Table)
        else each
        for each in part.blocks
    )
    return part.heading, part.anchor, blocks, tuple(map(_section_key, part.sections))


def _digest(epoch: bytes, told: object) -> str:
    return blake2b(epoch + repr(told).encode(), digest_size=16).hexdigest()
