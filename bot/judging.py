"""From an action to its record: judged here and now, then kept for the committer."""

from bot.asked import Asked
from bot.blocks.answers import refusal
from bot.desk import Desk
from bot.draft import Draft
from bot.outcome_words import as_sentences
from bot.permission import refusals
from bot.quoting import follow_edits
from bot.recorder import A_NEW_BUG
from bot.task import Task
from tracker.assembly import Request
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.actions.quote import QuoteMessage
from tracker.workflow.decision import Accepted, Refused


def judge_and_record(
    desk: Desk, asked: Asked, request: Request, draft: Draft | None = None
) -> None:
    """Record what the judge accepts; a refusal is told with its remedies, and the draft kept."""
    decision = judged(desk, request)
    if isinstance(decision, Refused):
        verb = request.action.verb
        if draft is not None and draft.says_something:
            desk.keep_draft(asked, verb, request.bug, draft.to_show())
        asked.reply(refusal(decision.reasons, request.bug or A_NEW_BUG, verb))
        return
    record(desk, asked, request, decision, draft.to_show() if draft is not None else None)


def request_of(desk: Desk, asked: Asked, bug: BugRecord | None, action: Action) -> Request:
    """The request of whoever asks; Slack is asked who that is once, and mostly at the start."""
    return Request(
        id=asked.request,
        bug=bug.id if bug else None,
        action=action,
        actor=desk.people.person(asked.user),
        permalink=asked.permalink,
        roles=desk.user_groups.roles_of(asked.user, desk.tracker.policy()),
    )


def judged(desk: Desk, request: Request) -> Accepted | Refused | None:
    """Judge on the local clone; None for a request that was accepted before, delivered again."""
    if desk.tracker.outcome(request.id) is not None:
        return None
    reasons = refusals(desk, request)
    return Refused(reasons=reasons) if reasons else desk.tracker.judge(request)


def record(  # noqa: PLR0917 - what is recorded, for whom, and what follows
    desk: Desk,
    asked: Asked,
    request: Request,
    decision: Accepted | None,
    draft: Draft | None,
    onward: Draft | None = None,
) -> None:
    """Keep an accepted request durably; its answer follows. `onward` is for the triage after it."""
    if isinstance(request.action, QuoteMessage) and request.bug is not None:
        follow_edits(desk, request.bug, request.action.source)
    told = as_sentences(entry.text for entry in decision.entries) if decision else ""
    task = Task(
        request=request.id,
        verb=request.action.verb,
        bug=request.bug,
        reply=asked.reply,
        told=told,
        draft=draft,
        onward=onward,
        files=asked.files,
        receipt=asked.trigger_id,
    )
    desk.recorder.record(request, task, desk.wake)
    desk.drop_draft(asked, request.action.verb, request.bug)
