"""A reminder with the button that ends the reason for it, and the week in numbers."""

from collections.abc import Sequence
from typing import Final

from bot.blocks.elements import Block, actions, button, context, header, mrkdwn, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import move_button
from bot.blocks.room_card import UPDATE
from bot.blocks.text import link, literal, mention, one_line, page_url
from bot.blocks.words import OUTAGE_MARK, command, severity_mark, severity_words
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.reminders import Notice
from tracker.workflow.week import Week

_MENTIONED: Final = 10
_NAMED: Final = 10


def reminder(record: BugRecord, notice: Notice, users: Sequence[str], site_url: str) -> Message:
    """What is due, of which bug, for whom, and what to do."""
    sign = "🚨" if notice.loud else "⏰"
    text = f"{sign} {one_line(notice.sentence, 500)}"
    mark = severity_mark(record.severity) if record.severity or not notice.loud else OUTAGE_MARK
    named = f"{mark} {record.id} {record.title}"
    about = literal(named, 200)
    if site_url:
        address = page_url(site_url, record.id)
        about = f"{mark} " + link(address, f"{record.id} {record.title}")
    called = " ".join(mention(user, user) for user in users[:_MENTIONED])
    small = [mrkdwn(about), *([mrkdwn(called)] if called else [])]
    return message(
        f"{record.id}: {notice.sentence}",
        [
            section(plain(text)),
            context(*small),
            *([context(mrkdwn(_answer(record, notice)))] if notice.loud else []),
            actions(_buttons(record, notice)),
        ],
    )


def _answer(record: BugRecord, notice: Notice) -> str:
    """What ends the calls, for those who have no button at hand."""
    if notice.verb is None:
        return "The verified fix answers it."
    return f"Answer it with `{command(notice.verb, record.id)}`."


def _buttons(record: BugRecord, notice: Notice) -> list[Block]:
    first: list[Block] = []
    if notice.topic == "status-update":
        first = [button("Send update", UPDATE, record.id, "primary")]
    elif notice.verb is not None:
        first = [move_button(notice.verb, record.id, primary=True)]
    return [*first, *([] if notice.loud else [move_button("snooze", record.id)])]


def digest_message(week: Week, policy: Policy, site_url: str) -> Message:
    """The week in numbers, for a channel."""
    return message(
        "The week in numbers",
        [header("The week in numbers"), *week_blocks(week, policy, site_url)],
    )


def week_blocks(week: Week, policy: Policy, site_url: str) -> list[Block]:
    """Reported, closed, open, late: one line each, with the bugs that people want to look at."""
    late = week.postmortems_missing
    still_open = ", ".join(
        f"{severity_words(level, policy)}: {count}" for level, count in week.open
    )
    lines = [
        f"*Reported* {len(week.reported)}{_ids(week.reported, site_url)}",
        f"*Closed* {len(week.closed)}{_ids(week.closed, site_url)}",
        f"*Open* {literal(still_open, 300) if still_open else 'none'}",
        f"*Behind a target* {len(week.breached)}{_ids(week.breached, site_url)}",
        f"*Post-mortems to publish* {len(late)}{_ids(late, site_url)}",
        f"*Action items overdue* {week.overdue_actions}",
    ]
    if week.median_resolve is not None:
        lines.append(f"*Median time to the verified fix* {in_words(week.median_resolve)}")
    return [section(mrkdwn("\n".join(lines))), context(plain(f"Since {week.since:%Y-%m-%d}"))]


def _ids(bugs: Sequence[str], site_url: str) -> str:
    shown = [link(page_url(site_url, bug), bug) if site_url else bug for bug in bugs[:_NAMED]]
    more = f" and {len(bugs) - _NAMED} more" if len(bugs) > _NAMED else ""
    return f": {', '.join(shown)}{more}" if shown else ""
