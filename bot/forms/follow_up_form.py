"""What is planned or kept beside the moves: attachments, the way to users, the proper fix."""

from collections.abc import Mapping

from bot.forms.excerpt_rows import EXCERPT_SYNTAX, read_excerpts, write_excerpts
from bot.forms.fix_form import ALIASES, ROLLBACK
from bot.forms.inputs import always, choice, line, lines, offers_of, prose, rows
from bot.forms.layout import Form, flattened
from tracker.model.fix import FixState
from tracker.model.record import BugRecord
from tracker.model.report import AttachmentKind


def _plan_start(record: BugRecord) -> Mapping[str, object]:
    fix = record.fix
    if fix is None:
        return {}
    return {**flattened(fix.deployment_plan), **flattened(fix.rollback_plan, "rollback_plan.")}


def _proper_start(record: BugRecord) -> Mapping[str, object]:
    fix = record.fix
    if fix is None:
        return {}
    return {
        "summary": fix.proper_fix,
        "changes": fix.proper_changes,
        "pull_request": fix.proper_pull_request,
        "state": fix.proper_state,
    }


FORMS = (
    Form(
        verb="attach",
        title="Attach evidence",
        submit="Attach",
        main="name",
        words_suffice=True,
        inputs=(
            line("name", "Name", "File name, or what the link leads to", required=always),
            choice(
                "kind",
                "What it is",
                offers_of(AttachmentKind, {kind.value: kind.words for kind in AttachmentKind}),
            ),
            line("link", "Address", "When it is not kept beside the record"),
            line("description", "What it shows"),
        ),
    ),
    Form(
        verb="plan-deployment",
        title="Plan the deployment",
        submit="Save",
        main="window",
        words_suffice=True,
        start=_plan_start,
        aliases=ALIASES,
        inputs=(
            line("window", "When", example="Low-traffic window, 02:00 UTC"),
            lines("steps", "Deployment steps", "One step a line, with how long it takes"),
            lines("watch", "What is watched", "One metric a line", grows=True),
            *ROLLBACK,
        ),
    ),
    Form(
        verb="proper-fix",
        title="Proper fix",
        submit="Save",
        main="summary",
        words_suffice=True,
        start=_proper_start,
        inputs=(
            prose("summary", "What the proper fix is"),
            rows(
                "changes",
                "What it changes",
                EXCERPT_SYNTAX,
                read=read_excerpts,
                write=write_excerpts,
            ),
            line("pull_request", "Pull request"),
            choice("state", "How far it is", offers_of(FixState)),
        ),
    ),
)
