"""Events of Slack: acted on once, and acknowledged when what they ask for is kept.

Bolt acknowledges an event before its listener runs, and Slack delivers again only what was not
acknowledged: a bot that is killed in between would lose it. So the listener comes first here.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from threading import Lock
from typing import Any, Final

from slack_bolt import App, Args, BoltResponse

from bot.boundary import Listener, bounded
from tracker.assembly import Tracker
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
PATIENCE: Final = 2.5
"""Seconds; Slack takes an event for lost after three, and delivers it again."""

Event = Mapping[str, Any]


def event_key(body: Mapping[str, Any]) -> str:
    """What an event is known by when Slack delivers it again."""
    event = body["event"]
    name = body.get("event_id") or f"{event['type']}-{event.get('event_ts')}"
    return f"event-{name}"


def always(event: Event) -> bool:
    """Whatever it tells."""
    del event
    return True


@dataclass(frozen=True, kw_only=True)
class Events:
    """The events in hand, and in the ledger those that are done; safe to share between threads."""

    tracker: Tracker
    _in_hand: dict[str, Future[None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def listen(
        self,
        app: App,
        name: str,
        act: Listener,
        *,
        key_of: Callable[[Mapping[str, Any]], str] = event_key,
        concerns: Callable[[Event], bool] = always,
    ) -> None:
        """Do `act` for each event of that name which `concerns` us, and acknowledge it then."""
        pool = app.listener_runner.listener_executor

        def act_first(args: Args, next_: Callable[[], None]) -> BoltResponse | None:
            if concerns(args.body["event"]) and not self._done(pool, act, key_of(args.body), args):
                return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
            next_()
            return None

        app.event(name, middleware=[act_first])(_acknowledged)

    def _done(self, pool: Executor, act: Listener, key: str, args: Args) -> bool:
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


def _acknowledged() -> None:
    """Nothing is left to do: Bolt acknowledges an event before it comes here."""
