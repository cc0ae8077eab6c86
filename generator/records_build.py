"""Builds a site over the last one where only records changed: MkDocs and the theme are not loaded.

What cannot be shown so is left to the build by MkDocs, which shows everything.
"""

import gzip
import io
from collections.abc import Iterator

from generator.build_progress import told_progress
from generator.built import as_bytes
from generator.file_stamp import Stamp
from generator.kept_theme import KeptTheme, read_theme
from generator.knowledge_base import KnowledgeBase
from generator.last_build import LastBuild
from generator.opening import cache_fault, open_base
from generator.page_dates import PageDates
from generator.page_paths import IN_MENUS
from generator.publication import Publication
from generator.site_writer import Done, SiteWriter
from generator.sitemap import with_bugs
from generator.stamped import UnknownPageError

_SITEMAP = "sitemap.xml"


def build_records(last: LastBuild, looks: Iterator[Stamp]) -> Done | None:
    """Write what changed into the folder of the last build; nothing where MkDocs is needed.

    `looks` gives how the site of the last build is, when all pages are made; all that it was made
    from but records and commits must be as it was.
    """
    kept = read_theme(last.theme_at)
    if kept is None or last.sources is None or cache_fault(kept.origin.cache):
        return None
    last.begin(last.sources)
    with told_progress() as watcher:
        writer = SiteWriter(watcher=watcher)
        with open_base(kept.origin, "pages", progress=writer.making) as base:
            if not _is_enough(kept, base) or not last.stands(next(looks)) or last.folder is None:
                return None
            publication = Publication.open(last.folder, kept.origin.cache, intact=True)
            try:
                done = _write(writer, publication, base, kept)
            except UnknownPageError:
                return None
    last.keep(done.folder, done.counts.pages, touched=publication.touched)
    return done


def _is_enough(kept: KeptTheme, base: KnowledgeBase) -> bool:
    """Whether all pages can be shown, before any is written."""
    origin = kept.origin
    dates = PageDates.of(kept.docs, base.tree.tip, origin.cache)
    paths = base.paths
    if base.problems or dates.mark != kept.dates:
        return False
    if any((path in paths) != was for path, was in kept.links):
        return False
    made = (page for path in base.bugs.made for page in base.bugs.pages(path).pages)
    return all(map(kept.pages.knows, (*made, *base.shared.pages)))


def _write(
    writer: SiteWriter, publication: Publication, base: KnowledgeBase, kept: KeptTheme
) -> Done:
    writer.publish = lambda: publication
    counts = writer.write(base, kept.pages, publication.folder)
    for made in base.shared.pages:
        if made.path in IN_MENUS:
            publication.put(kept.pages.addresses.file(made.path), as_bytes(kept.pages.html(made)))
    if kept.sitemap:
        origin = kept.origin
        text = with_bugs(kept.sitemap, base, kept.pages.addresses, origin.site.root)
        publication.put(_SITEMAP, text.encode())
        publication.put(f"{_SITEMAP}.gz", _packed(text.encode(), kept.sitemap_at))
    publication.leave(kept.files)
    publication.close()
    return Done(folder=publication.folder, counts=counts)


def _packed(data: bytes, at: int) -> bytes:
    """As MkDocs packs it."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, filename=f"{_SITEMAP}.gz", mode="wb", mtime=at) as packed:
        packed.write(data)
    return out.getvalue()
