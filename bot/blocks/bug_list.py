"""Many bugs at once, the worst first."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.blocks.elements import Block, context, header, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import choices, move_button
from bot.blocks.text import one_line
from bot.blocks.words import clock_words, severity_words
from tracker.model.bug_summary import BugSummary
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.clocks import ClockState, targets

_SHOWN: Final = 25
_PRESSING: Final = (ClockState.BREACHED, ClockState.AT_RISK, ClockState.ON_TRACK)


def the_worst(bugs: Iterable[BugSummary]) -> list[BugSummary]:
    """As many as a list shows, the worst first; one that is not judged yet before all others."""
    return sorted(bugs, key=lambda each: _urgency(each, each.reported_at))[:_SHOWN]


def bug_list(
    records: Sequence[BugRecord], policy: Policy, now: datetime, *, total: int | None = None
) -> Message:
    """One paragraph per bug: how bad, what, where it stands, what is due, what comes next.

    `total` is how many there are where the records are only those of `the_worst`.
    """
    if not records:
        text = "No bug matches. Report one with /bug and what is broken."
        return message(text, [section(plain(text))])
    count = len(records) if total is None else total
    title = "1 bug" if count == 1 else f"{count} bugs"
    ordered = sorted(records, key=lambda each: _urgency(each, each.reported.at))
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


def _urgency(bug: BugSummary | BugRecord, reported: datetime) -> tuple[bool, int, datetime]:
    rank = bug.severity.rank if bug.severity else -1  # not judged yet: look at it first
    return (not bug.status.is_open, rank, reported)
