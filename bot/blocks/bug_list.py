"""Many bugs at once, the worst first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.blocks.elements import Block, context, header, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import choices, move_button
from bot.blocks.text import one_line
from bot.blocks.words import clock_words, severity_words
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.clocks import ClockState, targets

MOST_LISTED: Final = 25
"""How many bugs one list shows."""
_PRESSING: Final = (ClockState.BREACHED, ClockState.AT_RISK, ClockState.ON_TRACK)


def bug_list(
    records: Sequence[BugRecord], policy: Policy, now: datetime, *, total: int | None = None
) -> Message:
    """One paragraph per bug: how bad, what, where it stands, what is due, what comes next.

    The records come in the order of all lists, the worst first; `total` is how many there are.
    """
    if not records:
        text = "No bug matches. Report one with /bug and what is broken."
        return message(text, [section(plain(text))])
    count = len(records) if total is None else total
    title = "1 bug" if count == 1 else f"{count} bugs"
    blocks = [header(title), *(_line(record, policy, now) for record in records[:MOST_LISTED])]
    if count > MOST_LISTED:
        rest = f"The {MOST_LISTED} worst are shown; narrow the list, as in /bug list severity=P1."
        blocks.append(context(plain(rest)))
    named = ", ".join(f"{record.id} {record.title}" for record in records[:MOST_LISTED])
    return message(f"{title}: {named}", blocks)


def _line(record: BugRecord, policy: Policy, now: datetime) -> Block:
    who = record.assignment.assignee.name if record.assignment else "nobody yet"
    text = (
        f"{severity_words(record.severity, policy)} · {record.id} {record.title}\n"
        f"{record.status.words.capitalize()} · {one_line(who, 60)}"
    )
    pressing = [target for target in targets(record, policy, now) if target.state in _PRESSING]
    if pressing:
        text += f" · {clock_words(pressing[0])}"
    following = choices(record, policy, now).usual
    return section(plain(text, 480), move_button(following[0], record.id) if following else None)
