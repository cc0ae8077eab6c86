"""What the commands of one run share: settings, the tracker, who acts, where output goes."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from tracker.assembly import Tracker
    from tracker.library import Library
    from tracker.lookup import Lookup
    from tracker.model.person import Person
    from tracker.settings import Settings

WHO_ACTS: Final = (
    "Who acts, as an e-mail or `Name <e-mail>`; git's `user.name` and `user.email` when left out."
)
"""The help of `--as`."""

_NO_LIMIT: Final = 1_000_000  # columns


@dataclass(frozen=True, kw_only=True)
class Session:
    """The options that stand before the command; opens nothing until it is asked to."""

    repository: str | None = None

    def library(self) -> "Library":
        """Open what can be read, fetched anew; say so where older knowledge must do.

        A first clone tells its progress on a terminal.
        """
        from tracker.library import open_library

        library = open_library(self._settings(), progress=_tell if sys.stderr.isatty() else None)
        _look_anew(library)
        return library

    def lookup(self, *, anew: bool = True) -> "Lookup":
        """Open the index alone, as `library` does, without what takes long to load.

        Unless `anew`, nothing is fetched.
        """
        from tracker.cli.progress import reading_progress
        from tracker.location import read_location
        from tracker.lookup import open_lookup

        location = read_location(self.repository)
        progress = _tell if sys.stderr.isatty() else None
        lookup = open_lookup(location, progress=progress, counted=reading_progress())
        if anew:
            _look_anew(lookup)
        return lookup

    def tracker(self) -> "Tracker":
        """Open what can be read and written; nothing is fetched yet."""
        from tracker.assembly import open_tracker

        return open_tracker(self._settings(), progress=_tell if sys.stderr.isatty() else None)

    def actor(self, named: str | None) -> "Person":
        """Who acts."""
        from tracker.operations.identity import acting_person

        return acting_person(named, Path(self.repository or "."))

    def _settings(self) -> "Settings":
        from tracker.settings import read_settings

        given: dict[str, Any] = {"repository": self.repository} if self.repository else {}
        return read_settings(**given)


def console() -> "Console":
    """Where results go; colours end at pipes and with NO_COLOR."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_table(table: "Table") -> None:
    """Print rows: a terminal wraps them at its width; a pipe gets each whole, without padding."""
    from rich.console import Console

    if sys.stdout.isatty():
        console().print(table)
        return
    wide = Console(highlight=False, width=_NO_LIMIT)
    with wide.capture() as captured:
        wide.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def tell_read_place(lookup: "Lookup") -> None:
    """Say what was read, where the files beside a person show other records."""
    tell_unlike_work_tree(lookup, lead=f"This is {lookup.remote.spoken}.")


def tell_unlike_work_tree(lookup: "Lookup", *, lead: str = "") -> None:
    """Tell people, not programs, where the files beside them show other records than we do."""
    context = click.get_current_context(silent=True)
    if context is not None and context.params.get("as_json"):
        return
    if sentences := lookup.unlike_work_tree():
        _tell(" ".join((lead, *sentences)).strip())


def _look_anew(lookup: "Lookup") -> None:
    """Fetch; tell what keeps people from seeing or recording the newest."""
    if reason := lookup.refresh():
        _tell(f"{reason} What follows may be out of date.")
    if problems := lookup.policy_problems():
        for each in problems:
            _tell(str(each))
        _tell(
            "Nothing can be recorded until this is corrected; until then you see bugs by the last"
            " valid policy, or by the usual one."
        )
    tell_read_place(lookup)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
