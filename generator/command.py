"""`bugbook site`: build, serve or export the knowledge base by MkDocs' programming interface.

MkDocs and the models take a second to load, and a build with nothing to do needs neither.
"""

import errno
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from generator.last_build import LastBuild
from generator.rare_collections import collect_rarely
from tracker.model.audience import Audience

if TYPE_CHECKING:
    from generator.site_writer import Done

_CONFIGURATION: Final = "mkdocs.yml"


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
@click.option(
    "--strict",
    is_flag=True,
    help="Refuse what `bugbook check` finds, and every warning; a usual build says none of it.",
)
@click.option("--clean", is_flag=True, help="Make and write every page anew.")
def build(*, audience: str | None, out: Path | None, strict: bool, clean: bool) -> None:
    """Build the pages that changed; a record with a mistake ends the build."""
    start = time.monotonic()
    out = out.resolve() if out else None
    last = LastBuild.asked(_configuration(), out, audience)
    stands = None if strict or clean else last.standing()
    if stands is not None:
        folder, words = stands.folder, stands.words
    else:
        collect_rarely()
        done = _only_records(last) if not (strict or clean) else None
        if done is None:
            from generator.mkdocs_run import build_site

            done = build_site(last, out, audience=audience, strict=strict, clean=clean)
        folder, words = done.folder, done.words
    click.echo(f"{words} in {time.monotonic() - start:.1f} s.\nThe site is in {folder}.")


@site.command()
@_audience
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def export(*, audience: str | None, folder: Path) -> None:
    """Write the pages into DIR as Markdown, for MkDocs without the plugin, Zensical or another.

    DIR gets mkdocs.yml and docs/ with every page, guide, attachment and data file. It must be new,
    empty, or an earlier export, which is brought up to date.
    """
    configuration = _configuration()
    from generator.mkdocs_run import loaded_config, mkdocs_tells
    from generator.site_export import export_site

    with mkdocs_tells():
        pages = export_site(loaded_config(configuration, audience), folder)
    click.echo(f"{pages:,} pages of records are in {folder}, with a mkdocs.yml that builds them.")


@site.command()
@_audience
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to listen at.",
)
def serve(*, audience: str | None, port: int) -> None:
    """Serve the pages on this machine; a saved record shows at once."""
    configuration = _configuration()
    from generator.mkdocs_run import serve_site

    try:
        serve_site(configuration, audience, port)
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        message = f"Port {port} cannot be used: {error.strerror}. Choose another with --port."
        raise click.ClickException(message) from error


def _only_records(last: LastBuild) -> "Done | None":
    """Build without MkDocs; while this process makes pages, another one looks at the site."""
    if not last.is_framed:
        return None
    from generator.beside import beside

    with beside(lambda: iter([last.look()]), worth_it=True) as looks:
        from generator.records_build import build_records

        return build_records(last, looks)


def _configuration() -> Path:
    configuration = Path(_CONFIGURATION)
    if not configuration.is_file():
        message = f"There is no {_CONFIGURATION} here. Go to the folder that has one and try again."
        raise click.ClickException(message)
    return configuration.resolve()
