"""What people asked for and have no answer to yet, noted before Slack hears that it was taken.

An accepted action waits in the outbox, and its answer is owed under the action's request. Before
that, and for all that changes no bug, a receipt is owed: it is given back when the answer is out.
After a kill whoever finds it says so, or sends the answer that Slack did not take.
"""

import json
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from threading import Lock
from typing import Any, Final

from bot.blocks.message import Message
from bot.kept import Kept
from bot.sentence import sentence
from tracker.assembly import Ledger, OwedAnswer
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
_LONGEST: Final = 300  # characters of what was typed
_PRESSED: Final = "what you pressed"


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """The receipts of a ledger; `clean` takes secrets out before anything is kept.

    Safe to share between threads.
    """

    ledger: Ledger
    clean: Callable[[dict[str, Any]], dict[str, Any]]
    _mine: Kept[str] = field(default_factory=Kept)  # by receipt: what is noted of it
    _waiting: Counter[str] = field(default_factory=Counter)  # answers that Slack did not take
    _lock: Lock = field(default_factory=Lock)

    def take(self, body: Mapping[str, Any]) -> str:
        """Note that somebody waits; return the receipt, "" where nobody does."""
        receipt = _receipt(body)
        if not receipt:
            return ""
        user = body["user_id"] if "command" in body else body["user"]["id"]
        about = {**_place(body), "did": self._did(body)}
        try:
            self._note(OwedAnswer(request=receipt, user=user, about=json.dumps(about)))
        except TroubleError as trouble:  # what changes nothing can be answered all the same
            LOG.warning("That somebody waits could not be noted: %s", trouble)
            return ""
        return receipt

    def is_mine(self, receipt: str) -> bool:
        """Whether this process has taken it, and is at work on it."""
        return self._mine.get(receipt) is not None

    def heard(self, receipt: str) -> None:
        """Give it back after the listener, unless an answer waits for Slack."""
        with self._lock:
            waits = self._waiting[receipt] > 0
        if not waits:
            self._give_back(receipt)

    def keep_answer(self, receipt: str, user: str, answer: Message) -> bool:
        """Note an answer that Slack does not take now; False where the receipt is given back."""
        known = self._mine.get(receipt)
        if known is None:
            return False
        about = json.loads(known)
        about["answers"] = [*about.get("answers", ()), asdict(answer)]
        owed = OwedAnswer(request=receipt, user=user, about=json.dumps(about))
        with self._lock:
            self._waiting[receipt] += 1
        with suppress(TroubleError):
            if self.ledger.answers.explain(owed):
                self._mine.keep(receipt, owed.about)
                return True
        with self._lock:
            self._waiting[receipt] -= 1
        return False

    def is_owed(self, receipt: str) -> bool:
        """Whether no other bot has sent the waiting answers."""
        return self.ledger.answers.owes(receipt)

    def sent(self, receipt: str) -> None:
        """Note that one of the waiting answers is out."""
        if not self.is_mine(receipt):
            return
        with self._lock:
            self._waiting[receipt] -= 1
            done = self._waiting[receipt] <= 0
        if done:
            self._give_back(receipt)

    def _note(self, owed: OwedAnswer) -> None:
        self._mine.keep(owed.request, owed.about)
        self.ledger.answers.owe(owed)

    def _give_back(self, receipt: str) -> None:
        if self._mine.take(receipt) is not None:
            with suppress(TroubleError):  # which leaves it to be told once too often
                self.ledger.answers.given(receipt)
        with self._lock:
            self._waiting.pop(receipt, None)

    def _did(self, body: Mapping[str, Any]) -> str:
        if "command" not in body:
            return _PRESSED
        typed = f"{body['command']} {body.get('text') or ''}".strip()
        cleaned = " ".join(str(self.clean({"text": typed})["text"]).replace("`", "'").split())
        return f"`{cleaned if len(cleaned) <= _LONGEST else cleaned[: _LONGEST - 1] + '…'}`"


def left_over(about: Mapping[str, Any]) -> tuple[Message, ...]:
    """What somebody is told whose receipt another process has left; nothing for other notes."""
    if about.get("answers"):
        return tuple(Message(**each) for each in about["answers"])
    if not about.get("did"):
        return ()
    again = "press it again" if about.get("did") == _PRESSED else "type it again"
    told = (
        f"Bugbook was restarted before it could answer {about.get('did')}: nothing of it was"
        f" recorded. Please {again}."
    )
    return (sentence(told),)


def _receipt(body: Mapping[str, Any]) -> str:
    """The trigger of what is answered after it is acknowledged; forms are answered before."""
    in_form = body.get("type") == "view_submission" or (
        body.get("type") == "block_actions" and (body.get("view") or {}).get("type") == "modal"
    )
    return "" if in_form else str(body.get("trigger_id") or "")


def _place(body: Mapping[str, Any]) -> dict[str, str]:
    """Where the person is answered, as `Reply.at` reads it."""
    message, container = body.get("message") or {}, body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
    places = {
        "channel": body.get("channel_id") or channel,
        "url": body.get("response_url"),
        "thread": message.get("thread_ts"),
    }
    return {key: value for key, value in places.items() if value}
