"""The one place where errors of listeners end: every request is acknowledged and answered."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from slack_bolt import Args
from slack_sdk.errors import SlackClientError

from bot.asked import by_command, by_event, by_form, by_interaction
from bot.form_errors import tell_in_form
from bot.reply import Reply, nothing
from bot.sentence import sentence
from tracker.model.problem import ProblemsFound
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
Listener = Callable[[Args], None]

_FAULT: Final = (
    "Something went wrong in Bugbook and nothing was changed by this request; the error is in its"
    " log. Please try again, and tell the people who run it if it happens again."
)


def bounded(listener: Listener) -> Listener:
    """Wrap a listener so that expected trouble is answered with its sentence, and a fault with one.

    Bolt forgets an acknowledgement when an error leaves the listener right after it (measured), so
    none may leave.
    """

    def on_request(args: Args) -> None:
        try:
            with told_by(partial(_tell, args)):
                listener(args)
        finally:
            args.context.get("heard", nothing)()

    return on_request


@contextmanager
def told_by(tell: Callable[[str], None]) -> Iterator[None]:
    """Let no error leave the block: it is told to whoever asked."""
    try:
        yield
    except (TroubleError, ProblemsFound) as trouble:
        tell(str(trouble))
    except Exception:
        LOG.exception("A request of Slack failed.")
        tell(_FAULT)


def _tell(args: Args, text: str) -> None:
    """Say it in the form while it is open, and in a private message otherwise."""
    if args.ack.response is None:
        fields = _inputs(args.body)
        if fields:
            tell_in_form(args, {fields[0]: text})
            return
        args.ack()
    try:
        _reply(args)(sentence(text))
    except (KeyError, SlackClientError, OSError):
        LOG.exception("An error could not be told.")


def _inputs(body: Mapping[str, Any]) -> list[str]:
    """The inputs of a submitted form, which an error can be shown at."""
    if body.get("type") != "view_submission":
        return []
    blocks = body["view"].get("blocks", [])
    return [block["block_id"] for block in blocks if block.get("type") == "input"]


def _reply(args: Args) -> Reply:
    body = args.body
    if "command" in body:
        return by_command(body, args.client).reply
    if "view" in body and body.get("type") == "view_submission":
        return by_form(body, args.client).asked.reply
    if "event" in body:
        return by_event(body["event"], args.client)
    return by_interaction(body, args.client, "").reply
