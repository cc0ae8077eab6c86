"""A person on a bad day: looks, tries again, and presses twice."""

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

CHANNEL: Final = "C0INCIDENTS"

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

    def sees(self, ts: str, text: str) -> bool:
        """Whether a message of the bot comes to show this text."""

        def look() -> bool | None:
            return text in visible_text(self.state.message(CHANNEL, ts)) or None

        try:
            return self.state.until(look, text, _ANSWER)
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

    def _now(self) -> int:
        with self.state.changing():
            return number_of({"ts": self.state.new_ts()})


def number_of(message: Mapping[str, Any]) -> int:
    """The growing part of a time stamp of the stand-in."""
    return int(str(message["ts"]).partition(".")[2])


def _is_root(message: Mapping[str, Any]) -> bool:
    return "bot_id" in message and not message.keys() & {"thread_ts", "ephemeral_to"}
