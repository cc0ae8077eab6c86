"""The Bolt app with everything that it listens to."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.error import BoltError
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.errors import SlackClientError

from bot import catch_all, commands, interrupted
from bot.conversations import (
    act_on_bug,
    add_to_timeline,
    fill_in_form,
    follow_hotfix,
    follow_messages,
    follow_people,
    keep_room,
    look_at_bugs,
    open_home,
    report_bug,
    study_bug,
)
from bot.desk import Desk
from bot.receipts import Receipts
from bot.slack_client import QueuedClient
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)


class _NoRemark(logging.Filter):
    """Drops Bolt's remark that the client's token is taken and not that of SLACK_BOT_TOKEN."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.getMessage() != warning_client_prioritized_and_token_skipped()


_TOKEN_OF_CLIENT: Final = _NoRemark()  # one, so that a logger has it once


class SlackRefusedError(TroubleError):
    """Slack does not accept the bot, or cannot be reached."""


def build_app(
    client: QueuedClient, desk: Desk, listeners: ThreadPoolExecutor, signing_secret: str | None
) -> App:
    """Build the Bolt app with every listener; raises SlackRefusedError."""
    logging.getLogger(f"slack_bolt.{App.__name__}").addFilter(_TOKEN_OF_CLIENT)
    try:
        app = App(
            name="bugbook",  # else Bolt reads the sources of the whole stack for one
            client=client,
            signing_secret=signing_secret,
            listener_executor=listeners,
            raise_error_for_unhandled_request=True,  # which the catch-all answers
        )
    except (BoltError, SlackClientError, OSError) as error:
        message = (
            f"Slack does not accept the bot ({error}); check SLACK_BOT_TOKEN and the connection."
        )
        raise SlackRefusedError(message) from error
    app.use(partial(_taken_in, client, desk.recorder.receipts))
    listen(app, desk)
    return app


def listen(app: App, desk: Desk) -> None:
    """Register every listener; of two that fit, Bolt takes the first."""
    commands.register(app, desk)
    interrupted.register(app, desk)
    for conversation in (
        look_at_bugs,
        study_bug,
        follow_hotfix,
        follow_messages,
        follow_people,
        report_bug,
        add_to_timeline,
        act_on_bug,
        fill_in_form,
        keep_room,
        open_home,
    ):
        conversation.register(app, desk)
    catch_all.register(app, desk)


def _taken_in(
    client: QueuedClient,
    receipts: Receipts,
    body: dict[str, Any],
    context: BoltContext,
    next_: Callable[[], None],
) -> BoltResponse | None:
    """Note that somebody waits, before anything is acknowledged; do the same thing only once.

    Listeners get the one client that queues, where Bolt would give them a plain copy.
    """
    receipt = receipts.take(body)
    if receipt is None:
        LOG.info("Slack delivered something again, and nothing is done about it.")
        return BoltResponse(status=HTTPStatus.OK)
    context["client"] = client
    context["heard"] = partial(receipts.heard, receipt)
    next_()
    return None
