"""Whether others push to the branch as well, and how a winner leaves them their turn."""

import random
import time
from dataclasses import dataclass
from typing import Final

_REMEMBERED: Final = 10.0  # seconds after which a lost race says nothing about the next one
_SHORTEST_PAUSE: Final = 0.05  # seconds after a won push while others push as well
_LONGEST_PAUSE: Final = 0.25


@dataclass(kw_only=True)
class Rivals:
    """What a committer has seen of others on its branch; a human's merge counts as well."""

    _until: float = 0.0

    @property
    def near(self) -> bool:
        """Whether somebody else moved the branch a moment ago and may do so again."""
        return time.monotonic() < self._until

    def seen(self) -> None:
        """Note that somebody else moved the branch."""
        self._until = time.monotonic() + _REMEMBERED

    def let_pass(self) -> None:
        """Let the loser of a race go first now; without it one of two busy writers starves."""
        time.sleep(random.uniform(_SHORTEST_PAUSE, _LONGEST_PAUSE))  # noqa: S311 - jitter
