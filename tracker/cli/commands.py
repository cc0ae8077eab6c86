"""A group of commands that are listed without being loaded, and suggested when mistyped."""

from difflib import get_close_matches
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from tracker.cli.entry import Entry, Group

EXIT_CODES: Final = (
    "0 done, 1 refused or problems found, 2 wrong usage, 3 a fault of Bugbook, 130 interrupted"
)


class Commands(click.Group):
    """Knows its commands from the catalogue; `verbs` is how the names of its actions begin."""

    def __init__(
        self,
        name: str,
        *,
        groups: tuple[Group, ...],
        verbs: str = "",
        **settings: Any,  # noqa: ANN401 - what every click group takes
    ) -> None:
        super().__init__(name, **settings)
        self.groups = groups
        self.verbs = verbs

    @property
    def entries(self) -> dict[str, Entry]:
        """What the catalogue says of each command."""
        return {entry.name: entry for group in self.groups for entry in group.entries}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the help."""
        del ctx
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name, with its examples and exit codes below its help."""
        known = super().get_command(ctx, cmd_name)
        entry = self.entries.get(cmd_name)
        if known is not None or entry is None:
            return known
        command = entry.load(f"{self.verbs}{cmd_name}") if entry.code else _above(cmd_name)
        if command is not None:
            _explain(command, entry.examples)
            self.add_command(command, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; an unknown one is a usage error with the nearest name."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(self._suggestion(ctx, args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a list for each group, in columns of the same width."""
        del ctx
        width = max(len(name) for name in self.entries)
        for group in self.groups:
            with formatter.section(group.heading):
                rows = [(entry.name.ljust(width), entry.summary) for entry in group.entries]
                formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a name, without loading what it names, or an option."""
        named = [
            CompletionItem(entry.name, help=entry.summary)
            for entry in self.entries.values()
            if entry.name.startswith(incomplete)
        ]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def _suggestion(self, ctx: click.Context, typed: str) -> str:
        near = get_close_matches(typed.lower(), self.entries, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"see `{ctx.command_path} --help`."
        return f"There is no command `{typed}`: {hint}"


def _above(name: str) -> click.Command | None:
    """The command of a package above the tracker; None when that package is not installed."""
    from importlib.metadata import distribution

    # Of our own package alone: to look at those of all installed ones takes thirty times as long.
    own = distribution("bugbook").entry_points
    for point in own.select(group="bugbook.commands", name=name):
        command: click.Command = point.load()
        return command
    return None


def _explain(command: click.Command, examples: tuple[str, ...]) -> None:
    """Put examples and exit codes below the options, of commands inside a plain group as well."""
    command.epilog = _epilog(examples, command.epilog)
    if isinstance(command, click.Group) and not isinstance(command, Commands):
        for name, inner in command.commands.items():
            _explain(inner, tuple(line for line in examples if f" {name}" in line))


def _epilog(examples: tuple[str, ...], more: str | None) -> str:
    """What follows the options; click wraps all but paragraphs that begin with a backspace."""
    parts = [more] if more else []
    if examples:
        parts.append("\n".join(("\b", "Examples:", *(f"  {line}" for line in examples))))
    parts.append(f"Exit codes: {EXIT_CODES}.")
    return "\n\n".join(parts)
