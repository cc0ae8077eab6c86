"""Write the documents of a bug."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from tracker.model.changelog import ChangeLine
from tracker.model.checklist import ChecklistItem, merged
from tracker.model.documents import Postmortem, Prevention, ReleaseNotes
from tracker.model.part import Line, Moment, Prose
from tracker.model.record import BugRecord
from tracker.workflow.action import grown
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.revision import Revision


class WriteReleaseNotes(Revision):
    """Write or extend the release notes; publishing them is a command of its own."""

    verb: ClassVar[str] = "release-notes"
    example: ClassVar[str] = "Old apps can redeem again"
    closed_too: ClassVar[bool] = True

    version: Line | None = None
    """The version of the product that carries the fix."""
    summary: Prose | None = None
    """The bug and the fix in a few sentences; required the first time."""
    symptom: Line | None = None
    """What people saw."""
    components: tuple[Line, ...] = ()
    """Components that are affected."""
    deployment_type: Line | None = None
    """Emergency hotfix, fast-track or next release."""
    success_criteria: tuple[ChecklistItem, ...] = ()
    """What shows that the fix works."""
    prevention_now: tuple[Line, ...] = ()
    """What was done at once to prevent a repeat."""
    prevention_later: tuple[Line, ...] = ()
    """What will be done."""
    documentation: tuple[ChecklistItem, ...] = ()
    """Documents that were written or updated."""
    changelog: tuple[ChangeLine, ...] = ()
    """What the changelog says of this version."""
    clear: tuple[Literal["version", "symptom", "deployment_type"], ...] = ()
    """Fields to empty; what is left out stays as it was."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """The first draft needs a summary."""
        del context
        if self.summary is None and record.release_notes is None:
            yield Reason(
                gate="release-notes-summary",
                sentence="Release notes need a summary: describe the bug and the fix.",
                remedy="release-notes",
                field="summary",
            )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set what is given; lists grow, checks of the same text are replaced."""
        del context
        if self.summary is None and record.release_notes is None:
            return record
        old = record.release_notes or ReleaseNotes(summary=self.summary or "-")
        said = self.revised(ReleaseNotes, "version", "summary", "symptom", "deployment_type")
        notes = old.model_copy(
            update={
                **said,
                "components": grown(old.components, self.components),
                "success_criteria": merged(old.success_criteria, self.success_criteria),
                "prevention_now": grown(old.prevention_now, self.prevention_now),
                "prevention_later": grown(old.prevention_later, self.prevention_later),
                "documentation": merged(old.documentation, self.documentation),
                "changelog": grown(old.changelog, self.changelog),
            }
        )
        return record.model_copy(update={"release_notes": notes})

    def subject(self, record: BugRecord) -> str:
        """How far the document is."""
        written = record.release_notes
        return "revised" if written and written.published else "drafted"


class WritePostmortem(Revision):
    """Write or extend the post-mortem; publishing it is a command of its own."""

    verb: ClassVar[str] = "postmortem"
    example: ClassVar[str] = "went_well=Quick triage went_wrong=Nobody had tried an old app"
    closed_too: ClassVar[bool] = True

    summary: Prose | None = None
    """What happened, for somebody who was not there."""
    ended: Moment | None = None
    """When the incident was over."""
    went_well: tuple[Line, ...] = ()
    """What went well."""
    went_wrong: tuple[Line, ...] = ()
    """What went wrong."""
    prevention: tuple[Prevention, ...] = ()
    """Measures against a repeat, by kind."""
    lessons: tuple[Line, ...] = ()
    """What we learned."""
    meeting: Moment | None = None
    """When the team went through it."""
    shared_with: tuple[Line, ...] = ()
    """Who the lessons were shared with."""
    clear: tuple[Literal["meeting"], ...] = ()
    """Fields to empty; what is left out stays as it was."""

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Set what is given; lists grow."""
        del context
        old = record.postmortem or Postmortem()
        said = self.revised(Postmortem, "summary", "ended", "meeting")
        postmortem = old.model_copy(
            update={
                **said,
                "went_well": grown(old.went_well, self.went_well),
                "went_wrong": grown(old.went_wrong, self.went_wrong),
                "prevention": grown(old.prevention, self.prevention),
                "lessons": grown(old.lessons, self.lessons),
                "shared_with": grown(old.shared_with, self.shared_with),
            }
        )
        return record.model_copy(update={"postmortem": postmortem})

    def subject(self, record: BugRecord) -> str:
        """How far the document is."""
        written = record.postmortem
        return "revised" if written and written.published else "drafted"
