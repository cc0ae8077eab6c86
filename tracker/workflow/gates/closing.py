"""Conditions for verifying and closing: checks, documents, follow-ups."""

from collections.abc import Iterable, Mapping

from tracker.model.checklist import ChecklistItem
from tracker.model.deployment import HotfixStep
from tracker.model.documents import RelatedKind
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.current_documents import current_notes, current_postmortem
from tracker.workflow.decision import Reason
from tracker.workflow.history import is_of_running_fix, standing_checks
from tracker.workflow.hotfix_progress import hotfix_steps


def checks_are_done(record: BugRecord, context: Context) -> Iterable[Reason]:
    """The immediate and short-term checks of the post-deployment checklist.

    A tick counts for the deployment that it follows: a roll back makes the check open again.
    Some of the policy's checks do not stand for all: the others are owed too, written down or not.
    A bug that has checks of its own has a list of its own.
    """
    for name in context.policy.rule(record.severity).checks:
        words = name.replace("_", "-")
        if not getattr(record.monitoring, name):
            yield Reason(
                gate=f"{words}-checks",
                sentence=f"The {words} checks after the deployment are not recorded: record them.",
                remedy="monitor",
                field=name,
            )
        for text, fault in open_checks(record, context.policy, name):
            yield Reason(
                gate=f"{words}-checks",
                sentence=f"The {words} check `{text}` {fault}: do it and tick it.",
                remedy="monitor",
                field=name,
            )


def open_checks(record: BugRecord, policy: Policy, name: str) -> tuple[tuple[str, str], ...]:
    """The checks of a list that are owed still, each with what is wrong; none of an empty one."""
    items: tuple[ChecklistItem, ...] = getattr(record.monitoring, name)
    usual: tuple[str, ...] = getattr(policy.checklists, name)
    said = {item.text: item for item in items}
    stands = {item.text: item.done for item in standing_checks(record, items)}
    owed = usual if said and said.keys() <= set(usual) else ()
    return tuple(
        (text, "was not ticked since the deployment" if _is_ticked(said, text) else "is not done")
        for text in dict.fromkeys((*said, *owed))
        if not stands.get(text, False)
    )


def _is_ticked(said: Mapping[str, ChecklistItem], text: str) -> bool:
    return text in said and said[text].done


def error_rate_is_recorded(record: BugRecord, context: Context) -> Iterable[Reason]:
    """A number from before the fix and one from after it show that it works."""
    if not context.policy.rule(record.severity).error_rate:
        return
    if not any(
        sample.before and is_of_running_fix(record, sample.at)
        for sample in record.monitoring.samples
    ):
        yield Reason(
            gate="error-rate",
            sentence=(
                "The error rate before the fix and after its deployment is not recorded: "
                "record both."
            ),
            remedy="monitor",
            field="error_rate_before",
        )


def release_notes_are_published(record: BugRecord, context: Context) -> Iterable[Reason]:
    """P0 within two hours of the deployment, P1 and P2 before closing; P3 by choice."""
    if context.policy.rule(record.severity).release_notes == "optional":
        return
    if not current_notes(record):
        sentence = f"The release notes of a {record.severity} must be published: publish them."
        if record.release_notes and record.release_notes.published:
            sentence = "The published release notes tell of an earlier fix: publish a revision."
        yield Reason(
            gate="release-notes",
            sentence=sentence,
            remedy="publish" if record.release_notes else "release-notes",
            field="release_notes",
        )


def postmortem_is_published(record: BugRecord, context: Context) -> Iterable[Reason]:
    """P0 and P1 are learned from before they are closed."""
    if not context.policy.rule(record.severity).postmortem:
        return
    if not current_postmortem(record):
        sentence = f"The post-mortem of a {record.severity} must be published: publish it."
        if record.postmortem and record.postmortem.published:
            sentence = (
                "The post-mortem was published before the bug was opened again: "
                "add what was learned since, and publish it."
            )
        yield Reason(
            gate="postmortem",
            sentence=sentence,
            remedy="publish" if record.postmortem else "postmortem",
            field="postmortem",
        )


def action_items_are_owned(record: BugRecord, context: Context) -> Iterable[Reason]:
    """An action item without owner and date is a wish."""
    del context
    for item in record.actions:
        if item.done_at is None and (item.owner is None or item.due is None):
            yield Reason(
                gate="action-items",
                sentence=f"The action item `{item.text}` lacks an owner or a due date: give both.",
                remedy="action",
                field="actions",
            )


def hotfix_is_backported(record: BugRecord, context: Context) -> Iterable[Reason]:
    """A hotfix that is not on main comes back with the next release."""
    del context
    if record.hotfix is not None and HotfixStep.BACKPORT not in hotfix_steps(record):
        yield Reason(
            gate="backport",
            sentence="The hotfix is not backported to main: backport it.",
            remedy="hotfix-backport",
            field="hotfix",
        )


def debt_has_a_follow_up(record: BugRecord, context: Context) -> Iterable[Reason]:
    """A workaround or other technical debt is followed up somewhere."""
    del context
    if record.fix is None or not record.fix.technical_debt:
        return
    if not any(item.kind is RelatedKind.FOLLOW_UP for item in record.related):
        yield Reason(
            gate="follow-up",
            sentence="The fix leaves technical debt without a follow-up: link the ticket.",
            remedy="link",
            field="related",
        )
