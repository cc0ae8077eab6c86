"""A person at the stand-in: types, fills in forms, presses, reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demo.acknowledgement import effect_of_submission, seconds_to_acknowledge
from demo.form import Answer, Form
from demo.local_http import post_json
from demo.message import Message, in_thread, newest_pressable, newest_with_text
from demo.participant import ACK_SECONDS, Found, NotAcknowledgedError, Submission
from demo.screen import Screen

# A command or button has its answer already when the stand-in says that it is delivered.
TRAFFIC_SECONDS = 0.5


class StandInRefusedError(Exception):
    """The stand-in could not do what the person did, for example in a channel it does not know."""

    def __init__(self, what: str, answer: str) -> None:
        super().__init__(f"The stand-in refused the {what} with {answer}")


@dataclass(frozen=True, kw_only=True)
class Person:
    """A `Participant` over local-slack; `app_id` chooses among several installations of the bot.

    The stand-in has one stack of modals for all people, closes all of it when a form is taken, and
    knows no message shortcuts and no buttons inside modals.
    """

    base_url: str
    user_id: str
    app_id: str | None = None
    patience: float = 10.0  # seconds that everything awaited may take

    def slash_command(self, channel: str, text: str) -> float:
        """Type a whole command line, such as `/bug triage BUG-0001`, into a channel."""
        command, _, rest = text.partition(" ")
        with self._screen() as screen:
            place = screen.channel_id(channel)
            self._control("command", channel=place, command=command, text=rest)
            return _acknowledged(screen, f"the command {text!r}")

    def form(self, title: str | None = None) -> Form:
        """The modal on top, once it has that title and a submit button."""
        with self._screen() as screen:
            return self._form(screen, title)

    def submit(self, answers: Mapping[str, Answer], *, title: str | None = None) -> Submission:
        """Fill in the modal on top by label and submit it, if Slack lets it through."""
        with self._screen() as screen:
            form = self._form(screen, title)
            state = form.fill(answers)
            refusals = form.refusals(state)
            if refusals:
                return Submission(errors=refusals)
            screen.say(t="view_submit", user=self.user_id, values=state)
            _acknowledged(screen, f"the form {form.title!r}", ACK_SECONDS)
            effect = screen.until(
                lambda: effect_of_submission(screen.events),
                "effect of the submission",
                self.patience,
            )
        if effect["t"] == "view_errors":
            return Submission(errors=form.by_label(effect["errors"]))
        return Submission(errors={}, view=effect["stack"][-1] if effect["stack"] else None)

    def close_form(self) -> None:
        """Close the modal without submitting it."""
        with self._screen() as screen:
            screen.say(t="view_close", user=self.user_id)
            screen.until(
                lambda: None if screen.views else True, "closing of the form", self.patience
            )

    def press(
        self, channel: str, button: str, *, ts: str | None = None, option: str | None = None
    ) -> float:
        """Press a button, by its text or action id, on the newest message (or this one) with it."""
        with self._screen() as screen:
            message, action = screen.until(
                lambda: newest_pressable(
                    screen.messages(channel, self.user_id), button, ts=ts, option=option
                ),
                f"button {button!r} in {channel}",
                self.patience,
            )
            place = screen.channel_id(channel)
            self._control("interact", channel=place, messageTs=message["ts"], action=action)
            return _acknowledged(screen, f"the button {button!r}")

    def send(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write a message; its `ts` is returned."""
        with self._screen() as screen:
            place = screen.channel_id(channel)
        sent = self._control("message", channel=place, text=text, thread_ts=thread_ts)
        ts: str = sent["message"]["ts"]
        return ts

    def react(self, channel: str, ts: str, name: str, *, present: bool = True) -> None:
        """Add a reaction to a message, or take it back."""
        with self._screen() as screen:
            place = screen.channel_id(channel)
        self._control("reaction", channel=place, ts=ts, name=name, present=present)

    def messages(self, channel: str, *, thread_ts: str | None = None) -> Sequence[Message]:
        """What this person sees in a channel or thread, oldest first, private answers included."""
        with self._screen() as screen:
            return in_thread(screen.messages(channel, self.user_id), thread_ts)

    def direct_messages(self) -> Sequence[Message]:
        """The conversation of this person with the bot, oldest first."""
        with self._screen() as screen:
            return screen.messages(screen.direct_channel(self.user_id), self.user_id)

    def await_that(
        self, channel: str, look: Callable[[Sequence[Message]], Found | None], what: str
    ) -> Found:
        """What `look` finds in what this person sees in a channel, asked again at every change."""
        with self._screen() as screen:
            return screen.until(
                lambda: look(screen.messages(channel, self.user_id)), what, self.patience
            )

    def await_message(self, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        """The newest message with this text in it, once it is there."""
        return self.await_that(
            channel,
            lambda messages: newest_with_text(in_thread(messages, thread_ts), text),
            f"message with {text!r} in {channel}",
        )

    def _screen(self) -> Screen:
        return Screen(self.base_url)

    def _form(self, screen: Screen, title: str | None) -> Form:
        def look() -> Mapping[str, Any] | None:
            view = screen.views[-1] if screen.views else {}
            titled = title is None or view.get("title", {}).get("text") == title
            return view if titled and "submit" in view else None

        what = "form to submit" if title is None else f"form {title!r} to submit"
        return Form(view=screen.until(look, what, self.patience), directory=screen.directory)

    def _control(self, what: str, **details: object) -> dict[str, Any]:
        payload = {"user": self.user_id, "appId": self.app_id, **details}
        sent = {key: value for key, value in payload.items() if value is not None}
        answer = post_json(f"{self.base_url}/_control/{what}", sent)
        taken: dict[str, Any] = answer.json()
        if not taken.get("ok"):
            raise StandInRefusedError(what, answer.text)
        return taken


def _acknowledged(screen: Screen, what: str, seconds: float = TRAFFIC_SECONDS) -> float:
    try:
        return screen.until(
            lambda: seconds_to_acknowledge(screen.events, what), "acknowledgement", seconds
        )
    except TimeoutError as error:
        raise NotAcknowledgedError(what, str(error).rstrip(".")) from error
