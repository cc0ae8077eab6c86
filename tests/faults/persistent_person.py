"""A person on a bad day: looks, tries again, and presses twice."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from demo.form import Answer
from demo.message import visible_text
from demo.participant import NotAcknowledgedError
from demo.signed_delivery import SignedDelivery
from demo.signed_person import SignedPerson
from tests.faults.faulty_delivery import FaultyDelivery, Mail, UndeliveredError

LOG: Final = logging.getLogger(__name__)
CHANNEL: Final = "C0INCIDENTS"

REACTION: Final = "pushpin"

_TRIES: Final = 8
_FORM: Final = 2.5  # seconds until a person who sees no form asks for it again
_ANSWER: Final = 90.0  # seconds until a person who is told nothing gives up


@dataclass(frozen=True, kw_only=True)
class PersistentPerson(SignedPerson):
    """Does one thing at a time until it is answered; asks again only for what shows nothing."""

    mail: Mail

    @property
    def _delivery(self) -> SignedDelivery:
        return FaultyDelivery(state=self.state, bot_url=self.bot_url, mail=self.mail)

    def do(self, act: Callable[[], Any], answer: str) -> str:
        """Type or press something; again where Slack says at once that it did not arrive.

        Returns what was answered, or "" where nobody did.
        """
        since = self._now()
        for _ in range(_TRIES):
            try:
                act()
            except NotAcknowledgedError as error:
                if isinstance(error.__cause__, UndeliveredError):
                    continue
            break
        return self.hear(answer, since)

    def fill_in(
        self, act: Callable[[], Any], title: str, answers: Mapping[str, Answer], answer: str
    ) -> str:
        """Open a form, again until it is there; submit it, again until Slack takes it."""
        since = self._now()
        with self.state.changing():
            self.state.views.pop(self.user_id, None)
        quick = replace(self, patience=_FORM)
        for _ in range(_TRIES):
            with suppress(NotAcknowledgedError, TimeoutError):
                act()
                quick.form(title)
                if quick.insist(title, answers):
                    return self.hear(answer, since)
        return ""

    def insist(self, title: str, answers: Mapping[str, Answer]) -> bool:
        """Press Submit until the form is taken; Slack keeps it open where nobody answers."""
        for _ in range(_TRIES):
            with suppress(NotAcknowledgedError):
                submission = self.submit(answers, title=title)
                assert submission.errors == {}, submission.errors
                return True
        return False

    def hear(self, text: str, since: int) -> str:
        """The private answer with this text in it that came after a moment; "" without one."""
        try:
            return self.state.until(lambda: self._told(text, since), text, _ANSWER)
        except TimeoutError:
            LOG.warning("%s did not read %r but %s", self.user_id, text, self._read(since))
            return ""

    def root_of(self, bug: str) -> str:
        """The time stamp of a bug's one message, once it is there; "" without one."""

        def look() -> str | None:
            for message in reversed(self.state.messages[CHANNEL].values()):
                if f" {bug} " in str(message["text"]) and _is_root(message):
                    return str(message["ts"])
            return None

        try:
            return self.state.until(look, f"message of {bug}", _ANSWER)
        except TimeoutError:
            return ""

    def quote(self, ts: str, root: str, text: str) -> bool:
        """React to a message until the bug's one shows it; again where the bot asks for that."""
        for _ in range(_TRIES):
            since = self._now()
            self.react(CHANNEL, ts, REACTION)
            seen = self._sees(root, text, since)
            if seen is not None:
                return seen
            self.react(CHANNEL, ts, REACTION, present=False)
        return False

    def _sees(self, root: str, text: str, since: int) -> bool | None:
        """Whether the message shows a text; None where the person is asked to try again."""

        def look() -> str | None:
            if text in visible_text(self.state.message(CHANNEL, root)):
                return "shown"
            return self._told("To react again", since)

        try:
            return True if self.state.until(look, text, _ANSWER) == "shown" else None
        except TimeoutError:
            return False

    def _told(self, text: str, since: int) -> str | None:
        private = self.state.direct_channel(self.user_id)
        for place in filter(None, (CHANNEL, private)):
            for message in reversed(self.state.messages[place].values()):
                if number_of(message) < since:
                    break
                mine = place == private or message.get("ephemeral_to") == self.user_id
                if mine and text in str(message["text"]):
                    return str(message["text"])
        return None

    def _read(self, since: int) -> list[str]:
        with self.state.changing():
            return [
                str(message["text"])
                for messages in self.state.messages.values()
                for message in messages.values()
                if number_of(message) >= since and message.get("ephemeral_to") == self.user_id
            ]

    def _now(self) -> int:
        with self.state.changing():
            return number_of({"ts": self.state.new_ts()})


def number_of(message: Mapping[str, Any]) -> int:
    """The growing part of a time stamp of the stand-in."""
    return int(str(message["ts"]).partition(".")[2])


def _is_root(message: Mapping[str, Any]) -> bool:
    return "bot_id" in message and not message.keys() & {"thread_ts", "ephemeral_to"}
