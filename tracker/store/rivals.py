"""Whether others push to the branch as well, and how a winner leaves them their turn.

A winner that begins again at once pushes before the loser has fetched, judged and pushed: without
turns, one of two busy writers starves. And one that does not lose cannot know that somebody loses
to it. So what was seen of others is remembered for a while, in which each won push is followed by a
turn of theirs, and who sees nobody leaves them one all the same after a few won in a row.
"""

import random
import time
from dataclasses import dataclass
from typing import Final

_REMEMBERED: Final = 60.0  # seconds after which a lost race says nothing about the next one
_IN_A_ROW: Final = 10  # pushes won without a pause in which others could have landed theirs
_TURN: Final = (0.5, 1.0)  # of what the won push took: the loser is on its way
_FIRST_TURN: Final = (1.0, 1.5)  # the loser has to fetch, and the winner had not
_LONGEST_PAUSE: Final = 2.0  # seconds


@dataclass(kw_only=True)
class Rivals:
    """What a committer has seen of others on its branch; a human's merge counts as well."""

    _until: float = 0.0
    _turn: float = 0.0
    _rested: float = 0.0
    _wins: int = 0

    @property
    def near(self) -> bool:
        """Whether somebody else moved the branch a while ago and may do so again."""
        return time.monotonic() < self._until

    def seen(self) -> None:
        """Note that somebody else moved the branch."""
        self._until = time.monotonic() + _REMEMBERED

    def won(self, seconds: float, *, elected: bool) -> None:
        """Note a push that took so long, what was done for it included.

        One who is elected to write for all others yields to nobody before somebody was seen.
        """
        now = time.monotonic()
        self._wins = self._wins + 1 if now - seconds < self._rested else 1
        self._rested = now + seconds
        hidden = self._wins >= _IN_A_ROW and not elected
        if self.near or hidden:
            share = random.uniform(*(_TURN if self.near else _FIRST_TURN))  # noqa: S311 - jitter
            self._turn, self._wins = now + min(seconds * share, _LONGEST_PAUSE), 0

    @property
    def pause(self) -> float:
        """Seconds until it is this writer's turn again; after a lost push it is so at once."""
        return max(0.0, self._turn - time.monotonic())

    def let_pass(self) -> None:
        """Leave the others their turn."""
        time.sleep(self.pause)
