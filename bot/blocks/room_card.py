"""An incident's channel: its card, its topic, and what is said when something fails or ends."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.blocks.card import UserIds, root_message
from bot.blocks.elements import Block, actions, button, context, mrkdwn, plain, section
from bot.blocks.message import Message, message
from bot.blocks.text import cut, literal, mention, one_line, quoted
from bot.blocks.words import clock_words, severity_words
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.actions.incident import holder_of
from tracker.workflow.clocks import targets

ROLE: Final = "role:"
"""Begins the action id of the buttons that take a role: `role:commander`."""
UPDATE: Final = "status-update"
"""The action id of the button that opens a status update."""
RETRY: Final = "errands-retry"
"""The action id of the button that tries failed side effects again."""

_TOPIC: Final = 250
_ROW: Final = 5


def room_card(
    record: BugRecord, policy: Policy, now: datetime, site_url: str, user_ids: UserIds
) -> Message:
    """The bug as its channel sees it: the root message, who has which role, and what to do here."""
    root = root_message(record, policy, now, site_url, user_ids)
    return message(root.text, [*root.blocks, *_roles(record, policy, user_ids)])


def _roles(record: BugRecord, policy: Policy, user_ids: UserIds) -> list[Block]:
    held = {role: holder_of(record, role) for role in policy.incident_roles}
    said = [
        f"*{literal(role.capitalize(), 40)}* "
        + (mention(user_ids.get(person.email), person.name) if person else "nobody yet")
        for role, person in held.items()
    ]
    buttons = [
        button(f"Take {role}", f"{ROLE}{role}", record.id)
        for role, person in held.items()
        if person is None
    ]
    buttons = [*buttons[: _ROW - 1], button("Send update", UPDATE, record.id)]
    return [section(mrkdwn(" · ".join(said))), actions(buttons)] if said else [actions(buttons)]


def topic_of(record: BugRecord, policy: Policy, now: datetime) -> str:
    """The channel's topic: how bad, where it stands, who has it, what is due."""
    commander = holder_of(record, "commander")
    assignee = record.assignment.assignee if record.assignment else None
    parts = [
        severity_words(record.severity, policy),
        record.status.words,
        f"commander {commander.name}" if commander else "no commander yet",
        f"assignee {assignee.name}" if assignee else "",
        *(
            f"{each.name.lower()} due {each.due:%Y-%m-%d %H:%M %Z}"
            for each in targets(record, policy, now)
            if each.done is None
        ),
    ]
    said = " · ".join(one_line(part, 80) for part in parts if part)
    return cut(f"{record.id} · {said}", _TOPIC)


def farewell(record: BugRecord, policy: Policy) -> Message:
    """The last message of a channel that is archived."""
    severity = severity_words(record.severity, policy)
    text = f"🏁 {record.id} {record.title} is over ({severity}, {record.status.words})."
    after = "This channel is being archived; the record and its page keep the link to it."
    return message(text, [section(plain(text)), context(plain(after))])


def failed_errand(bug: str, what: str, why: str) -> Message:
    """That a side effect failed, why, and that it is tried again."""
    text = quoted(f"⚠️ Bugbook could not {what}. {why}")
    again = "It is tried again by itself; the record is not affected."
    return message(
        text,
        [
            section(plain(text), button("Try again now", RETRY, bug)),
            context(plain(again)),
        ],
    )


def update_text(record: BugRecord, policy: Policy, now: datetime) -> str:
    """A draft of a status update, from what is known: where it stands, impact, what is due."""
    affected = record.impact.affects or record.impact.users
    due: Sequence[str] = [
        clock_words(each).partition(" ")[2]
        for each in targets(record, policy, now)
        if each.name == "Fix" and each.done is None
    ]
    mitigated = [entry.text for entry in record.timeline if entry.action == "mitigate"]
    parts = [
        f"{record.title}: {record.status.words}.",
        f"Affected: {affected}." if affected else "",
        f"Mitigation: {one_line(mitigated[-1], 100)}" if mitigated else "",
        *due,
    ]
    return cut(" ".join(part for part in parts if part), 300)
