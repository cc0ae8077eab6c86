"""What the commands of one run share: settings, the tracker, who acts, where output goes."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from tracker.assembly import Tracker
    from tracker.model.person import Person


@dataclass(frozen=True, kw_only=True)
class Session:
    """The options that stand before the command; opens nothing until it is asked to."""

    repository: str | None = None

    def tracker(self) -> "Tracker":
        """Open the tracker; a first clone tells its progress on a terminal."""
        from tracker.assembly import open_tracker
        from tracker.settings import read_settings

        given: dict[str, Any] = {"repository": self.repository} if self.repository else {}
        settings = read_settings(**given)
        return open_tracker(settings, progress=_tell if sys.stderr.isatty() else None)

    def actor(self, named: str | None) -> "Person":
        """Who acts."""
        from tracker.operations.identity import acting_person

        return acting_person(named, Path(self.repository or "."))


def console() -> "Console":
    """Where results go; colours end at pipes and with NO_COLOR."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
