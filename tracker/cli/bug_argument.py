"""The argument that names a bug, completed from the files at hand."""

from pathlib import Path
from typing import Final

import click

_MOST: Final = 200  # nobody reads more ids than that
_RECORDS: Final = "bugs/[0-9][0-9][0-9]*/*.yaml"


def bug_argument() -> click.Argument:
    """The first argument of every command about one bug: an id, or its number alone."""
    return click.Argument(["bug"], metavar="ID", shell_complete=known_ids)


def known_ids(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Ids by the names of the records in the folder, the newest first; nothing is fetched."""
    folder = Path(context.find_root().params.get("repository") or ".")
    wanted = incomplete.upper()
    fit = [path.stem for path in folder.glob(_RECORDS) if path.stem.startswith(wanted)]
    return sorted(fit, key=_number, reverse=True)[:_MOST]


def _number(name: str) -> int:
    digits = name.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0
