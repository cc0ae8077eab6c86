"""Go on with a command once its bug is known: at once where it says enough, else by its form."""

from dataclasses import replace

from bot.asked import Asked
from bot.blocks.answers import refusal
from bot.desk import Desk
from bot.draft import Draft
from bot.forms.form import quick_action
from bot.forms.prefill import typed_over
from bot.judging import judge_and_record, request_of
from bot.opening import open_form
from bot.outcome_words import in_words
from bot.recorder import A_NEW_BUG
from bot.sentence import sentence
from bot.slack_text import mentioned
from tracker.assembly import Recorded
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.decision import Refused


def go_on(desk: Desk, asked: Asked, verb: str, record: BugRecord | None, draft: Draft) -> None:
    """Act at once where nothing more is needed, and open the form otherwise."""
    before = desk.tracker.outcome(asked.request)
    if before is not None:  # a button that is pressed again; its first press is answered or will be
        if isinstance(before, Refused):
            asked.reply(refusal(before.reasons, record.id if record else A_NEW_BUG, verb))
        elif isinstance(before, Recorded):
            told = f"{before.bug} has this already, so it was not done twice: {in_words(before)}"
            asked.reply(sentence(told))
        return
    action = None if draft.values else _typed_action(desk, verb, record, draft)
    if action is None:
        open_form(desk, asked, verb, record, _with_entries(desk, asked, verb, record, draft))
        return
    judge_and_record(desk, asked, request_of(desk, asked, record, action), draft)


def _with_entries(
    desk: Desk, asked: Asked, verb: str, record: BugRecord | None, draft: Draft
) -> Draft:
    """What was typed now over what was entered in this form before and not submitted."""
    before = desk.draft(asked, verb, record.id if record else None)
    shown = draft.to_show()
    if not before.entered:
        return shown
    return replace(before, values=typed_over(verb, before.values, shown.values))


def _typed_action(desk: Desk, verb: str, record: BugRecord | None, draft: Draft) -> Action | None:
    named = frozenset[str]().union(*map(mentioned, (draft.text, *draft.pairs.values())))
    people = desk.people.persons(named)
    return quick_action(verb, draft.text, draft.pairs, record, desk.tracker.policy(), people)
