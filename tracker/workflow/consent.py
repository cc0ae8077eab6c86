"""Consent to a document is recorded once: of one person, in one role, to one version."""

from collections.abc import Iterable, Iterator

from tracker.model.documents import DocumentApproval, Postmortem, ReleaseNotes
from tracker.model.record import BugRecord
from tracker.workflow.decision import Reason
from tracker.workflow.standing import spoken
from tracker.workflow.trail import Finding


def consented_already(record: BugRecord, approval: DocumentApproval) -> Iterable[Reason]:
    """That the record holds this consent; a document is another version once it is published."""
    said = _said(record, approval)
    same = next((each for each in record.approvals if _said(record, each) == said), None)
    if same is not None:
        yield Reason(
            gate="consent",
            sentence=(
                f"{same.by.name} approved the {same.document.words} of {record.id} as {same.role} "
                f"already, at {same.at:%Y-%m-%d %H:%M %Z}: nothing more is needed until another "
                "version is published."
            ),
            remedy="publish",
        )


def consent_faults(old: BugRecord | None, new: BugRecord) -> Iterator[Finding]:
    """New approvals of an edited file that stand above them already."""
    known = list(old.approvals) if old else []
    for index, approval in enumerate(new.approvals):
        if approval in known:
            known.remove(approval)
            continue
        before = new.model_copy(update={"approvals": new.approvals[:index]})
        for reason in consented_already(before, approval):
            yield Finding(reason=reason, where=("approvals", index))


def _said(record: BugRecord, approval: DocumentApproval) -> tuple[object, ...]:
    document: ReleaseNotes | Postmortem | None = getattr(record, approval.document.value)
    published = document.published if document else ()
    version = sum(each.at <= approval.at for each in published)
    return approval.document, approval.by.email, spoken(approval.role), version
