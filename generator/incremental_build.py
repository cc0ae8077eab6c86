"""Builds a site over an earlier one: the same bytes as a clean build, for the work of a change."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from generator.build_progress import told_progress
from generator.last_build import build_words
from generator.making import MANY_OBJECTS
from generator.mkdocs_plugin import BugbookPlugin, cache_folder
from generator.publication import Publication
from generator.site_writer import Counts, Watcher


@dataclass(frozen=True, kw_only=True)
class Done:
    """A site that is built."""

    folder: Path
    counts: Counts

    @property
    def words(self) -> str:
        """What was made and what was not."""
        return build_words(self.counts.pages, reused=self.counts.reused)


def build_incrementally(config: MkDocsConfig, out: Path | None, *, clean: bool) -> Done:
    """Build into `out` or where mkdocs.yml says; the site there stays until all pages are made.

    MkDocs makes its own pages, which are few, in a folder of their own, because it empties the
    folder that it builds into.

    Raises:
        ConfigurationError: mkdocs.yml does not name the plugin.
    """
    plugin = config.plugins.get("bugbook")
    if not isinstance(plugin, BugbookPlugin):
        message = "mkdocs.yml does not name the plugin. Add `bugbook` below `plugins:`."
        raise ConfigurationError(message)
    folder, cache = out or Path(config.site_dir), cache_folder(config)
    if clean:
        shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix="staging-", dir=cache) as staging,
        told_progress() as watcher,
        _rare_collections(),
    ):
        config.site_dir = staging
        plugin.writer.watcher = watcher
        plugin.writer.publish = lambda: Publication.open(folder, cache)
        try:
            with _started(config):
                build(config)
            plugin.writer.close(Path(staging))
        finally:  # MkDocs gives the next build of this process the same plugin
            plugin.writer.watcher, plugin.writer.publish = Watcher(), None
    return Done(folder=folder, counts=plugin.counts)


@contextmanager
def _started(config: MkDocsConfig) -> Iterator[None]:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        yield
    finally:
        config.plugins.on_shutdown()


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage seldom: a build keeps nearly all that it makes to its end."""
    usual = gc.get_threshold()
    gc.set_threshold(MANY_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
