"""Open the form of a command, unless whatever is entered in it would be refused."""

from bot.asked import Asked
from bot.blocks.answers import refusal
from bot.desk import Desk
from bot.draft import Draft
from bot.permission import refusal_of
from bot.recorder import A_NEW_BUG
from tracker.assembly import Wish
from tracker.model.record import BugRecord
from tracker.workflow.decision import Reason


def open_form(
    desk: Desk, asked: Asked, verb: str, record: BugRecord | None, draft: Draft, *, part: str = ""
) -> None:
    """Open it, filled in with the draft; or say at once what stands against it, and keep that."""
    reasons = _obstacles(desk, asked, verb, record)
    if not reasons:
        desk.open_form(asked, verb, record, draft, part=part)
        return
    bug = record.id if record is not None else None
    if draft.says_something:
        desk.keep_draft(asked, verb, bug, draft)
    asked.reply(refusal(reasons, bug or A_NEW_BUG, verb))


def _obstacles(desk: Desk, asked: Asked, verb: str, record: BugRecord | None) -> tuple[Reason, ...]:
    if reason := refusal_of(desk, asked.user, verb):
        return (reason,)
    wish = Wish(
        verb=verb,
        bug=record.id if record is not None else None,
        actor=desk.people.person(asked.user),
        roles=desk.user_groups.roles_of(asked.user, desk.tracker.policy()),
    )
    return desk.tracker.obstacles(wish)
