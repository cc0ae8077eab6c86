"""A line of the catalogue: enough for help and completion, without the command's code."""

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Final

import click

BY_NAME: Final = "tracker.cli.action_command:action_of"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A command by its name; `code` is loaded only when the command is asked for.

    Without `code` the command belongs to a package above the tracker, which declares it as an
    entry point of `bugbook.commands`.
    """

    name: str
    summary: str
    """What it does, in one line of a list."""
    examples: tuple[str, ...] = ()
    """What a person may type."""
    code: str = ""
    """Where the click command is: `module:name`, or `BY_NAME` for an action."""

    def load(self, verb: str) -> click.Command:
        """The command; of an action, the one with this verb."""
        found = resolve_name(self.code)
        command: click.Command = found(verb) if self.code == BY_NAME else found
        return command


@dataclass(frozen=True, kw_only=True)
class Group:
    """Commands that stand together in the help."""

    heading: str
    entries: tuple[Entry, ...]


def action(name: str, summary: str, *examples: str) -> Entry:
    """An action, whose command is made from its fields."""
    return Entry(name=name, summary=summary, examples=examples, code=BY_NAME)
