"""Whether others push to the branch as well, and how a winner leaves them their turn.

A winner that does not lose cannot know that somebody loses to it, and one that begins again at once
pushes before the loser has fetched, judged and pushed: without turns, one of two busy writers
starves. So what was seen of others is remembered for longer than a loser may lose in a row, and a
winner begins its next push no sooner than the others may have landed theirs.
"""

import random
import time
from dataclasses import dataclass
from typing import Final

_REMEMBERED: Final = 60.0  # seconds after which a lost race says nothing about the next one
_LEAST_SHARE, _LARGEST_SHARE = 0.5, 1.0  # of what the won push took: the loser is on its way
_LONGEST_PAUSE: Final = 2.0  # seconds


@dataclass(kw_only=True)
class Rivals:
    """What a committer has seen of others on its branch; a human's merge counts as well."""

    _until: float = 0.0
    _turn: float = 0.0

    @property
    def near(self) -> bool:
        """Whether somebody else moved the branch a while ago and may do so again."""
        return time.monotonic() < self._until

    def seen(self) -> None:
        """Note that somebody else moved the branch."""
        self._until = time.monotonic() + _REMEMBERED

    def won(self, seconds: float) -> None:
        """Note a push that was won and took so long, fetched and judged for it included."""
        if self.near:
            share = random.uniform(_LEAST_SHARE, _LARGEST_SHARE)  # noqa: S311 - jitter
            self._turn = time.monotonic() + min(seconds * share, _LONGEST_PAUSE)

    def let_pass(self) -> None:
        """Wait until it is this writer's turn again; after a lost push it is so at once."""
        time.sleep(max(0.0, self._turn - time.monotonic()))
