"""Slack with a bad day: calls that are refused, or carried out and answered badly or not."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from demo.web_api import WebApi

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

TIMEOUT: Final = 1
"""Seconds that the bot's client waits here."""

BEFORE: Final = ("limited", "broken", "unheard")
"""The call is not carried out."""
AFTER: Final = ("lost", "cut", "late", "dropped")
"""It is carried out, and the bot does not learn so."""

_JSON: Final = [("Content-Type", "application/json")]


@dataclass(kw_only=True)
class FaultySlack:
    """The Web API behind a proxy that breaks a share of the calls, by a seed."""

    inside: WebApi
    share: float
    seed: int
    quiet: bool = False
    faults: Counter[str] = field(default_factory=Counter)
    _dice: random.Random = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - a schedule, no secret

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a call, or not."""
        fault = self._fault(environ["PATH_INFO"])
        if fault == "limited":
            start_response("429 Too Many Requests", [("Retry-After", "1"), *_JSON])
            return [b'{"ok": false, "error": "ratelimited"}']
        if fault == "broken":
            start_response("500 Internal Server Error", _JSON)
            return [b"oops"]
        if fault == "unheard":
            raise ConnectionResetError  # at which the server hangs up without a word
        if not fault:
            return self.inside(environ, start_response)
        said: list[str] = []

        def keep(status: str, *_: object) -> Callable[[bytes], object]:
            said.append(status)
            return len

        body = b"".join(self.inside(environ, keep))
        if fault == "dropped":
            raise ConnectionResetError
        if fault == "late":
            time.sleep(TIMEOUT * 1.5)
        status = "500 Internal Server Error" if fault == "lost" else said[0]
        length = [("Content-Length", str(len(body) + 9))] if fault == "cut" else []
        start_response(status, [*_JSON, *length])
        return [b"oops"] if fault == "lost" else [body]

    def _fault(self, path: str) -> str:
        with self._lock:
            if self.quiet or path.endswith("/auth.test") or self._dice.random() >= self.share:
                return ""
            fault = self._dice.choice((*BEFORE, *AFTER))
            self.faults[fault] += 1
            return fault
