"""One bug as a message: the root message of its thread, and its details for one reader."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.blocks.elements import Block, context, facts, header, mrkdwn, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import choices, move_rows
from bot.blocks.text import cut, link, literal, mention, one_line, page_url
from bot.blocks.words import (
    OUTAGE_MARK,
    clock_words,
    moment_words,
    phase_words,
    severity_words,
    verb_words,
)
from tracker.model.deployment import Deployment
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.timeline import in_order
from tracker.workflow.clocks import targets

_OUTAGE: Final = f"{OUTAGE_MARK} Production is down (not triaged)"
_LATEST: Final = 4
_LONGER: Final = 10
_MISSING: Final = 5

UserIds = Mapping[str, str]
"""Slack ids by e-mail."""


def root_message(
    record: BugRecord, policy: Policy, now: datetime, site_url: str, user_ids: UserIds
) -> Message:
    """What the channel sees of a bug; the same record and time give the same message."""
    return message(
        _notification(record, policy),
        [
            *_head(record, policy, user_ids),
            *_clocks(record, policy, now),
            section(plain(one_line(record.report.what_is_broken, 400))),
            *_timeline(record, now, _LATEST),
            *_missing(record, policy, now),
            *move_rows(record, policy, now),
            _page_link(record, site_url),
        ],
    )


def bug_details(  # noqa: PLR0917 - the same as of the root message, and who reads it
    record: BugRecord,
    policy: Policy,
    now: datetime,
    site_url: str,
    user_ids: UserIds,
    reader: Person | None = None,
) -> Message:
    """All that fits of a bug, for the person who asked."""
    return message(
        _notification(record, policy),
        [
            *_head(record, policy, user_ids),
            *_clocks(record, policy, now),
            *_story(record),
            *_timeline(record, now, _LONGER),
            *_missing(record, policy, now),
            *move_rows(record, policy, now, reader),
            _page_link(record, site_url),
        ],
    )


def _notification(record: BugRecord, policy: Policy) -> str:
    severity = _severity(record, policy)
    return f"{severity} · {record.id} {record.title} · {record.status.words}"


def _severity(record: BugRecord, policy: Policy) -> str:
    """The severity, or what is reported while nobody has judged it."""
    if record.severity is None and record.report.production_down:
        return _OUTAGE
    return severity_words(record.severity, policy)


def _head(record: BugRecord, policy: Policy, user_ids: UserIds) -> list[Block]:
    pairs = [
        ("Severity", literal(_severity(record, policy))),
        ("Status", _status(record)),
        ("Phase", literal(phase_words(record))),
        ("Assignee", _assignee(record, user_ids)),
        ("Reported by", _person(record.reported.by, user_ids)),
    ]
    if record.impact.affects:
        pairs.append(("Affects", literal(record.impact.affects)))
    if record.hotfix is not None:
        commander = _person(record.hotfix.commander, user_ids)
        pairs.append(("Incident", f"{record.hotfix.incident}, led by {commander}"))
    return [header(f"{record.id} {record.title}"), facts(pairs)]


def _status(record: BugRecord) -> str:
    if record.resolution is None:
        return record.status.words.capitalize()
    how = record.resolution.kind.value.replace("_", " ")
    other = f" {literal(record.resolution.duplicate_of)}" if record.resolution.duplicate_of else ""
    return f"{record.status.words.capitalize()}: {how}{other}"


def _assignee(record: BugRecord, user_ids: UserIds) -> str:
    assignment = record.assignment
    if assignment is None:
        return "Nobody yet"
    text = _person(assignment.assignee, user_ids)
    if assignment.backup is not None:
        text += f", backup {_person(assignment.backup, user_ids)}"
    return f"{text}, ETA {literal(assignment.eta, 60)}" if assignment.eta else text


def _person(person: Person, user_ids: UserIds) -> str:
    return mention(user_ids.get(person.email), person.name)


def _clocks(record: BugRecord, policy: Policy, now: datetime) -> list[Block]:
    due = targets(record, policy, now)
    return [context(*(plain(clock_words(target)) for target in due))] if due else []


def _timeline(record: BugRecord, now: datetime, count: int) -> list[Block]:
    entries = in_order(record.timeline)[-count:]
    lines = [
        plain(f"{moment_words(entry.at, now)}  {one_line(entry.text, 280)}") for entry in entries
    ]
    return [section(mrkdwn("*Latest*")), *(context(line) for line in lines)] if lines else []


def _missing(record: BugRecord, policy: Policy, now: datetime) -> list[Block]:
    offered = choices(record, policy, now)
    if not offered.missing or not record.status.is_open:
        return []
    sentences = [f"• {one_line(reason.sentence, 300)}" for reason in offered.missing]
    if len(sentences) > _MISSING:
        more = len(sentences) - _MISSING
        sentences = [*sentences[:_MISSING], f"• And {more} more: see the page."]
    title = f"*Still missing for “{verb_words(offered.move)}”*"
    return [section(mrkdwn(title)), section(plain("\n".join(sentences)))]


def _story(record: BugRecord) -> list[Block]:
    report, cause, fix = record.report, record.root_cause, record.fix
    told = (
        ("What is broken", report.what_is_broken),
        ("Expected", report.expected),
        ("Actual", report.actual),
        ("Steps to reproduce", _numbered(report.steps)),
        ("Root cause", f"{cause.summary}\n{cause.what}" if cause else None),
        ("Fix", (fix.summary or fix.strategy.words) if fix else None),
        ("Deployed", ", ".join(map(_deployed, record.deployments)) or None),
    )
    blocks: list[Block] = []
    for title, text in told:
        if text:
            blocks += [section(mrkdwn(f"*{title}*")), section(plain(cut(text, 900)))]
    return blocks


def _deployed(deployment: Deployment) -> str:
    gone = " (rolled back)" if deployment.rolled_back_at else ""
    return f"{deployment.version}{gone}"


def _numbered(steps: tuple[str, ...]) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _page_link(record: BugRecord, site_url: str) -> Block:
    command = f"`/bug help` lists every command for {record.id}."
    if not site_url:
        return context(mrkdwn(command))
    return context(mrkdwn(f"{link(page_url(site_url, record.id), 'Open the page')} · {command}"))
