"""Keep the bot reachable over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager

from slack_bolt import App

from bot.doors import PATH, SlackDoor, Watch
from bot.health import Health
from bot.http_server import serving


@contextmanager
def http(
    app: App, host: str, port: int, health: Health | None = None, *, metrics: bool = True
) -> Iterator[str]:
    """Serve signed HTTP and give the address for Slack's settings; port 0 is any free one.

    With `health` the same server answers `/healthz`, `/readyz` and `/metrics`. Raises
    PortTakenError.
    """
    door = SlackDoor(app=app)
    application = door if health is None else Watch(health=health, inside=door, metrics=metrics)
    with serving(application, host, port) as address:
        yield f"{address}{PATH}"
