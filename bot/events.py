"""Events of Slack: each is acted on once, however often it is delivered."""

import logging
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from threading import Lock
from time import monotonic, sleep
from typing import Final

from slack_bolt import Args

from bot.boundary import Listener, bounded
from tracker.assembly import Tracker
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
_LOST_AFTER: Final = timedelta(seconds=55)  # before Slack delivers an event the third time
_GLANCE: Final = 0.1  # seconds between two looks at what another process does
PATIENCE: Final = 2.5
"""Seconds; Slack takes an event for lost after three, and delivers it again."""


@dataclass(frozen=True, kw_only=True)
class Events:
    """The events in hand, and in the ledger those that are done; safe to share between threads."""

    tracker: Tracker
    _in_hand: dict[str, Future[bool]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def act_once(self, pool: Executor, act: Listener, key: str, args: Args) -> bool:
        """Act, or wait for the one who does; False when Slack has to deliver it again."""
        with self._lock:
            work = self._in_hand.get(key)
            if work is None:
                work = self._in_hand[key] = pool.submit(partial(self._act, act, key, args))
        try:
            is_done = work.result(PATIENCE)
        except TimeoutError:
            is_done = False
        except TroubleError as trouble:
            LOG.warning("An event could not be noted: %s", trouble)
            return False
        if not is_done:
            LOG.info("An event takes long; Slack will deliver it again.")
        return is_done

    def _act(self, act: Listener, key: str, args: Args) -> bool:
        """Act, or see that it is done; False while another process is at work on it."""
        events = self.tracker.ledger.events
        try:
            if not self._begun(key):
                return events.has(key)
            try:
                bounded(act)(args)
            except BaseException:
                events.give_up(key)
                raise
            events.end(key, self.tracker.now())
            return True
        finally:
            with self._lock:
                self._in_hand.pop(key, None)

    def _begun(self, key: str) -> bool:
        """Wait a moment until it is ours to act; False where it is done or another one acts."""
        events, end = self.tracker.ledger.events, monotonic() + PATIENCE
        while not events.has(key) and monotonic() < end:
            now = self.tracker.now()
            if events.begin(key, now, now - _LOST_AFTER):
                if not events.has(key):
                    return True
                events.give_up(key)  # it was done between the two looks
                return False
            sleep(_GLANCE)
        return False
