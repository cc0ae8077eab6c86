"""What the commands of one run share: settings, the tracker, who acts, where output goes."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from tracker.assembly import Tracker, open_tracker
from tracker.model.person import Person
from tracker.operations.identity import acting_person
from tracker.settings import read_settings


@dataclass(frozen=True, kw_only=True)
class Session:
    """The options that stand before the command."""

    repository: str | None = None

    def tracker(self) -> Tracker:
        """Open the tracker; a first clone tells its progress on a terminal."""
        given: dict[str, Any] = {"repository": self.repository} if self.repository else {}
        settings = read_settings(**given)
        return open_tracker(settings, progress=_tell if sys.stderr.isatty() else None)

    def actor(self, named: str | None) -> Person:
        """Who acts."""
        return acting_person(named, Path(self.repository or "."))


def console() -> Console:
    """Where results go; colours end at pipes and with NO_COLOR."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
