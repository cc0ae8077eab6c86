"""The way from Slack to the bot on a bad day: late, lost, cut, twice, and redelivered."""

import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from demo.local_http import Answer
from demo.participant import ACK_SECONDS
from demo.signed_delivery import FORM, SignedDelivery
from tests.bot.socket_slack import SocketSlack

FAULTS: Final = ("undelivered", "unheard", "twice", "slow there", "slow back")
"""
undelivered: it never reaches the bot, and Slack shows an error at once;
unheard: the bot takes it, and the connection drops before Slack hears so;
twice: two copies arrive at the same time;
slow there: it reaches the bot after Slack's 3 s, when Slack has delivered it again already;
slow back: the bot takes it, its acknowledgement comes after the 3 s, and Slack delivers it again.
"""

_LATE: Final = 0.3  # seconds beyond Slack's three
_TRIES: Final = 4


class UndeliveredError(ConnectionError):
    """Nothing has reached the bot."""


@dataclass(kw_only=True)
class Mail:
    """Both transports to one bot, and the schedule of what goes wrong on them, by a seed."""

    sockets: SocketSlack
    share: float
    seed: int
    quiet: bool = True
    faults: Counter[str] = field(default_factory=Counter)
    carried: Counter[str] = field(default_factory=Counter)
    late: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(64, "late mail"))
    _dice: random.Random = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - a schedule, no secret

    def draw(self) -> tuple[str, str]:
        """The transport and the fault of the next delivery; an empty fault is none."""
        with self._lock:
            transport = self._dice.choice(("http", "socket"))
            bad = self._dice.random() < self.share and not self.quiet
            fault = self._dice.choice(FAULTS) if bad else ""
            self.faults[fault or "none"] += 1
            self.carried[transport] += 1
            return transport, fault


@dataclass(frozen=True, kw_only=True)
class FaultyDelivery(SignedDelivery):
    """Carries what people do by either transport; events are redelivered until they arrive."""

    mail: Mail

    def _post(self, body: str, content_type: str) -> Answer:
        if content_type == FORM:
            return self._try(body, content_type)
        for _ in range(_TRIES):  # Slack's own for events: at once, after a minute, after five
            with suppress(OSError):
                answer = self._try(body, content_type)
                if answer.status == HTTPStatus.OK:
                    return answer
        raise UndeliveredError

    def _try(self, body: str, content_type: str) -> Answer:
        transport, fault = self.mail.draw()

        def carry(after: float = 0.0) -> Answer:
            time.sleep(after)
            if transport == "http":
                return super(FaultyDelivery, self)._post(body, content_type)
            return self._by_socket(body, content_type, cut=fault == "unheard")

        first: Future[Answer]
        match fault:
            case "undelivered":
                raise UndeliveredError
            case "unheard":
                carry()
                raise ConnectionResetError
            case "twice":
                first = self.mail.late.submit(carry)
                carry()
                return first.result()
            case "slow there":
                first = self.mail.late.submit(carry, ACK_SECONDS + _LATE)
                time.sleep(ACK_SECONDS)
            case "slow back":
                first = self.mail.late.submit(carry)
                time.sleep(ACK_SECONDS + _LATE)
            case _:
                pass
        return carry()

    def _by_socket(self, body: str, content_type: str, *, cut: bool) -> Answer:
        """Send it as an envelope, on the next connection again where nobody acknowledges it."""
        kind, payload = _envelope(body, content_type)
        envelope = ""
        for attempt in range(_TRIES):
            with suppress(OSError, IndexError, AssertionError):  # no connection, or no answer
                more = {"retry_attempt": attempt} if attempt else {}
                envelope = self.mail.sockets.send(kind, payload, envelope, **more)
                if cut and not attempt:
                    self.mail.sockets.cut()
                said = self.mail.sockets.ack(envelope, seconds=ACK_SECONDS)[0]
                return Answer(status=200, text=json.dumps(said) if said else "")
        raise UndeliveredError


def _envelope(body: str, content_type: str) -> tuple[str, dict[str, Any]]:
    if content_type != FORM:
        return "events_api", json.loads(body)
    fields = dict(parse_qsl(body, keep_blank_values=True))
    if "payload" in fields:
        return "interactive", json.loads(fields["payload"])
    return "slash_commands", fields
