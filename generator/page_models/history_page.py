"""Every commit of a bug's record: who, when, and what changed, field by field."""

from typing import Final

from generator.page_models.cards import Revised, RevisedField, RevisionList
from generator.page_models.dossier import Dossier
from generator.page_models.frame import bug_document
from generator.page_models.inline import Code, Inline, WebLink, When
from generator.page_models.page import Page, section
from generator.page_paths import Document
from tracker.workflow.field_changes import Revision

_MOST: Final = 60  # fields of one commit; a record that was written anew has hundreds
_SHORT: Final = 10  # letters of a commit's id


def history_page(dossier: Dossier) -> Page:
    """The newest commit first."""
    return bug_document(
        dossier,
        Document.HISTORY,
        (
            section(
                "Commits",
                RevisionList(
                    revisions=tuple(_revised(each, dossier) for each in dossier.revisions)
                ),
            ),
        ),
        summary=f"Every change of {dossier.record.id}",
    )


def commit_link(commit: str, before: str) -> Inline:
    """The short id, as a link where the repository has pages for its commits."""
    short = commit[:_SHORT]
    return WebLink(text=short, address=f"{before}{commit}") if before else Code(text=short)


def _revised(revision: Revision, dossier: Dossier) -> Revised:
    changes = revision.changes
    told = changes or ()
    note = ""
    if changes is None:
        note = "One of the two versions cannot be read, so the fields are not compared."
    elif revision.first:
        note = "The record was written."
    elif not changes:
        note = "Comments or the way of writing changed, and no value."
    elif len(told) > _MOST:
        note = f"{len(told) - _MOST:,} more fields changed; the commit has them."
    return Revised(
        commit=commit_link(revision.commit, dossier.commits_at),
        subject=revision.subject,
        who=revision.author,
        at=When(at=revision.at),
        changes=tuple(
            RevisedField(field=each.field, before=each.before, after=each.after)
            for each in told[:_MOST]
        ),
        note=note,
    )
