"""Release notes, post-mortem, and consent to them."""

from collections.abc import Mapping

from bot.forms.excerpt_rows import CHANGELOG_SYNTAX, read_changelog, write_changelog
from bot.forms.inputs import always, choice, line, lines, moment, offers_of, prose, rows
from bot.forms.layout import Form, Page, flattened
from bot.forms.measure_rows import (
    CHECK_SYNTAX,
    PREVENTION_SYNTAX,
    read_checks,
    read_prevention,
    write_checks,
    write_prevention,
)
from bot.forms.scene import Scene
from tracker.model.documents import DocumentKind
from tracker.model.record import BugRecord

_DOCUMENTS = offers_of(
    DocumentKind, {"release_notes": "Release notes", "postmortem": "Post-mortem"}
)


def _first_draft(scene: Scene) -> bool:
    return scene.record is None or scene.record.release_notes is None


def _postmortem_start(record: BugRecord) -> Mapping[str, object]:
    written = record.postmortem
    prevention = written.prevention if written else ()
    return {
        **flattened(written),
        "prevention": tuple(f"{measure.kind}: {measure.text}" for measure in prevention),
    }


FORMS = (
    Form(
        verb="release-notes",
        title="Release notes",
        submit="Save",
        main="summary",
        words_suffice=True,
        start=lambda record: flattened(record.release_notes),
        inputs=(
            line("version", "Version"),
            prose("summary", "Summary", "The bug and the fix in short", required=_first_draft),
            line("symptom", "Symptom", "What people saw"),
            lines("components", "Affected components", grows=True),
            line("deployment_type", "Deployment type", example="Emergency hotfix or fast-track"),
            rows(
                "success_criteria",
                "Success criteria",
                CHECK_SYNTAX,
                read=read_checks,
                write=write_checks,
            ),
            lines("prevention_now", "Prevention, done", "What was done at once", grows=True),
            lines("prevention_later", "Prevention, later", "What will be done", grows=True),
            rows(
                "documentation",
                "Related documentation",
                CHECK_SYNTAX,
                read=read_checks,
                write=write_checks,
            ),
            rows(
                "changelog",
                "Changelog",
                CHANGELOG_SYNTAX,
                read=read_changelog,
                write=write_changelog,
            ),
        ),
    ),
    Form(
        verb="postmortem",
        title="Post-mortem",
        submit="Save",
        main="summary",
        words_suffice=True,
        start=_postmortem_start,
        steps=(
            Page(title="Post-mortem 1 of 3", inputs=frozenset({"summary", "ended", "at"})),
            Page(
                title="Post-mortem 2 of 3",
                inputs=frozenset({"went_well", "went_wrong", "lessons"}),
            ),
            Page(
                title="Post-mortem 3 of 3",
                inputs=frozenset({"prevention", "meeting", "shared_with"}),
            ),
        ),
        inputs=(
            prose("summary", "Summary", "What happened, for somebody who was not there"),
            moment("ended", "Incident ended"),
            lines("went_well", "What went well", grows=True),
            lines("went_wrong", "What went wrong", grows=True),
            rows(
                "prevention",
                "Prevention measures",
                PREVENTION_SYNTAX,
                read=read_prevention,
                write=write_prevention,
                grows=True,
            ),
            lines("lessons", "Lessons learned", grows=True),
            moment("meeting", "Gone through by the team at"),
            lines("shared_with", "Shared with", grows=True),
        ),
    ),
    Form(
        verb="approve-document",
        title="Approve a document",
        submit="Approve",
        main="document",
        inputs=(
            choice("document", "Document", _DOCUMENTS, required=always),
            line("role", "In what role", example="Engineering Lead", required=always),
        ),
    ),
    Form(
        verb="publish",
        title="Publish a document",
        submit="Publish",
        main="document",
        words_suffice=True,
        inputs=(choice("document", "Document", _DOCUMENTS, required=always),),
    ),
)
