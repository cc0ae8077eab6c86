"""Answers that Slack did not take, kept until it does."""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.metrics import OWED
from bot.receipts import Receipts

LOG: Final = logging.getLogger(__name__)
_MOST: Final = 10_000

Attempt = Callable[[], bool]
"""Sends an answer; False when it has to be tried again."""


@dataclass(kw_only=True)
class Unsent:
    """The waiting answers, the oldest first; safe to share between threads.

    `receipts` are where those are noted whose loss nobody would notice.
    """

    receipts: Receipts | None = None
    _waiting: deque[Attempt] = field(default_factory=deque)

    def keep(self, attempt: Attempt) -> None:
        """Keep an answer for the next try; of too many the oldest is given up."""
        if len(self._waiting) >= _MOST:
            self._waiting.popleft()
            LOG.error("More than %d answers wait for Slack; the oldest was given up.", _MOST)
        self._waiting.append(attempt)
        OWED.set(len(self._waiting))

    def send(self) -> None:
        """Try each once, and stop at the first that fails: Slack is not back then."""
        for _ in range(len(self._waiting)):
            try:
                attempt = self._waiting.popleft()
            except IndexError:  # another thread was faster
                return
            if not attempt():
                self._waiting.appendleft(attempt)
                return
            OWED.set(len(self._waiting))

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)
