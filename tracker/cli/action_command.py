"""A command for each action: options from its fields, one commit as its effect."""

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from tracker.assembly import Request
from tracker.cli.bug_argument import bug_argument
from tracker.cli.options import asked_for, merged, naming_oneself, only_in_files, options_of
from tracker.cli.outcome import tell_outcome, tell_verdict
from tracker.cli.session import WHO_ACTS, Session, tell_unlike_work_tree
from tracker.model.explanation import explain
from tracker.model.private_text import taken_out
from tracker.operations.scenario import read_fields
from tracker.workflow.action import Action
from tracker.workflow.actions.report import ReportBug
from tracker.workflow.verbs import VERBS


class ActionCommand(click.Command):
    """Lists what an action records apart from the options that every action has."""

    fields: frozenset[str] = frozenset()
    """The options that are fields of the action."""
    needed: frozenset[str] = frozenset()
    """Those among them that the action asks for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; a text that stands alone is told where it may belong."""
        ctx.allow_extra_args = True
        over = super().parse_args(ctx, args)
        if over and not ctx.resilient_parsing:
            such = next((f", such as `{option.opts[0]}`" for option in self._needed()), "")
            message = f"`{over[0]}` stands alone: write the name of its option before it{such}."
            raise click.UsageError(message, ctx)
        return over

    def _needed(self) -> Iterator[click.Parameter]:
        return (option for option in self.params if option.name in self.needed)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write both lists, needed fields first."""
        fields: list[tuple[str, str]] = []
        others: list[tuple[str, str]] = []
        for option in self.get_params(ctx):
            line = option.get_help_record(ctx)
            if isinstance(option, click.Option) and line is not None:
                (fields if option.name in self.fields else others).append(line)
        for heading, lines in (("Fields", fields), ("Options of every action", others)):
            if lines:
                with formatter.section(heading):
                    formatter.write_dl(lines)


def action_of(verb: str) -> click.Command:
    """The click command of an action; a step of the hotfix track goes by its own name."""
    kind = VERBS[verb]
    parameters: list[click.Parameter] = [] if kind is ReportBug else [bug_argument()]
    found = sorted(options_of(kind), key=lambda option: not option.needed)
    parameters.extend(option.option() for option in found)
    parameters.extend(_shared_options())

    @click.pass_obj
    def run(session: Session, /, **given: Any) -> None:  # noqa: ANN401 - whatever click parsed
        _run(session, kind, given)

    command = ActionCommand(
        verb.removeprefix("hotfix-"),
        params=parameters,
        callback=run,
        help=_help(kind),
        epilog=_epilog(kind),
    )
    command.fields = frozenset(option.parameter for option in found)
    command.needed = frozenset(option.parameter for option in found if option.needed)
    return command


def _run(session: Session, kind: type[Action], given: dict[str, Any]) -> None:
    typed = given.pop("bug", None)
    source, named, dry = given.pop("source_file"), given.pop("named"), given.pop("dry_run")
    as_json = given.pop("as_json")
    given = naming_oneself(kind, given, lambda: session.actor(named))
    action = _action(kind, merged(_fields_of(source), given), given)
    tracker = session.tracker()
    try:
        tracker.refresh()
        waited = () if dry else tracker.left_waiting()
        old = None if typed is None else tracker.load(typed)
        request = Request(
            id=f"cli-{uuid.uuid4().hex}",
            bug=old.id if old else None,
            action=action,
            actor=session.actor(named),
        )
        if dry:
            tell_verdict(tracker.judge(request), request, as_json=as_json)
        else:
            before = old.status if old else None
            tell_outcome(tracker, request, tracker.act(request), before=before, as_json=as_json)
            for sentence in tracker.became_of(waited):
                click.echo(sentence, err=True)
            _tell_secrets(tracker.secrets_in(request))
            tell_unlike_work_tree(tracker)
    finally:
        tracker.close()


def _tell_secrets(kinds: tuple[str, ...]) -> None:
    """Tell the author alone that something was taken out, and what to do about it."""
    if kinds:
        click.echo(taken_out(kinds), err=True)


def _fields_of(source: str | None) -> dict[str, Any]:
    if source is None:
        return {}
    if source == "-":
        return read_fields(sys.stdin.buffer.read(), "<stdin>")
    return read_fields(Path(source).read_bytes(), source)


def _action(kind: type[Action], fields: dict[str, Any], given: dict[str, Any]) -> Action:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        typed = {parameter for parameter, value in given.items() if value not in {None, ()}}
        lines = "\n".join(asked_for(kind, found, typed) for found in explain(kind, error))
        raise click.UsageError(lines) from error


def _shared_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--from", "source_file"],
            metavar="FILE",
            help="Take fields from a YAML file, or from standard input with -.",
        ),
        click.Option(
            ["--as", "named"],
            metavar="PERSON",
            help=WHO_ACTS,
        ),
        click.Option(
            ["--at", "at"], metavar="TIME", help="When it happened, if not now (RFC 3339)."
        ),
        click.Option(
            ["--dry-run", "dry_run"],
            is_flag=True,
            help="Say what would happen, and change nothing.",
        ),
        click.Option(["--json", "as_json"], is_flag=True, help="Print what became of it as JSON."),
    ]


def _help(kind: type[Action]) -> str:
    return (kind.__doc__ or "").strip()


def _epilog(kind: type[Action]) -> str | None:
    names = only_in_files(kind)
    if not names:
        return None
    return f"Lists of several values each come from a file (--from): {', '.join(names)}."
