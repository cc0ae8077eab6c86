"""In an incident's channel: take a role, tell stakeholders, try again what failed."""

import re
from functools import partial

from slack_bolt import App, Args

from bot.asked import by_interaction
from bot.blocks.room_card import RETRY, ROLE, UPDATE, update_text
from bot.boundary import bounded
from bot.desk import Desk
from bot.draft import Draft
from bot.judging import judge_and_record, request_of
from bot.opening import open_form
from bot.sentence import sentence
from tracker.workflow.actions.incident import TakeRole


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons of the card and of failures."""
    app.action(re.compile(f"^{re.escape(ROLE)}"))(bounded(partial(_on_role, desk)))
    app.action(UPDATE)(bounded(partial(_on_update, desk)))
    app.action(RETRY)(bounded(partial(_on_retry, desk)))


def _on_role(desk: Desk, args: Args) -> None:
    args.ack()
    record = desk.tracker.load(args.payload["value"])
    role = str(args.payload["action_id"]).removeprefix(ROLE)
    age = len(record.timeline)
    name = f"role-{args.body['user']['id']}-{record.id}-{role}-{age}"
    asked = by_interaction(args.body, args.client, name)
    judge_and_record(desk, asked, request_of(desk, asked, record, TakeRole(role=role)))


def _on_update(desk: Desk, args: Args) -> None:
    """Open the form with a text that can be sent as it is."""
    args.ack()
    record, policy = desk.tracker.load(args.payload["value"]), desk.tracker.policy()
    asked = by_interaction(args.body, args.client, "status-update")
    whom = [each.who for each in policy.rule(record.severity).stakeholders]
    draft = Draft(
        values={
            "whom": ", ".join(whom) or "Stakeholders",
            "how": "Slack",
            "message": update_text(record, policy, desk.tracker.now()),
        },
        at=desk.tracker.now(),
    )
    open_form(desk, asked, "communicate", record, draft)


def _on_retry(desk: Desk, args: Args) -> None:
    args.ack()
    bug = str(args.payload["value"])
    asked = by_interaction(args.body, args.client, "retry")
    desk.tracker.ledger.errands.hasten(bug, desk.tracker.now())
    desk.retry()
    asked.reply(sentence(f"What waits for {bug} is tried again now."))
