"""Conditions for leaving triage: severity, category, people."""

import difflib
from collections.abc import Collection, Iterable

from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason


def has_severity(record: BugRecord, context: Context) -> Iterable[Reason]:
    """No root-cause phase without a severity."""
    del context
    if record.severity is None:
        yield Reason(
            gate="severity",
            sentence=f"{record.id} has no severity: triage it first.",
            remedy="triage",
            field="severity",
        )


def category_is_known(record: BugRecord, context: Context) -> Iterable[Reason]:
    """Categories and patterns come from the policy, so that statistics mean something."""
    if record.triage is None:
        return
    names = [category.name for category in context.policy.categories]
    if record.triage.category not in names:
        yield Reason(
            gate="category",
            sentence=(
                f"`{record.triage.category}` is not a category of the policy: "
                f"{_hint(record.triage.category, names)}"
            ),
            remedy="triage",
            field="category",
        )
    pattern = record.triage.pattern
    if pattern is not None and pattern not in context.policy.patterns:
        yield Reason(
            gate="pattern",
            sentence=(
                f"`{pattern}` is not a bug pattern of the policy: "
                f"{_hint(pattern, context.policy.patterns)}"
            ),
            remedy="triage",
            field="pattern",
        )


def _hint(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"choose one of {', '.join(known)}."


def has_assignee(record: BugRecord, context: Context) -> Iterable[Reason]:
    """No root-cause phase without an assignee."""
    del context
    if record.assignment is None:
        yield Reason(
            gate="assignee",
            sentence=f"{record.id} has no assignee: assign it to an engineer.",
            remedy="assign",
            field="assignee",
        )


def has_backup(record: BugRecord, context: Context) -> Iterable[Reason]:
    """P0 and P1 also need somebody who takes over."""
    rule = context.policy.rule(record.severity)
    assignment = record.assignment
    if not rule.backup or assignment is None:
        return
    if assignment.backup is None:
        yield Reason(
            gate="backup",
            sentence=f"{record.severity} needs a backup beside the assignee: name one.",
            remedy="assign",
            field="backup",
        )
    elif assignment.backup == assignment.assignee:
        yield Reason(
            gate="backup",
            sentence="The backup is the assignee: name somebody else as backup.",
            remedy="assign",
            field="backup",
        )
