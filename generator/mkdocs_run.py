"""MkDocs' programming interface as the commands use it: its settings, its messages, its end."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.utils import CountHandler

from generator.build_sources import build_sources
from generator.incremental_build import build_incrementally
from generator.kept_theme import write_theme
from generator.last_build import LastBuild
from generator.mkdocs_plugin import BugbookPlugin
from generator.site_writer import Done


def build_site(
    last: LastBuild, out: Path | None, *, audience: str | None, strict: bool, clean: bool
) -> Done:
    """Build what changed, and keep what was built from what, if there is nothing to warn of.

    Raises:
        click.ClickException: the site is not built.
    """
    with mkdocs_tells() as warnings:
        config = loaded_config(last.configuration, audience, strict=strict or None)
        sources = build_sources(config)
        if sources is not None:
            last.begin(sources)
        done = build_incrementally(config, out, clean=clean)
        last.theme_at.unlink(missing_ok=True)
        if not warnings.get_counts() and last.keep(done.folder, done.counts.pages) and done.kept:
            write_theme(last.theme_at, done.kept)
    return done


def serve_site(configuration: Path, audience: str | None, port: int) -> None:
    """Serve the pages on this machine until the person ends it.

    Raises:
        click.ClickException: the site cannot be built at all.
        OSError: the port cannot be used.
    """
    with mkdocs_tells():
        plugin = loaded_config(configuration, audience).plugins.get("bugbook")
        if isinstance(plugin, BugbookPlugin):  # the one that `serve` gets too
            plugin.asked_audience = audience
        serve(str(configuration), dev_addr=f"127.0.0.1:{port}")


def loaded_config(
    configuration: Path, audience: str | None, *, strict: bool | None = None
) -> MkDocsConfig:
    """What mkdocs.yml says; the audience that is asked for wins over its own."""
    config = load_config(str(configuration), strict=strict)
    plugin = config.plugins.get("bugbook")
    if audience is not None and isinstance(plugin, BugbookPlugin):
        plugin.config.audience = audience
    return config


@contextmanager
def mkdocs_tells() -> Iterator[CountHandler]:
    """Let MkDocs say on standard error what it does and warns of, and why it stopped."""
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    level = logger.level
    logger.setLevel(logging.INFO)
    warnings = CountHandler()
    warnings.setLevel(logging.WARNING)
    logger.addHandler(handler)
    logger.addHandler(warnings)
    try:
        yield warnings
    except Abort as error:
        message = "The site is not built. Correct what stands above, and try again."
        raise click.ClickException(message) from error
    except (ConfigurationError, PluginError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        logger.removeHandler(handler)
        logger.removeHandler(warnings)
        logger.setLevel(level)
