"""Give a bug another number: its files move, references follow, the old number stays an alias."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.model.bug_id import IdStyle, meant_ids, number_of, record_path
from tracker.model.bug_number import id_in_path
from tracker.model.person import Person
from tracker.model.problem import ProblemsFound
from tracker.model.trouble import TroubleError
from tracker.operations.read_bugs import find_bug
from tracker.store.bug_store import BugStore
from tracker.store.clone_writer import CloneWriter
from tracker.store.commit_builder import BOT_EMAIL, BOT_NAME
from tracker.store.commit_writer import NewCommit, Signature
from tracker.store.push_outcome import PushResult
from tracker.store.renumbering import (
    Changes,
    Numbers,
    moved_record,
    relinked_attachments,
    renamed_references,
)
from tracker.store.yaml_writer import YamlNotWritten

_TRIES: Final = 25  # lost pushes before it is given up


class NotRenumberedError(TroubleError):
    """The number was not changed; nothing was."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The files of a renumbering on one commit, ready to be written."""

    numbers: Numbers
    changes: Changes


@dataclass(frozen=True, kw_only=True)
class Renumbered:
    """A bug that has another number now; `references` are the other bugs that were rewritten."""

    old: str
    new: str
    commit: str
    references: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Tips:
    """The commit to work on, and the newest commits of all branches, whose numbers are taken."""

    tip: str | None
    branches: tuple[str, ...]


def renumber(
    store: BugStore, typed: str, wanted: str | None, actor: Person, now: datetime
) -> Renumbered:
    """Move a bug to a number, or to the next one that no branch of the remote uses.

    Raises NotRenumberedError, UnknownBugError or a RepositoryError.
    """

    def plan(tips: Tips) -> Plan:
        numbers = _numbers(store, tips, typed, wanted)
        changes = (
            moved_record(store, tips.tip, numbers)
            | renamed_references(store, tips.tip, numbers)
            | relinked_attachments(store, tips.tip, numbers)
        )
        return Plan(numbers=numbers, changes=changes)

    found = commit_plan(store, plan, actor, now)
    if found is None:
        message = f"{typed} was not renumbered: look at its record, and try again."
        raise NotRenumberedError(message)
    return found


def commit_plan(
    store: BugStore, plan: Callable[[Tips], Plan | None], actor: Person, now: datetime
) -> Renumbered | None:
    """Commit and push what is planned, again on each new tip; None where nothing is planned.

    Raises NotRenumberedError or a RepositoryError.
    """
    done: Renumbered | None = None
    with store.clone.writing() as writer:
        for _ in range(_TRIES):
            tip = writer.fetch()
            if done is not None and _has(writer, tip, done.commit):
                return done  # the push whose outcome was unknown
            planned = _refusing(plan, Tips(tip=tip, branches=writer.fetch_branches()))
            if planned is None:
                return None
            done = _written(store, writer, planned, tip, (actor, now))
            pushed = writer.push(done.commit)
            if pushed.result is PushResult.PUSHED:
                return done
            if pushed.result not in {PushResult.MOVED, PushResult.UNKNOWN}:
                raise NotRenumberedError(pushed.reason)
    message = "Others write to the repository without a pause; try again in a minute."
    raise NotRenumberedError(message)


def next_number(store: BugStore, tips: Tips, style: IdStyle) -> str:
    """The next number that no branch uses."""
    revisions = {tips.tip, *tips.branches}
    return max((store.next_id(style, revision) for revision in revisions), key=number_of)


def style_of(store: BugStore, tips: Tips, bug: str) -> IdStyle:
    """The kind of a bug's number: its prefix, and how it is padded."""
    prefix, _, digits = bug.partition("-")
    styles = store.policy(tips.tip).ids
    usual = IdStyle(prefix=prefix, width=len(digits))
    return next((style for style in styles if style.prefix == prefix), usual)


def _numbers(store: BugStore, tips: Tips, typed: str, wanted: str | None) -> Numbers:
    old = find_bug(store.index, typed)
    if old not in meant_ids(typed, store.policy(tips.tip).ids):
        message = f"{typed} is {old} already: nothing is to be done."
        raise NotRenumberedError(message)
    style = style_of(store, tips, old)
    free = next_number(store, tips, style)
    if wanted is None:
        return Numbers(old=old, new=free)
    new = next(iter(meant_ids(wanted, (style,))), None)
    if new is None or number_of(new) < number_of(free):
        message = (
            f"{wanted} cannot be the new number of {old}: leave it out, or take {free} or a later"
            " one, so that no number ever means two bugs."
        )
        raise NotRenumberedError(message)
    return Numbers(old=old, new=new)


def _refusing(plan: Callable[[Tips], Plan | None], tips: Tips) -> Plan | None:
    """Tell what is wrong with a file as a reason why nothing was changed."""
    try:
        return plan(tips)
    except (ProblemsFound, YamlNotWritten) as error:
        message = f"Nothing was renumbered, because a record must be corrected first: {error}"
        raise NotRenumberedError(message) from error


def _written(
    store: BugStore,
    writer: CloneWriter,
    plan: Plan,
    tip: str | None,
    by: tuple[Person, datetime],
) -> Renumbered:
    actor, now = by
    numbers = plan.numbers
    new = NewCommit(
        changes=plan.changes,
        subject=f"{numbers.new} renumber: formerly {numbers.old}",
        author=Signature(name=actor.name, email=actor.email, time=now),
        committer=Signature(name=BOT_NAME, email=BOT_EMAIL, time=now),
        trailers={
            "Action": "renumber",
            "Actor": str(actor),
            "Policy": str(store.policy(tip).version),
        },
    )
    own = {record_path(numbers.old), record_path(numbers.new)}
    others = (id_in_path(path) for path in plan.changes if path not in own)
    return Renumbered(
        old=numbers.old,
        new=numbers.new,
        commit=writer.commit(new, tip),
        references=tuple(sorted({bug for bug in others if bug})),
    )


def _has(writer: CloneWriter, tip: str | None, commit: str) -> bool:
    return tip is not None and (tip == commit or writer.repository.descendant_of(tip, commit))
