"""`bugbook site`: build, serve or export the knowledge base by MkDocs' programming interface."""

import errno
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from mkdocs.commands.serve import serve as serve_site
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from generator.incremental_build import build_incrementally
from generator.mkdocs_plugin import BugbookPlugin
from generator.site_export import export_site
from tracker.model.audience import Audience

_CONFIGURATION = "mkdocs.yml"


@click.group()
def site() -> None:
    """Build, serve or export the knowledge base."""


_audience = click.option(
    "--audience",
    type=click.Choice([each.value for each in Audience]),
    help="Who reads it; `public` leaves out the `internal_fields` of the policy and the history. "
    "By default what mkdocs.yml says, or the team.",
)


@site.command()
@_audience
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to put the pages."
)
@click.option("--strict", is_flag=True, help="Refuse warnings too.")
@click.option("--clean", is_flag=True, help="Make and write every page anew.")
def build(*, audience: str | None, out: Path | None, strict: bool, clean: bool) -> None:
    """Build the pages that changed; a record with a mistake ends the build."""
    start = time.monotonic()
    with _told():
        config = _loaded(audience, strict=strict or None)
        done = build_incrementally(config, out.resolve() if out else None, clean=clean)
    seconds = time.monotonic() - start
    click.echo(f"{done.words} in {seconds:.1f} s.\nThe site is in {done.folder}.")


@site.command()
@_audience
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def export(*, audience: str | None, folder: Path) -> None:
    """Write the pages into DIR as Markdown, for MkDocs without the plugin, Zensical or another.

    DIR gets mkdocs.yml and docs/ with every page, guide, attachment and data file. It must be new,
    empty, or an earlier export, which is brought up to date.
    """
    with _told():
        pages = export_site(_loaded(audience), folder)
    click.echo(f"{pages:,} pages of records are in {folder}, with a mkdocs.yml that builds them.")


@site.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to listen at.",
)
def serve(*, port: int) -> None:
    """Serve the pages on this machine; a saved record shows at once."""
    try:
        with _told():
            serve_site(_configuration(), dev_addr=f"127.0.0.1:{port}")
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        message = f"Port {port} cannot be used: {error.strerror}. Choose another with --port."
        raise click.ClickException(message) from error


@contextmanager
def _told() -> Iterator[None]:
    """Let MkDocs say on standard error what it does and warns of, and why it stopped."""
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    except Abort as error:
        message = "The site is not built. Correct what stands above, and try again."
        raise click.ClickException(message) from error
    except (ConfigurationError, PluginError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def _loaded(audience: str | None, *, strict: bool | None = None) -> MkDocsConfig:
    config = load_config(_configuration(), strict=strict)
    plugin = config.plugins.get("bugbook")
    if audience is not None and isinstance(plugin, BugbookPlugin):
        plugin.config.audience = audience
    return config


def _configuration() -> str:
    if not Path(_CONFIGURATION).is_file():
        message = f"There is no {_CONFIGURATION} here. Go to the folder that has one and try again."
        raise click.ClickException(message)
    return _CONFIGURATION
