"""Conditions on every action, whatever it does; each sentence is the same at every door."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from tracker.model.moment import moment_in_words
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.workflow.context import Context
from tracker.workflow.decision import MADE, Reason
from tracker.workflow.hotfix_track import on_track, role_for
from tracker.workflow.trail import already, made_already
from tracker.workflow.transitions import TRANSITIONS, allowed

_ARTICLES: Final = frozenset({"a", "an", "the"})


def time_is_past(verb: str, context: Context) -> Iterable[Reason]:
    """Nothing is recorded before it has happened."""
    if context.at > context.now:
        yield Reason(
            gate="time",
            sentence=f"`{verb}` cannot have happened at {moment_in_words(context.at)}, "
            "which is later than now: give the time at which it happened.",
            field="at",
        )


def role_is_held(verb: str, context: Context) -> Iterable[Reason]:
    """Some commands are for a role, where the policy says so."""
    role = role_for(verb, context.policy)
    if role is not None and not context.policy.holds(context.actor, role):
        yield Reason(
            gate="role",
            sentence=(
                f"`{verb}` is for the role `{role.replace('_', ' ')}`, which "
                f"{context.actor.name} does not have: ask one of "
                f"{context.policy.holders(role)}."
            ),
        )


def approver_holds(title: str, approver: Person, policy: Policy) -> Iterable[Reason]:
    """A document is approved in a role of the policy by those who have it; other titles are free.

    `Release manager`, `release-manager` and `the release_manager` are one role, and who approves is
    known without being named.
    """
    known = tuple(dict.fromkeys((*policy.roles, *policy.user_groups)))
    if "@" in title:
        roles = ", ".join(f"`{spoken(each)}`" for each in known)
        yield Reason(
            gate="role",
            sentence=(
                f"`{title}` is a person and no role: name the role in which {approver.name} "
                f"approves, {f'{roles} or another' if roles else 'such as `engineering lead`'}."
            ),
            field="role",
        )
        return
    role = next((each for each in known if spoken(each) == spoken(title)), None)
    if role is not None and not policy.holds(approver, role):
        yield Reason(
            gate="role",
            sentence=(
                f"{approver.name} does not have the role `{spoken(role)}`, which the policy gives "
                f"to {policy.holders(role)}: name the role in which {approver.name} approves."
            ),
            field="role",
        )


def bug_is_open(
    record: BugRecord, status: Status, verb: str, *, closed_too: bool
) -> Iterable[Reason]:
    """A closed bug is reopened first, but for what its documents still need."""
    reopens = verb in TRANSITIONS[Status.CLOSED]
    if not (status.is_open or closed_too or reopens):
        sentence = f"{record.id} is closed: reopen it before `{verb}`."
        yield _refused(record, verb, Reason(gate="open", sentence=sentence, remedy="reopen"))


def moves_are_in_order(previous: TimelineEntry | None, verb: str, at: datetime) -> Iterable[Reason]:
    """No move happens before the one that led to it."""
    if previous is not None and at < previous.at:
        yield Reason(
            gate="order",
            sentence=(
                f"`{verb}` cannot have happened at {moment_in_words(at)}, before "
                f"`{previous.action}` at {moment_in_words(previous.at)}: give a later time."
            ),
            field="at",
        )


def illegal(record: BugRecord, status: Status, verb: str) -> Reason:
    """Say that the table has no such row, and which rows it has."""
    moves = allowed(status)
    choices = ", ".join(f"`{on_track(record, move)}`" for move in moves)
    stands = f"{record.id} stands at `{status.words}`"
    other = Reason(
        gate="state",
        sentence=f"{stands}, where `{verb}` is not possible: go on with {choices}.",
        remedy=moves[0],
    )
    return _refused(record, verb, other, f"{stands}: go on with {choices}.")


def _refused(record: BugRecord, verb: str, other: Reason, onward: str | None = None) -> Reason:
    """That a move was made, by whom and when, before what comes next; else the other reason."""
    made = made_already(record, verb)
    if made is None:
        return other
    sentence = f"{already(f'`{verb}`', made)} {onward or other.sentence}"
    return replace(other, gate=MADE, sentence=sentence)


def spoken(role: str) -> str:
    """A role as people say it: one, however it is written, with or without an article."""
    words = re.findall(r"[^\W_]+", role.casefold())
    return " ".join([word for word in words if word not in _ARTICLES] or words)
