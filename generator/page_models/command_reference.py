"""Every command and its fields, from the registry that Slack and the command line read."""

import inspect

from generator.page_models.blocks import Paragraph, Row, Table, Verbatim
from generator.page_models.field_words import hints, in_words, marked
from generator.page_models.inline import Code
from generator.page_models.page import Page, Section
from generator.page_models.terminal_commands import terminal_commands, terminal_examples
from generator.page_paths import COMMAND_REFERENCE
from tracker.model.meaning import described
from tracker.workflow.action import Action
from tracker.workflow.verbs import VERBS

_STEP = "hotfix-"


def command_reference_page() -> Page:
    """One section for each command, in the order of a bug's life."""
    return Page(
        path=COMMAND_REFERENCE,
        kind="reference",
        title="Commands",
        heading="Every command and its fields",
        kicker="Reference",
        sections=(
            _how_to_read(),
            *(_section(action) for action in VERBS.values()),
            terminal_commands(),
        ),
        summary="Every command of Bugbook, in Slack and on the command line, with its fields.",
    )


def _how_to_read() -> Section:
    sentences = (
        (
            "A command has the same name at every door. In Slack, `/bug` or `/hotfix` opens a form "
            "where a command needs more than one field."
        ),
        (
            "On the command line each field is an option, with dashes for underscores, and "
            "`--from FILE.yaml` gives the fields as YAML. `--at` says when it happened, where that "
            "was earlier than now, and `--dry-run` asks whether it would be accepted."
        ),
    )
    return Section(
        heading="How to read this page",
        anchor="how-to-read-this-page",
        blocks=tuple(Paragraph(content=marked(sentence)) for sentence in sentences),
    )


def _section(action: type[Action]) -> Section:
    words = action.verb.replace(_STEP, "hotfix ", 1)
    table = Table(
        caption=f"Fields of {words}",
        headers=("Field", "Needed", "Holds", "Means"),
        rows=tuple(_row(action, key) for key in hints(action)),
    )
    return Section(
        heading=words,
        anchor=action.verb,
        blocks=(
            Paragraph(content=marked(_first_line(action))),
            Verbatim(text="\n".join(_examples(action)), language="text"),
            table,
        ),
    )


def _examples(action: type[Action]) -> tuple[str, ...]:
    """The command in Slack and in a terminal, for bug 42."""
    if action.verb == "report":
        words = "/bug"
    elif action.verb.startswith(_STEP):
        words = f"/hotfix {action.verb.removeprefix(_STEP)} 42"
    else:
        words = f"/bug {action.verb} 42"
    return (f"{words} {action.example}".strip(), *terminal_examples(action.verb))


def _row(action: type[Action], key: str) -> Row:
    field = next(field for name, field in described(action).items() if key in {name, field.alias})
    return Row(
        cells=(
            (Code(text=key),),
            ("yes",) if field.is_required() else (),
            marked(in_words(hints(action)[key])),
            marked((field.description or "").replace("``", "`")),
        ),
        anchor=f"{action.verb}-{key}",
    )


def _first_line(action: type[Action]) -> str:
    return (inspect.getdoc(action) or "").partition("\n")[0]
