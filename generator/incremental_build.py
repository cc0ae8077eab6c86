"""Builds a site over an earlier one: the same bytes as a clean build, for the work of a change."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from generator.build_progress import told_progress
from generator.mkdocs_plugin import BugbookPlugin
from generator.publication import Publication
from generator.rare_collections import rare_collections
from generator.site_settings import cache_folder
from generator.site_writer import Done, Watcher


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
        rare_collections(),
    ):
        config.site_dir = staging
        plugin.writer.watcher = watcher
        plugin.writer.publish = lambda: Publication.open(folder, cache)
        try:
            with _started(config):
                build(config)
            files = plugin.writer.close(Path(staging))
        finally:  # MkDocs gives the next build of this process the same plugin
            plugin.writer.watcher, plugin.writer.publish = Watcher(), None
    kept = replace(plugin.kept, files=files) if plugin.kept else None
    return Done(folder=folder, counts=plugin.counts, kept=kept)


@contextmanager
def _started(config: MkDocsConfig) -> Iterator[None]:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        yield
    finally:
        config.plugins.on_shutdown()
