"""Events of Slack: each is acted on once, however often it is delivered."""

import logging
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Final

from slack_bolt import Args

from bot.boundary import Listener, bounded
from tracker.assembly import Tracker
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
PATIENCE: Final = 2.5
"""Seconds; Slack takes an event for lost after three, and delivers it again."""


@dataclass(frozen=True, kw_only=True)
class Events:
    """The events in hand, and in the ledger those that are done; safe to share between threads."""

    tracker: Tracker
    _in_hand: dict[str, Future[None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def act_once(self, pool: Executor, act: Listener, key: str, args: Args) -> bool:
        """Act, or wait for the one who does; False when Slack has to deliver it again."""
        with self._lock:
            work = self._in_hand.get(key)
            if work is None:
                work = self._in_hand[key] = pool.submit(partial(self._act, act, key, args))
        try:
            work.result(PATIENCE)
        except TimeoutError:
            LOG.info("An event takes long; Slack will deliver it again.")
            return False
        except TroubleError as trouble:
            LOG.warning("An event could not be noted: %s", trouble)
            return False
        return True

    def _act(self, act: Listener, key: str, args: Args) -> None:
        try:
            if not self.tracker.ledger.has_seen(key):
                bounded(act)(args)
                self.tracker.ledger.see_event(key, self.tracker.now())
        finally:
            with self._lock:
                self._in_hand.pop(key, None)
