"""Messages of the bot that nobody asked for: news, reminders, the week, what went wrong."""

from datetime import timedelta
from typing import Final

from bot.blocks.answers import thread_note
from bot.blocks.elements import context, mrkdwn
from bot.blocks.findings import search_result
from bot.blocks.interrupted import interrupted_command
from bot.blocks.message import Message
from bot.blocks.reminder import digest_message, reminder
from bot.blocks.room_card import failed_errand, farewell
from bot.blocks.text import link, page_url
from bot.wider_news import alarm, all_clear, update
from demo.cast import MEMBERS
from tests.builders.incident import EVERY, LOGIN, POLICY, Played, finished, played
from tracker.model.record import BugRecord
from tracker.workflow.changes import Change, ChangeKind, changes
from tracker.workflow.outline import outline_of
from tracker.workflow.reminders import due_notices
from tracker.workflow.search import Hit
from tracker.workflow.week import week

_LATE: Final = timedelta(hours=5)
_SENTENCE: Final = "Logins work again for every user. We watch them for an hour."


def rare_messages(site: str) -> dict[str, Message]:
    """Each message by the name of its picture."""
    steps = played(LOGIN)
    triage = _step("triage")
    end = steps[-1].record
    about = _about(end, site)
    severity = _change("triage", ChangeKind.SEVERITY)
    told = Change(kind=ChangeKind.UPDATE, sentence=_SENTENCE)
    numbers = week(
        [outline_of(finished(name)) for name in EVERY], POLICY, triage.at + timedelta(days=2)
    )
    return {
        "note": thread_note(_change("assign", ChangeKind.ASSIGNMENT)),
        "reminder": _reminder("fix", site),
        "escalation": _reminder("escalation", site),
        "digest": digest_message(numbers, POLICY, site),
        "alarm": alarm(triage.record, severity, POLICY, _about(triage.record, site)),
        "update": update(_step("mitigate").record, told, POLICY, about),
        "all-clear": all_clear(end, POLICY, about),
        "search": search_result(_hits(end), 20),
        "farewell": farewell(end, POLICY),
        "interrupted": interrupted_command("1", f"/bug note {end.id} Rolled back to v2.0.1"),
        "failed": failed_errand(
            end.id,
            "open the incident’s channel",
            "The workspace does not allow it to apps: ask an administrator of Slack.",
        ),
    }


def _step(verb: str) -> Played:
    return next(step for step in played(LOGIN) if step.verb == verb)


def _change(verb: str, kind: ChangeKind) -> Change:
    steps = played(LOGIN)
    place = next(place for place, step in enumerate(steps) if step.verb == verb)
    found = changes(steps[place - 1].record, steps[place].record)
    return next(change for change in found if change.kind is kind)


def _reminder(topic: str, site: str) -> Message:
    step = _step("hotfix-branch")
    notices = due_notices(step.record, POLICY, step.at + _LATE, ())
    notice = next(notice for notice in notices if notice.topic == topic)
    return reminder(step.record, notice, [MEMBERS[0].user_id], site)


def _about(record: BugRecord, site: str) -> dict[str, object]:
    named = f"{record.id} {record.title}"
    return context(mrkdwn(link(page_url(site, record.id), named)))


def _hits(record: BugRecord) -> tuple[Hit, ...]:
    hit = Hit(
        bug=record.id,
        title=record.title,
        status=record.status,
        severity=record.severity,
        score=4.2,
        where="report.logs",
        snippet="Redis connection to redis.production.svc:6380 failed: ECONNREFUSED",
    )
    return (hit,)
