"""Approve and publish the documents of a bug."""

from collections.abc import Iterable
from itertools import chain
from typing import ClassVar

from tracker.model.documents import (
    DocumentApproval,
    DocumentKind,
    Postmortem,
    Publication,
    ReleaseNotes,
)
from tracker.model.part import Line
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.consent import consented_already
from tracker.workflow.context import Context
from tracker.workflow.decision import NOTHING, Reason
from tracker.workflow.standing import approver_holds


class ApproveDocument(Action):
    """Consent to the release notes or the post-mortem."""

    verb: ClassVar[str] = "approve-document"
    example: ClassVar[str] = "document=release_notes role=Engineering Lead"
    closed_too: ClassVar[bool] = True

    document: DocumentKind
    """Which document."""
    role: Line
    """In what role; one that the policy gives to people is for them alone."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """There is something to approve, nobody claims others' roles, and nobody says it twice."""
        yield from _is_written(record, self.document)
        yield from approver_holds(self.role, context.actor, context.policy)
        yield from consented_already(record, self._approval(context))

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Some document must be written."""
        del context
        return _unless_one_is_free(_is_written(record, kind) for kind in DocumentKind)

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the approval."""
        approvals = (*record.approvals, self._approval(context))
        return record.model_copy(update={"approvals": approvals})

    def subject(self, record: BugRecord) -> str:
        """The document, and in what role it was approved."""
        del record
        return f"{self.document.words} approved as {self.role}"

    def _approval(self, context: Context) -> DocumentApproval:
        return DocumentApproval(
            document=self.document, role=self.role, by=context.actor, at=context.at
        )


class PublishDocument(Action):
    """Publish the release notes or the post-mortem, or a new revision of them."""

    verb: ClassVar[str] = "publish"
    example: ClassVar[str] = "document=postmortem"
    closed_too: ClassVar[bool] = True

    document: DocumentKind
    """Which document."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """It must be written; a post-mortem must say what went well, wrong and what we learned.

        What was published just now is another version once something of it has changed.
        """
        yield from _is_complete(record, self.document)
        yield from _is_published(record, self.document, context.known.before)

    @classmethod
    def obstacles(cls, record: BugRecord, context: Context) -> Iterable[Reason]:
        """Some document must be ready."""
        before = context.known.before
        return _unless_one_is_free(
            chain(_is_complete(record, kind), _is_published(record, kind, before))
            for kind in DocumentKind
        )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add a publication with the next version."""
        document: ReleaseNotes | Postmortem | None = getattr(record, self.document.value)
        if document is None:
            return record
        publication = Publication(
            version=f"1.{len(document.published)}", at=context.at, by=context.actor
        )
        published = document.model_copy(update={"published": (*document.published, publication)})
        return record.model_copy(update={self.document.value: published})

    def event(self, record: BugRecord, context: Context) -> str:
        """The document and its version."""
        del context
        document: ReleaseNotes | Postmortem | None = getattr(record, self.document.value)
        version = document.published[-1].version if document and document.published else ""
        return f"{self.document.words.capitalize()} {version} published."

    def subject(self, record: BugRecord) -> str:
        """The document."""
        del record
        return self.document.words


def _is_complete(record: BugRecord, document: DocumentKind) -> Iterable[Reason]:
    yield from _is_written(record, document)
    if document is DocumentKind.RELEASE_NOTES or record.postmortem is None:
        return
    for field in ("went_well", "went_wrong", "lessons"):
        if not getattr(record.postmortem, field):
            yield Reason(
                gate=f"postmortem-{field}",
                sentence=f"The post-mortem says nothing under `{field}`: write a line.",
                remedy="postmortem",
                field=field,
            )


def _is_published(
    record: BugRecord, kind: DocumentKind, before: BugRecord | None
) -> Iterable[Reason]:
    """That the newest change of the record was this very publication."""
    document: ReleaseNotes | Postmortem | None = getattr(record, kind.value)
    earlier: ReleaseNotes | Postmortem | None = getattr(before, kind.value, None)
    if document is None or earlier is None:
        return
    *others, newest = document.published or (None,)
    if newest is None or document.model_copy(update={"published": tuple(others)}) != earlier:
        return
    are, them = ("are", "them") if kind is DocumentKind.RELEASE_NOTES else ("is", "it")
    sentence = (
        f"{kind.words.capitalize()} {newest.version} {are} published already, by {newest.by.name} "
        f"at {newest.at:%Y-%m-%d %H:%M %Z}: change {them} before another version."
    )
    yield Reason(gate=NOTHING, sentence=sentence, remedy=kind.value.replace("_", "-"))


def _unless_one_is_free(found: Iterable[Iterable[Reason]]) -> Iterable[Reason]:
    """What stands against each of several choices, where something stands against all of them."""
    each = [tuple(reasons) for reasons in found]
    return chain(*each) if all(each) else ()


def _is_written(record: BugRecord, document: DocumentKind) -> Iterable[Reason]:
    if getattr(record, document.value) is None:
        verb = {"release_notes": "release-notes", "postmortem": "postmortem"}[document.value]
        them = {"release_notes": "them", "postmortem": "it"}[document.value]
        yield Reason(
            gate=f"{verb}-written",
            sentence=f"{record.id} has no {document.words} yet: write {them} with `{verb}`.",
            remedy=verb,
            field="document",
        )
