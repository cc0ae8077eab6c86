"""What people asked for and have no answer to yet, noted before Slack hears that it was taken.

An accepted action waits in the outbox, and its answer is owed under the action's request. Before
that, and for all that changes no bug, a receipt is owed. It bears the name of the delivery, so one
that Slack delivers again is known, on every replica. An answer is noted in it before it is sent,
and the receipt given back after it: after a kill whoever finds it sends that answer, perhaps for
the second time. Where there was none, nothing was done, and it is taken up after all.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import count
from threading import Lock
from typing import Any, Final

from bot.blocks.home import SEARCH
from bot.blocks.message import Message
from bot.blocks.moves import MENU, MOVE, pressed
from bot.kept import Kept
from tracker.assembly import Ledger, OwedAnswer
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)


@dataclass(kw_only=True)
class _Held:
    """A receipt that this process has taken."""

    about: Mapping[str, Any]
    unsent: dict[int, Message] = field(default_factory=dict)
    is_heard: bool = False
    """Whether its listener is through."""


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """The receipts of a ledger; `clean` takes secrets out before anything is kept.

    Safe to share between threads.
    """

    ledger: Ledger
    clean: Callable[[dict[str, Any]], dict[str, Any]]
    now: Callable[[], datetime]
    owner: str = ""
    """The name of this process, by which others see whether it still works."""
    _held: Kept[_Held] = field(default_factory=Kept)
    _numbers: Iterator[int] = field(default_factory=partial(count, 1))
    _lock: Lock = field(default_factory=Lock)

    def take(self, body: Mapping[str, Any]) -> str | None:
        """Note that somebody waits; return the receipt, "" where nobody does.

        None for what was delivered before: it is answered already, or about to be.
        """
        receipt = _receipt(body)
        if not receipt:
            return ""
        user = body["user_id"] if "command" in body else body["user"]["id"]
        at = self.now().isoformat()
        about = {**_place(body), "at": at, "bot": self.owner, **self.clean(_asked_for(body))}
        owed = OwedAnswer(request=receipt, user=user, about=json.dumps(about))
        try:
            if not self.ledger.answers.take_in(owed):
                return None
        except TroubleError as trouble:  # what changes nothing can be answered all the same
            LOG.warning("That somebody waits could not be noted: %s", trouble)
            return ""
        self._held.keep(receipt, _Held(about=about))
        return receipt

    def take_up(self, left: OwedAnswer, about: Mapping[str, Any]) -> bool:
        """Hold one that another process left, noted as `about`; False where it is given back."""
        about = {**about, "bot": self.owner}
        owed = replace(left, about=json.dumps(about))
        if not self.ledger.answers.explain(owed):
            return False
        self._held.keep(left.request, _Held(about=about))
        return True

    def is_mine(self, receipt: str) -> bool:
        """Whether this process has taken it, and is at work on it."""
        return self._held.get(receipt) is not None

    def heard(self, receipt: str) -> None:
        """Give it back after the listener, unless an answer waits for Slack."""
        held = self._held.get(receipt)
        if held is None:
            return
        with self._lock:
            held.is_heard = True
            is_over = not held.unsent
        if is_over:
            self._give_back(receipt)

    def passed_on(self, receipt: str) -> None:
        """Forget one for which the answer to an action is owed instead, as the ledger knows."""
        self._held.take(receipt)

    def keep_answer(self, receipt: str, user: str, answer: Message) -> int:
        """Note an answer before it is sent; return its number, 0 without a receipt for it."""
        held = self._held.get(receipt)
        if held is None:
            return 0
        number = next(self._numbers)
        with self._lock:
            held.unsent[number] = answer
            answers = [asdict(each) for each in held.unsent.values()]
        owed = OwedAnswer(
            request=receipt, user=user, about=json.dumps({**held.about, "answers": answers})
        )
        with suppress(TroubleError):
            if self.ledger.answers.explain(owed):
                return number
        with self._lock:
            del held.unsent[number]
        return 0

    def is_owed(self, receipt: str) -> bool:
        """Whether no other bot has sent the waiting answers."""
        return self.ledger.answers.owes(receipt)

    def sent(self, receipt: str, number: int) -> None:
        """Note that an answer is out, and give the receipt back after the last one."""
        held = self._held.get(receipt)
        if held is None:
            return
        with self._lock:
            held.unsent.pop(number, None)
            is_over = held.is_heard and not held.unsent
        if is_over:
            self._give_back(receipt)

    def _give_back(self, receipt: str) -> None:
        if self._held.take(receipt) is not None:
            with suppress(TroubleError):  # which leaves it to be told once too often
                self.ledger.answers.settle(receipt, self.now())


def _receipt(body: Mapping[str, Any]) -> str:
    """The trigger of what is answered after it is acknowledged; forms are answered before.

    A form is closed once, and Slack names no trigger then.
    """
    if body.get("type") == "view_closed":
        return f"closed-{body['view']['id']}"
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


def _asked_for(body: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be done, as far as it can be done or offered anew."""
    if "command" in body:
        return {"command": body["command"], "text": body.get("text") or ""}
    known: dict[str, dict[str, Any]] = {
        "view_closed": {"closed": True},
        "message_action": {"shortcut": True},
    }
    found = map(_pressed, body.get("actions", ()))
    return known.get(str(body.get("type"))) or next(filter(None, found), {})


def _pressed(action: Mapping[str, Any]) -> dict[str, Any]:
    """A button, a choice of the menu or a search, with its row; empty for anything else."""
    if action.get("action_id") == SEARCH:
        return {"searched": str(action.get("value") or "")}
    row = {"row": action["block_id"]} if action.get("block_id") else {}
    if str(action.get("action_id")).startswith(MOVE) or action.get("action_id") == MENU:
        verb, bug = pressed(action)
        return {"verb": verb, "bug": bug, **row}
    if action.get("type") == "button" and action.get("text") and action.get("value"):
        named = {name: action[name] for name in ("action_id", "value")}
        return {"button": action["text"]["text"], **named, **row}
    return {}
