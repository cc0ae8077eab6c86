"""All pages of one bug, from its dossier."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from generator.page_models.attachments import AttachedFile
from generator.page_models.document_state import document_states
from generator.page_models.dossier import Dossier
from generator.page_models.history_page import history_page
from generator.page_models.hotfix_sheet import hotfix_page
from generator.page_models.overview import overview_page
from generator.page_models.page import AsOf, Page
from generator.page_models.postmortem import postmortem_page
from generator.page_models.release_notes import release_notes_page
from generator.page_models.root_cause_analysis import root_cause_page
from generator.page_models.stray_pages import unreadable_page
from generator.page_paths import Document
from tracker.model.bug_id import BUG_ID
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.model.record import BugRecord
from tracker.operations.read_work_tree import LastChange
from tracker.workflow.field_changes import Revision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What lies around a record: its commits and the files beside it."""

    files: tuple[AttachedFile, ...] = ()
    revisions: tuple[Revision, ...] = ()
    commits_at: str = ""
    """What stands before a commit's id in its address on the web."""


def dossier(
    record: BugRecord,
    change: LastChange | None,
    *,
    policy: Policy,
    known: Container[str],
    problems: Iterable[Problem],
    around: Surroundings | None = None,
) -> Dossier:
    """What a bug's pages are made from, as of its own last commit.

    Clocks are read at the newest moment that the bug's own history knows of. Were it the moment of
    the newest commit of all, each commit would change the pages of all open bugs.
    """
    near = around or Surroundings()
    moments = [record.reported.at, *(entry.at for entry in record.timeline)]
    return Dossier(
        record=record,
        policy=policy,
        now=max(*moments, change.at if change else _EPOCH),
        as_of=_as_of(change),
        known=known,
        files=near.files,
        revisions=near.revisions,
        commits_at=near.commits_at,
        problems=tuple(map(str, problems)),
    )


def _as_of(change: LastChange | None) -> AsOf:
    if change is None:
        return AsOf(commit=None, at=_EPOCH)
    return AsOf(commit=change.commit, at=change.at, modified=change.modified)


def bug_pages(dossier: Dossier) -> tuple[Page, ...]:
    """The bug's page and one page for each document that it has or needs."""
    builders = {
        Document.ROOT_CAUSE: root_cause_page,
        Document.HOTFIX: hotfix_page,
        Document.RELEASE_NOTES: release_notes_page,
        Document.POSTMORTEM: postmortem_page,
    }
    documents = (status.document for status in document_states(dossier))
    return (
        overview_page(dossier),
        *(builders[document](dossier) for document in documents),
        *((history_page(dossier),) if dossier.revisions else ()),
    )


def stands_in_for(
    path: str, problems: tuple[Problem, ...], *, known: Container[str]
) -> tuple[Page, ...]:
    """The page of a record that cannot be read; none where its bug has pages, or no number."""
    bug_id = PurePosixPath(path).stem
    if not BUG_ID.match(bug_id) or bug_id in known:
        return ()
    return (unreadable_page(bug_id, problems),)
