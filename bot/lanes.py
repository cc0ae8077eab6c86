"""Turns at Slack: one call at a time in a channel, in order, and none before Slack allows it."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep


@dataclass(kw_only=True)
class Lanes:
    """Who may call now; `sleep` and `monotonic` are given for tests of long waits."""

    sleep: Callable[[float], None] = sleep
    monotonic: Callable[[], float] = monotonic
    _waiting: dict[str, deque[object]] = field(default_factory=dict)
    _opens: dict[str, float] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def turn(self, lane: str | None, patience: float | None = None) -> Iterator[bool]:
        """Wait until all who came before in this lane are through; without a lane at once.

        False is given to whoever has waited for `patience` seconds in vain.
        """
        if lane is None:
            yield True
            return
        ticket = object()
        with self._changed:
            self._waiting.setdefault(lane, deque()).append(ticket)
            has_turn = self._changed.wait_for(lambda: self._waiting[lane][0] is ticket, patience)
        try:
            yield has_turn
        finally:
            with self._changed:
                self._waiting[lane].remove(ticket)
                if not self._waiting[lane]:
                    del self._waiting[lane]
                self._changed.notify_all()

    def close(self, method: str, seconds: float) -> None:
        """Let nobody call a method for so long, as Slack's `Retry-After` says."""
        opens = self.monotonic() + seconds
        with self._changed:
            self._opens[method] = max(opens, self._opens.get(method, 0.0))

    def seconds_until_open(self, method: str) -> float:
        """How long the method is closed still; zero when it is open."""
        with self._changed:
            return max(0.0, self._opens.get(method, 0.0) - self.monotonic())

    def wait_until_open(self, method: str) -> float:
        """Wait for a closed method, and return the seconds that it took."""
        waited = 0.0
        while (seconds := self.seconds_until_open(method)) > 0:
            self.sleep(seconds)
            waited += seconds
        return waited
