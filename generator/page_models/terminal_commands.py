"""The commands that exist in a terminal alone, from the catalogue that its help is made from."""

import click

from generator.page_models.blocks import Paragraph, Row, Table, Verbatim
from generator.page_models.field_words import marked
from generator.page_models.inline import Code
from generator.page_models.page import Section
from tracker.cli.catalogue import GROUPS
from tracker.cli.commands import EXIT_CODES
from tracker.cli.entry import BY_NAME, Entry
from tracker.cli.hotfix_catalogue import HOTFIX


def terminal_examples(verb: str) -> tuple[str, ...]:
    """What a person may type in a terminal for an action."""
    actions = [entry for group in GROUPS for entry in group.entries if entry.code == BY_NAME]
    by_verb = {
        **{entry.name: entry.examples for entry in actions},
        **{f"hotfix-{entry.name}": entry.examples for entry in HOTFIX},
    }
    return by_verb[verb]


def terminal_commands() -> Section:
    """One section for each, in the order of the help."""
    entries = [entry for group in GROUPS for entry in group.entries if entry.code != BY_NAME]
    sentences = (
        "These read, check, build and run things. `--help` tells the same as this page.",
        f"Exit codes of every command: {EXIT_CODES}.",
    )
    return Section(
        heading="In a terminal alone",
        anchor="in-a-terminal-alone",
        blocks=tuple(Paragraph(content=marked(sentence)) for sentence in sentences),
        sections=tuple(_section(entry) for entry in entries),
    )


def _section(entry: Entry) -> Section:
    """What a command does and how; of one above the tracker, what the catalogue says of it."""
    examples = Verbatim(text="\n".join(entry.examples), language="text")
    if not entry.code:
        blocks = (Paragraph(content=marked(entry.summary)), examples)
        return Section(heading=_heading(entry), anchor=_anchor(entry), blocks=blocks)
    command = entry.load(entry.name)
    context = click.Context(command, info_name=f"bugbook {entry.name}")
    words = (command.help or entry.summary).replace("\n\n", "\b").replace("\n", " ").split("\b")
    usage = Verbatim(text=_usage(command, context), language="text")
    return Section(
        heading=_heading(entry),
        anchor=_anchor(entry),
        blocks=(
            *(Paragraph(content=marked(" ".join(paragraph.split()))) for paragraph in words),
            usage,
            examples,
            *_options(command, context, entry),
        ),
    )


def _heading(entry: Entry) -> str:
    return f"bugbook {entry.name}"


def _anchor(entry: Entry) -> str:
    return f"bugbook-{entry.name}"


def _usage(command: click.Command, context: click.Context) -> str:
    return " ".join((context.info_name or "", *command.collect_usage_pieces(context)))


def _options(command: click.Command, context: click.Context, entry: Entry) -> tuple[Table, ...]:
    lines = [
        line
        for option in command.params
        if (line := option.get_help_record(context)) is not None
        and isinstance(option, click.Option)
    ]
    if not lines:
        return ()
    rows = tuple(
        Row(cells=((Code(text=names),), marked(meaning.replace("  [", " ["))))
        for names, meaning in lines
    )
    caption = f"Options of {entry.name}"
    return (Table(caption=caption, headers=("Option", "Means"), rows=rows),)
