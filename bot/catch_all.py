"""Answer politely what nothing else listens to, so that Slack shows nobody an error."""

import logging
import re
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from slack_bolt import App, Args
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient

from bot.asked import by_command, by_interaction
from bot.blocks.card import bug_details
from bot.boundary import bounded
from bot.bug_people import remembered_ids
from bot.desk import Desk
from bot.filled_form import refuse_old
from bot.sentence import sentence
from tracker.assembly import UnknownBugError
from tracker.model.record import BugRecord

LOG: Final = logging.getLogger(__name__)
_OTHER_VERSION: Final = "This is of another version of Bugbook and does nothing: type `/bug help`."
_ANY: Final = re.compile(".*")
_NUMBER: Final = re.compile(r"\b[A-Z][A-Z0-9]{0,9}-[0-9]{1,9}\b")


def register(app: App, desk: Desk) -> None:
    """Listen to everything else; to be called last, since Bolt takes the first that fits."""
    app.command(_ANY)(bounded(_on_command))
    app.action(_ANY)(bounded(partial(_on_interaction, desk)))
    app.shortcut(_ANY)(bounded(partial(_on_interaction, desk)))
    app.view(_ANY)(bounded(refuse_old))
    app.view_closed(_ANY)(bounded(_on_notice))
    app.options(_ANY)(bounded(_on_notice))
    app.event(_ANY)(bounded(_on_notice))
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


def _on_interaction(desk: Desk, args: Args) -> None:
    """Say that it does nothing any more, and show the bug that it was about as it stands now."""
    args.ack()
    if any(action.get("url") for action in args.body.get("actions", [])):
        return  # a link, which Slack itself opens
    asked = by_interaction(args.body, args.client, "unknown")
    record = _meant(desk, args)
    go_on = "here is where the bug stands" if record else "type `/bug help`"
    text = f"This is of another version of Bugbook and does nothing: {go_on}."
    asked.reply(sentence(text))
    if record is not None:
        now, ids = desk.tracker.now(), remembered_ids(record, desk.people)
        asked.reply(bug_details(record, desk.tracker.policy(), now, desk.site_url, ids))


def _meant(desk: Desk, args: Args) -> BugRecord | None:
    """The bug whose number is in what was pressed."""
    said = " ".join(str(action.get("value") or "") for action in args.body.get("actions", []))
    number = _NUMBER.search(said)
    try:
        return desk.load(number[0]) if number else None
    except UnknownBugError:
        return None


def _on_notice(args: Args) -> None:
    args.ack()
