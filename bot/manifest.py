"""The command `bugbook manifest`: what to paste into Slack's settings of the app."""

from pathlib import Path
from typing import Any, Final

import click
import yaml

from bot.doors import PATH

MANIFEST: Final = Path(__file__).with_name("manifest.yml")
"""The app for Socket Mode, with a reason for each scope."""


@click.command()
@click.option(
    "--url",
    metavar="ADDRESS",
    help="Where Slack reaches the bot, for HTTP: https://bugs.example.com",
)
def manifest(url: str | None) -> None:
    """Print the manifest of the Slack app: for Socket Mode, or for HTTP at an address."""
    click.echo(manifest_text(url), nl=False)


def manifest_text(url: str | None) -> str:
    """Return the manifest; with an address the app is reached there. Raises click.UsageError."""
    text = MANIFEST.read_text("utf-8")
    if url is None:
        return text
    if not url.startswith("https://"):
        message = f"Slack sends requests to `https://` addresses alone, and `{url}` is none."
        raise click.UsageError(message)
    place = url.rstrip("/")
    address = place if place.endswith(PATH) else f"{place}{PATH}"
    app: dict[str, Any] = yaml.safe_load(text)
    for command in app["features"]["slash_commands"]:
        command["url"] = address
    settings = app["settings"]
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"]["request_url"] = address
    settings["socket_mode_enabled"] = False
    comment = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    return comment + yaml.safe_dump(app, sort_keys=False, allow_unicode=True, width=100)
