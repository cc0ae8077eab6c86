"""Fill in a form: answer by answer, step by step, submitted, or closed and taken up again."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from slack_bolt import App, Args

from bot.asked import by_interaction
from bot.blocks.answers import refusal
from bot.blocks.elements import button
from bot.blocks.message import Message
from bot.blocks.moves import move_button
from bot.blocks.words import verb_words
from bot.boundary import bounded
from bot.desk import Desk
from bot.draft import OF_OUTAGE, Draft
from bot.filled_form import (
    FilledForm,
    all_values,
    filled_form,
    keep_entries,
    other_values,
    refuse_old,
    show_again,
)
from bot.form_errors import tell_in_form
from bot.forms.catalogue import FORMS
from bot.forms.form import (
    FieldErrors,
    field_errors,
    initial_entries,
    read_form,
    read_step,
    shown_names,
    slack_users,
    typed_values,
    unknown_entries,
)
from bot.forms.kinds import ACTION_ID
from bot.forms.layout import DRAFT, FORM, PAGE, SHORT, notice_view
from bot.judging import judged, record, request_of
from bot.recorder import NO_BUG
from bot.sentence import sentence
from bot.slack_text import mentioned
from tracker.model.record import BugRecord
from tracker.workflow.decision import Refused

_DROP: Final = f"{DRAFT}drop"


def register(app: App, desk: Desk) -> None:
    """Listen to the forms of all verbs, their answers and their buttons."""
    app.action(ACTION_ID)(bounded(partial(_on_answer, desk)))
    app.action(re.compile(f"^{PAGE}"))(bounded(partial(_on_page, desk)))
    app.action(re.compile(f"^{DRAFT}"))(bounded(partial(_on_draft, desk)))
    app.view(re.compile(f"^{FORM}"))(bounded(partial(_on_form, desk)))
    app.view_closed(re.compile(f"^{FORM}"))(bounded(partial(_on_closed, desk)))


def _on_answer(desk: Desk, args: Args) -> None:
    """Keep what is entered so far, and show the form anew after an answer that changes it."""
    args.ack()
    if not (args.body.get("view") or {}).get("callback_id", "").startswith(FORM):
        return
    form = filled_form(args)
    if not form.is_known:
        return
    draft = keep_entries(desk, form)
    name = args.payload.get("block_id")
    if any(field.name == name and field.live for field in FORMS[form.verb].all_inputs):
        shown = Draft(values=all_values(desk, form), at=draft.at)
        show_again(desk, form, form.part, shown)


def _on_page(desk: Desk, args: Args) -> None:
    """Show another part of the form, with what is entered in this one."""
    args.ack()
    form = filled_form(args)
    part = args.payload["action_id"].removeprefix(PAGE)
    keep_entries(desk, form, always=True)
    shown = Draft(values=all_values(desk, form), at=desk.now())
    show_again(desk, form, "" if part == "all" else part, shown)


def _on_draft(desk: Desk, args: Args) -> None:
    """Keep what is entered, or forget it: in the form, or after it was closed."""
    args.ack()
    if not args.body.get("view"):
        _forget(desk, args)
        return
    form = filled_form(args)
    if args.payload["action_id"] == _DROP:
        desk.drop_draft(form.asked, form.verb, form.origin.bug)
        # Slack keeps the entries of inputs that a view has again, so another one comes between.
        desk.show(form.view["id"], notice_view(verb_words(form.verb), "Starting over…"))
        show_again(desk, form, "", Draft(at=desk.now()), view_hash=None)
        return
    draft = keep_entries(desk, form, always=True)
    shown = replace(draft, values=all_values(desk, form), entered=True)
    show_again(desk, form, form.part, shown)


def _on_closed(desk: Desk, args: Args) -> None:
    """Offer what was entered in a form that was closed without being submitted."""
    form = filled_form(args)
    draft = keep_entries(desk, form) if form.is_known else None
    args.ack()  # not before they are kept: Slack tells of a closed form once
    if draft is None or not draft.entered:
        return
    bug = form.origin.bug
    about = f" for {bug}" if bug else ""
    buttons = (
        move_button(form.verb, bug or NO_BUG, primary=True),
        button("Discard it", _DROP, f"{form.verb} {bug or NO_BUG}"),
    )
    told = (
        f"You closed “{verb_words(form.verb)}”{about} without submitting it. What you entered is"
        " kept for a week: open the form again to go on."
    )
    form.asked.reply(sentence(told, buttons))


def _forget(desk: Desk, args: Args) -> None:
    verb, _, bug = str(args.payload.get("value", "")).partition(" ")
    asked = by_interaction(args.body, args.client, "forget")
    desk.drop_draft(asked, verb, None if bug == NO_BUG else bug)
    asked.reply(sentence("What you had entered is discarded."), replace=True)


def _on_form(desk: Desk, args: Args) -> None:
    form = filled_form(args)
    if not form.is_known:
        refuse_old(args)
        return
    bug = desk.load(form.origin.bug)
    following = FORMS[form.verb].next_step(form.part)
    if following is not None:
        _on_step(desk, args, form, bug, following)
        return
    policy, before = desk.tracker.policy(), other_values(desk, form)
    people = desk.people.persons(slack_users(form.values) | _named(before))
    began = initial_entries(form.view)
    action = read_form(form.verb, form.values, bug, policy, people, before, began)
    if isinstance(action, FieldErrors):
        _tell_problems(desk, args, form, action)
        return
    request = request_of(desk, form.asked, bug, action)
    decision = judged(desk, request)
    if isinstance(decision, Refused):
        keep_entries(desk, form)
        _refuse_in_form(desk, args, form, decision)
        return
    draft = form.draft({**before, **typed_values(form.values)}, desk.now())
    onward = Draft(values=OF_OUTAGE, at=desk.now(), entered=True) if form.part == SHORT else None
    record(desk, form.asked, request, decision, draft, onward)
    args.ack()  # not before it is kept: a form that is acknowledged is gone with all its words
    _give_back(desk, form)


def _on_step(
    desk: Desk, args: Args, form: FilledForm, bug: BugRecord | None, following: str
) -> None:
    """Go on to the next step when this one can be read; what was entered is kept."""
    people = desk.people.persons(slack_users(form.values))
    policy, began = desk.tracker.policy(), initial_entries(form.view)
    problems = read_step(form.verb, form.values, bug, policy, people, form.part, began)
    if problems is not None:
        _tell_problems(desk, args, form, problems)
        return
    shown = Draft(values=all_values(desk, form), at=desk.now())
    keep_entries(desk, form, always=True)
    metadata = form.view["private_metadata"]
    view = desk.form(form.verb, bug, shown, metadata=metadata, part=following)
    args.ack(response_action="update", view=view)


def _tell_problems(desk: Desk, args: Args, form: FilledForm, problems: FieldErrors) -> None:
    keep_entries(desk, form)
    if form.is_outdated_by(problems.errors):
        refuse_old(args)
    else:
        tell_in_form(args, problems.errors)


def _refuse_in_form(desk: Desk, args: Args, form: FilledForm, refused: Refused) -> None:
    """Keep the form open; what another command has to meet is told beside it, with its button."""
    errors = dict(field_errors(refused.reasons, form.verb))
    shown = shown_names(form.view)
    first = next(iter(form.values), "")
    tell_in_form(args, {name if name in shown else first: told for name, told in errors.items()})
    if form.origin.bug is not None and any(
        reason.remedy not in {None, form.verb} for reason in refused.reasons
    ):
        _tell_beside(desk, form, refusal(refused.reasons, form.origin.bug, form.verb))


def _tell_beside(desk: Desk, form: FilledForm, message: Message) -> None:
    """Say something beside the form, once for each time that it is submitted.

    The form itself is answered each time that Slack delivers it, since Slack takes one answer.
    """
    if desk.tracker.ledger.events.see(f"beside-{form.asked.trigger_id}", desk.now()):
        form.asked.reply(message)


def _give_back(desk: Desk, form: FilledForm) -> None:
    """Return the text of inputs that only an older version of the form had."""
    lost = unknown_entries(form.verb, form.values)
    if lost:
        told = "; ".join(f"{name}: {text}" for name, text in lost.items())
        words = (
            "This form was of another version of Bugbook. These of its entries have no place any"
            f" more and were not recorded: {told}"
        )
        _tell_beside(desk, form, sentence(words))


def _named(values: Mapping[str, str]) -> frozenset[str]:
    return frozenset[str]().union(*map(mentioned, values.values()))
