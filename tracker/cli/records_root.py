"""Where the records are that a command reads as they lie in a folder."""

from pathlib import Path
from typing import Final

import click

from tracker.cli.session import Session

RECORDS: Final = "bugs"


def records_root(session: Session) -> Path:
    """The named repository, or the nearest folder above this one that holds records.

    Raises click.UsageError where there is none.
    """
    here = Path(session.repository or ".").absolute()
    above = (here,) if session.repository else (here, *here.parents)
    found = next((folder for folder in above if (folder / RECORDS).is_dir()), None)
    if found is None:
        message = f"There is no folder `{RECORDS}` in {here}: go to the repository of the records."
        raise click.UsageError(message)
    return found
