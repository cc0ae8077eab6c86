"""Writes the pages of the bugs, all of them or those that changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from generator.beside import beside
from generator.built import BuiltPages, as_bytes
from generator.kept_theme import KeptTheme
from generator.knowledge_base import KnowledgeBase
from generator.last_build import build_words
from generator.page_paths import IN_MENUS
from generator.publication import Publication, Share, write_changed
from generator.stamped import Pages

_WORTH_A_PROCESS: Final = 300
"""Bugs to write from which on another process is earned back."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a build did."""

    pages: int = 0
    """Pages of the site that are made from records."""
    reused: int = 0
    """Those that were made before and are still the same."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """A site that is built."""

    folder: Path
    counts: Counts
    kept: KeptTheme | None = None
    """What later builds need of MkDocs; nothing where they need MkDocs itself."""

    @property
    def words(self) -> str:
        """What was made and what was not."""
        return build_words(self.counts.pages, reused=self.counts.reused)


class Watcher:
    """Hears how far a build is; this one does not tell."""

    def making(self, done: int, of: int) -> None:
        """So many bugs of so many are made."""

    def writing(self, done: int, of: int) -> None:
        """So many bugs of so many are written."""


@dataclass(kw_only=True)
class SiteWriter:
    """Writes into MkDocs' folder, or into a publication that remembers what is in it."""

    publish: Callable[[], Publication] | None = None
    """Opens the publication, once all pages are made."""
    watcher: Watcher = field(default_factory=Watcher)
    _publication: Publication | None = None

    def making(self, done: int, of: int) -> None:
        """Pass on how far the making of pages is."""
        self.watcher.making(done, of)

    def write(self, base: KnowledgeBase, themed: Pages, site: Path) -> Counts:
        """Write every page that MkDocs does not write."""
        self._write_shared(base, themed, site)
        if self._publication is None:
            for path in base.bugs.facts:
                for address, data in _files(base.bugs.pages(path), themed, base.root):
                    write_changed(site / address, data)
        else:
            self._write_changed(self._publication, base, themed)
        counts = {path: len(facts.paths) for path, facts in base.bugs.facts.items()}
        made = sum(counts[path] for path in base.bugs.made)
        shared = len(base.shared.pages)
        total = sum(counts.values())
        reused = total - made + shared - base.shared_made
        return Counts(pages=total + shared, reused=reused)

    def _write_changed(self, publication: Publication, base: KnowledgeBase, themed: Pages) -> None:
        """Write the bugs that do not stand, half of them in another process if they are many."""
        missing = {
            path: made_from
            for path, facts in base.bugs.facts.items()
            if not publication.stands(
                path, *(made_from := (base.bugs.version(path), themed.mark(facts.kinds)))
            )
        }

        def written(start: int, end: int) -> Iterator[Share]:
            paths = list(missing)[start:end]
            with base.bugs.cache.again() as cache:
                for number, path in enumerate(paths, start=start + 1):
                    files = _files(cache.pages(path), themed, base.root)
                    publication.write(path, missing[path], files)
                    self.watcher.writing(number, len(missing))
            yield publication.done(paths)

        many = len(missing) >= _WORTH_A_PROCESS
        half = len(missing) // 2 if many else len(missing)
        with beside(lambda: written(half, len(missing)), worth_it=many) as theirs:
            for share in chain(written(0, half), theirs):
                publication.add(share)

    def _write_shared(self, base: KnowledgeBase, themed: Pages, site: Path) -> None:
        pages = tuple(made for made in base.shared.pages if made.path not in IN_MENUS)
        themed_pages = list(_files(BuiltPages(pages=pages), themed, base.root))
        self._publication = self.publish() if self.publish else None
        files = BuiltPages(pages=(), files=(*base.shared.files, *base.search))
        for address, data in chain(themed_pages, _files(files, themed, base.root)):
            if self._publication is None:
                write_changed(site / address, data)
            else:
                self._publication.put(address, data)

    def close(self, staging: Path) -> tuple[str, ...]:
        """Add MkDocs' own files to the publication; their addresses."""
        if self._publication is None:
            return ()
        found = self._publication.take(staging)
        self._publication.close()
        return found


def _files(made: BuiltPages, themed: Pages, root: Path) -> Iterator[tuple[str, bytes]]:
    for page in made.pages:
        yield themed.addresses.file(page.path), as_bytes(themed.html(page))
    for file in made.files:
        yield file.path, file.data(root)
