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

_SHOWN: Final = 25
_PRESSING: Final = (ClockState.BREACHED, ClockState.AT_RISK, ClockState.ON_TRACK)


def bug_list(records: Sequence[BugRecord], policy: Policy, now: datetime) -> Message:
    """One paragraph per bug: how bad, what, where it stands, what is due, what comes next."""
    if not records:
        text = "No bug matches. Report one with /bug and what is broken."
        return message(text, [section(plain(text))])
    count = len(records)
    title = "1 bug" if count == 1 else f"{count} bugs"
    ordered = sorted(records, key=_worst_first)
    blocks = [header(title), *(_line(record, policy, now) for record in ordered[:_SHOWN])]
    if count > _SHOWN:
        rest = f"The {_SHOWN} worst are shown; narrow the list, as in /bug list severity=P1."
        blocks.append(context(plain(rest)))
    named = ", ".join(f"{record.id} {record.title}" for record in ordered[:_SHOWN])
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


def _worst_first(record: BugRecord) -> tuple[bool, int, datetime]:
    rank = record.severity.rank if record.severity else -1  # not judged yet: look at it first
    return (not record.status.is_open, rank, record.reported.at)
