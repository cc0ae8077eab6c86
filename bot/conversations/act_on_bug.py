"""Do something to a bug: by a typed command, by a button, by a form. Every verb goes this way."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from slack_bolt import App, Args

from bot.asked import Asked, Origin, by_form, by_interaction
from bot.blocks.answers import refusal
from bot.blocks.moves import MENU, MOVE, pressed
from bot.boundary import bounded
from bot.choosing import find_or_ask, is_choice
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from bot.forms.form import (
    FieldErrors,
    field_errors,
    form_view,
    quick_action,
    read_form,
    slack_users,
    typed_values,
)
from bot.forms.kinds import ACTION_ID
from bot.recorder import A_NEW_BUG, NO_BUG, Task
from bot.slack_text import mentioned
from bot.standing import out_of_place
from tracker.assembly import Request
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.decision import Accepted, Refused
from tracker.workflow.verbs import VERBS

FORM: Final = "form:"
"""Begins the callback id of every form: `form:triage`."""


def by_command(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Do what was typed, or open the form for what is missing."""
    draft = Draft(text=line.text, pairs=line.pairs, at=desk.tracker.now())
    record = find_or_ask(desk, asked, line, draft)
    if record is not None:
        _go_on(desk, asked, line.word, record, draft)


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons and forms of all verbs."""
    button = bounded(partial(_on_button, desk))
    app.action(re.compile(f"^{MOVE}({'|'.join(map(re.escape, VERBS))})$"))(button)
    app.action(MENU)(button)
    app.action(ACTION_ID)(bounded(partial(_on_answer, desk)))
    app.view(re.compile(f"^{FORM}"))(bounded(partial(_on_form, desk)))


def _on_button(desk: Desk, args: Args) -> None:
    args.ack()
    verb, bug = pressed(args.payload)
    record = desk.load(None if bug == NO_BUG else bug)
    container = args.body.get("container") or {}
    # Pressed twice, a button asks for one thing; pressed again after a change, for another.
    age = len(record.timeline) if record else 0
    place = f"{container.get('message_ts', '')}-{args.body['user']['id']}"
    asked = by_interaction(args.body, args.client, f"button-{place}-{bug}-{verb}-{age}")
    draft = desk.take_draft(asked, verb, record.id if record else None)
    if not is_choice(args.payload):
        draft = draft.to_show()  # only in answer to a question do typed words act without a form
    _go_on(desk, asked, verb, record, draft)


def _on_answer(desk: Desk, args: Args) -> None:
    """Show a form anew after an answer that changes it, such as the computed severity."""
    args.ack()
    view = args.body.get("view")
    if not view or not view.get("callback_id", "").startswith(FORM):
        return
    desk.client.views_update(
        view_id=view["id"],
        hash=view["hash"],
        view=form_view(
            view["callback_id"].removeprefix(FORM),
            desk.load(by_form(args.body, args.client).bug),
            desk.tracker.policy(),
            typed_values(view["state"]["values"]),
            metadata=view["private_metadata"],
            live=True,
        ),
    )


def _go_on(desk: Desk, asked: Asked, verb: str, record: BugRecord | None, draft: Draft) -> None:
    """Act at once where nothing more is needed, and open the form otherwise."""
    if desk.tracker.outcome(asked.request) is not None:  # delivered again
        bug = record.id if record else None
        desk.recorder.answer_again(
            Task(request=asked.request, verb=verb, bug=bug, reply=asked.reply)
        )
        return
    reason = out_of_place(record, verb) if record else None
    if record is not None and reason is not None:
        asked.reply(refusal((reason,), record.id, verb))
        return
    action = None if draft.values else _typed_action(desk, verb, record, draft)
    if action is None:
        desk.open_form(asked, verb, record, draft.to_show())
        return
    request = _request(desk, asked, record, action)
    decision = _judged(desk, request)
    if isinstance(decision, Refused):
        bug = record.id if record else None
        desk.keep_draft(asked, verb, bug, draft.to_show())
        asked.reply(refusal(decision.reasons, bug or A_NEW_BUG, verb))
        return
    _record(desk, asked, request, decision, draft.to_show())


def _typed_action(desk: Desk, verb: str, record: BugRecord | None, draft: Draft) -> Action | None:
    named = frozenset[str]().union(*map(mentioned, (draft.text, *draft.pairs.values())))
    people = desk.people.persons(named)
    return quick_action(verb, draft.text, draft.pairs, record, desk.tracker.policy(), people)


def _on_form(desk: Desk, args: Args) -> None:
    origin = by_form(args.body, args.client)
    verb = args.body["view"]["callback_id"].removeprefix(FORM)
    values: Mapping[str, Any] = args.body["view"]["state"]["values"]
    record = desk.load(origin.bug)
    people = desk.people.persons(slack_users(values))
    action = read_form(verb, values, record, desk.tracker.policy(), people)
    if isinstance(action, FieldErrors):
        args.ack(response_action="errors", errors=dict(action.errors))
        return
    request = _request(desk, origin.asked, record, action)
    decision = _judged(desk, request)
    if isinstance(decision, Refused):
        _refuse_in_form(args, origin, verb, decision)
        return
    args.ack()
    draft = Draft(values=typed_values(values), at=desk.tracker.now())
    _record(desk, origin.asked, request, decision, draft)


def _refuse_in_form(args: Args, origin: Origin, verb: str, refused: Refused) -> None:
    """Keep the form open; what another command has to meet is told beside it, with its button."""
    errors = dict(field_errors(refused.reasons, verb))
    args.ack(response_action="errors", errors=errors)
    if origin.bug is not None and any(
        reason.remedy not in {None, verb} for reason in refused.reasons
    ):
        origin.asked.reply(refusal(refused.reasons, origin.bug, verb))


def _request(desk: Desk, asked: Asked, record: BugRecord | None, action: Action) -> Request:
    """The request of whoever asks; Slack is asked who that is once, and mostly at the start."""
    return Request(
        id=asked.request,
        bug=record.id if record else None,
        action=action,
        actor=desk.people.person(asked.user),
        permalink=asked.permalink,
    )


def _judged(desk: Desk, request: Request) -> Accepted | Refused | None:
    """Judge on the local clone; None for a request that was accepted before, delivered again."""
    if desk.tracker.outcome(request.id) is not None:
        return None
    return desk.tracker.judge(request)


def _record(
    desk: Desk, asked: Asked, request: Request, decision: Accepted | None, draft: Draft | None
) -> None:
    told = " ".join(entry.text for entry in decision.entries) if decision else ""
    task = Task(
        request=request.id,
        verb=request.action.verb,
        bug=request.bug,
        reply=asked.reply,
        told=told,
        draft=draft,
    )
    desk.recorder.record(request, task, desk.wake)
