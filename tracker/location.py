"""Where the records are and where our copy of them is: three settings, read without the models.

Commands that only look must begin at once, and pydantic takes longer to load than they take to
answer. The names, defaults and order of precedence are those of `tracker.settings`.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.model.trouble import TroubleError

_ENV_FILE: Final = Path(".env")


@dataclass(frozen=True, kw_only=True)
class Location:
    """The repository and branch that hold the records, and the folder for our copy."""

    repository: str
    branch: str
    data_dir: Path | None


class UnreadableEnvFileError(TroubleError):
    """The `.env` file is no text."""


def read_location(repository: str | None, env_file: Path = _ENV_FILE) -> Location:
    """Read the environment over an `.env` file; a given repository wins over both."""
    told = {name.upper(): text for name, text in _file(env_file).items() if text}
    told |= {name.upper(): text for name, text in os.environ.items() if text}
    data_dir = told.get("BUGBOOK_DATA_DIR")
    return Location(
        repository=repository or told.get("BUGBOOK_REPOSITORY", "."),
        branch=told.get("BUGBOOK_BRANCH", "main"),
        data_dir=Path(data_dir) if data_dir else None,
    )


def environment(names: Iterable[str]) -> dict[str, str]:
    """What the environment says under names that a file of somebody else asks for."""
    return {name: os.environ[name] for name in names if name in os.environ}


def _file(path: Path) -> dict[str, str | None]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    try:
        return dotenv_values(path, encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"The file {path} is not UTF-8 text; write it anew."
        raise UnreadableEnvFileError(message) from error
