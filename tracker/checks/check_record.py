"""Check one file: read it once, then ask every rule."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tracker.checks.rules import (
    agreement,
    approvals,
    attachments,
    growth,
    ids,
    moves,
    names,
    places,
    references,
    secrets,
    state_changes,
    times,
)
from tracker.checks.subject import Change, Past, Subject, Surroundings
from tracker.checks.task import Task
from tracker.checks.verdicts import Verdict
from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.record_file import read_policy
from tracker.store.secrets import SecretScanner, scanner_with
from tracker.store.yaml_reader import read_yaml
from tracker.store.yaml_validation import survey, validated

Rule = Callable[[Subject], Iterable[Problem]]

RULES: Final[tuple[Rule, ...]] = (
    places.find,
    ids.find,
    references.find,
    attachments.find,
    names.find,
    moves.find,
    agreement.find,
    times.find,
    growth.find,
    state_changes.find,
    approvals.find,
    secrets.find,
)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The problems of a file; or what to remember of one without any, and without changes."""

    path: str
    problems: tuple[Problem, ...]
    verdict: Verdict | None


def check_all(around: Surroundings, tasks: Iterable[Task], rules: Path | None) -> list[Checked]:
    """Check files one after the other; `rules` is where those for secrets are kept ready."""
    scanner = scanner_with(rules)
    return [_check(task, around, scanner) for task in tasks]


def _check(task: Task, around: Surroundings, scanner: SecretScanner) -> Checked:
    document, record, problems = survey(task.data, task.path, BugRecord)
    found = list(problems)
    verdict = None
    if document is not None and record is not None and around.policy_holds:
        subject = Subject(
            document=document,
            text=document.text,
            record=record,
            known_text=(task.known or b"").decode("utf-8", "replace"),
            past=_past(task, around, record),
            around=around,
            scanner=scanner,
        )
        found.extend(problem for rule in RULES for problem in rule(subject))
        verdict = None if found or task.past is not None else _verdict(task, subject)
    return Checked(path=task.path, problems=tuple(found), verdict=verdict)


def _verdict(task: Task, subject: Subject) -> Verdict:
    """What to remember of a record that was found good."""
    return Verdict(
        blob=task.blob,
        newest=subject.newest.timestamp(),
        searched=not task.known,
        refers_to=references.references(subject.record, subject.around.policy.ids),
        formerly=subject.record.formerly,
        attached=attachments.kept_beside(subject.record),
    )


def _past(task: Task, around: Surroundings, record: BugRecord) -> Past | None:
    """Read the versions; one that cannot be read at the base leaves nothing to compare with."""
    if task.past is None:
        return None
    read = partial(_read, path=task.path, known={task.data: record})
    base = read(task.past.base)
    if base is None and task.past.base is not None:
        return None
    return Past(
        base=base,
        changes=tuple(
            Change(
                author=change.author,
                before=tuple(read(data) for data in change.before),
                after=read(change.after),
                policy=_policy(change.policy) or around.policy,
            )
            for change in task.past.changes
        ),
    )


def _read(
    data: bytes | None, *, path: str, known: dict[bytes, BugRecord | None]
) -> BugRecord | None:
    """The record in some bytes, each version read once; None for what is none."""
    if data is None:
        return None
    if data not in known:
        try:
            known[data] = validated(read_yaml(data, path), BugRecord)
        except ProblemsFound:
            known[data] = None
    return known[data]


def _policy(data: bytes | None) -> Policy | None:
    if data is None:
        return None
    try:
        return read_policy(data)
    except ProblemsFound:
        return None
