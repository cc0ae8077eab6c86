"""Shows page models as HTML; a page whose model is as it was is not rendered again."""

import io
import pickle
from dataclasses import replace
from functools import partial
from hashlib import blake2b

from generator.bug_builder import Setting
from generator.built import BuiltFile, BuiltPage, BuiltPages, built
from generator.data_files import built_file
from generator.making import epoch_of
from generator.page_cache import PageCache
from generator.page_models.blocks import Table
from generator.page_models.page import Page, Section
from generator.render import Renderer
from generator.row_data import long_tables, rows_json
from generator.wide_parts import WideMade


class PageShower:
    """Shows pages, and keeps those that were not kept yet."""

    def __init__(self, setting: Setting, cache: PageCache) -> None:
        self._setting = setting
        self._cache = cache
        self._renderer = Renderer(setting.compiled)
        self._epoch = epoch_of(setting)
        self._kept = cache.rendered()
        self._fresh: dict[str, tuple[str, str]] = {}

    def shown(self, made: WideMade) -> BuiltPages:
        """Pages as HTML, with their files and those of their long tables."""
        tables = (file for page in made.pages for file in self._tables(page))
        return BuiltPages(
            pages=tuple(map(self._page, made.pages)),
            files=(*map(built_file, made.files), *tables),
        )

    def keep(self) -> None:
        """Keep what was rendered for the next build."""
        self._cache.keep_rendered(self._fresh)

    def _page(self, page: Page) -> BuiltPage:
        link = partial(self._setting.addresses.link, page.path)
        key = _page_key(self._epoch, page)
        known, html = self._kept.get(page.path, ("", ""))
        if known != key:
            html = self._renderer.html(page, link)
            self._fresh[page.path] = key, html
        return built(page, html, link(page.moved_to) if page.moved_to else "")

    def _tables(self, page: Page) -> list[BuiltFile]:
        link = partial(self._setting.addresses.link, page.path)
        return [
            BuiltFile(path=table.data, content=rows_json(table, link))
            for table in long_tables(page)
        ]


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
