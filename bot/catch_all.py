"""Answer politely what nothing else listens to, so that Slack shows nobody an error."""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from slack_bolt import App, Args
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient

from bot.asked import by_command, by_interaction
from bot.boundary import bounded
from bot.sentence import sentence

LOG: Final = logging.getLogger(__name__)
_OTHER_VERSION: Final = "This is of another version of Bugbook and does nothing: type `/bug help`."
_ANY: Final = re.compile(".*")


def register(app: App) -> None:
    """Listen to everything else; to be called last, since Bolt takes the first that fits."""
    app.command(_ANY)(bounded(_on_command))
    app.action(_ANY)(bounded(_on_interaction))
    app.shortcut(_ANY)(bounded(_on_interaction))
    app.view(_ANY)(bounded(_on_view))
    app.view_closed(_ANY)(bounded(_on_view))
    app.options(_ANY)(bounded(_on_view))
    app.event(_ANY)(bounded(_on_view))
    app.error(_on_unknown)


def _on_unknown(error: Exception, body: Mapping[str, Any], client: WebClient) -> BoltResponse:
    """Take what Slack may send one day, so that it does not send it again or shows an error."""
    if not isinstance(error, BoltUnhandledRequestError):
        LOG.error("A request failed before it was heard: %s.", type(error).__name__)
        return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)
    LOG.warning("Slack sent a kind of request that nothing here knows.")
    if isinstance(body.get("user"), Mapping) and "id" in body["user"]:
        by_interaction(body, client, "unknown").reply(sentence(_OTHER_VERSION))
    return BoltResponse(status=HTTPStatus.OK)


def _on_command(args: Args) -> None:
    args.ack()
    text = "Bugbook does not know this command: type `/bug help` for those that it knows."
    by_command(args.body, args.client).reply(sentence(text))


def _on_interaction(args: Args) -> None:
    args.ack()
    if any(action.get("url") for action in args.body.get("actions", [])):
        return  # a link, which Slack itself opens
    by_interaction(args.body, args.client, "unknown").reply(sentence(_OTHER_VERSION))


def _on_view(args: Args) -> None:
    args.ack()
