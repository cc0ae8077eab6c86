"""A person whose Slack is the in-process Web API: everything reaches the bot as signed HTTP."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demo.form import Answer, Form
from demo.message import Message, in_thread, newest_pressable, newest_with_text
from demo.participant import Found, NotAcknowledgedError, Submission
from demo.signed_delivery import SignedDelivery
from demo.web_api import say_to
from demo.web_files import keep_file
from demo.web_methods import react, take_back
from demo.web_state import WebState
from demo.web_views import push, replaced


@dataclass(frozen=True, kw_only=True)
class SignedPerson:
    """A `Participant` over `demo.web_api`; `bot_url` is where the bot takes Slack's requests."""

    state: WebState
    user_id: str
    bot_url: str
    patience: float = 10.0  # seconds that everything awaited may take

    def slash_command(self, channel: str, text: str) -> float:
        """Type a whole command line, such as `/bug triage BUG-0001`, into a channel."""
        command, _, rest = text.partition(" ")
        with self.state.changing():
            place = self.state.channel_id(channel)
            fields = {
                "command": command,
                "text": rest,
                "channel_id": place,
                "channel_name": self.state.channels[place]["name"],
                "user_id": self.user_id,
                "team_id": self.state.workspace.team_id,
                "api_app_id": self.state.app.app_id,
                "trigger_id": self.state.new_trigger(self.user_id),
                "response_url": self.state.new_response_url(place, self.user_id),
            }
        said, seconds = self._delivery.command(fields, f"the command {text!r}")
        if said.get("text") or said.get("blocks"):
            with self.state.changing():
                say_to(self.state, place, self.user_id, said)
        return seconds

    def form(self, title: str | None = None) -> Form:
        """The modal on top, once it has that title and a submit button."""

        def look() -> Mapping[str, Any] | None:
            stack = self.state.views.get(self.user_id, [])
            view = stack[-1] if stack else {}
            titled = title is None or view.get("title", {}).get("text") == title
            return view if titled and "submit" in view else None

        what = "form to submit" if title is None else f"form {title!r} to submit"
        view = self.state.until(look, what, self.patience)
        return Form(view=view, directory=self.state.directory)

    def submit(self, answers: Mapping[str, Answer], *, title: str | None = None) -> Submission:
        """Fill in the modal on top by label and submit it, if Slack lets it through."""
        form = self.form(title)
        values = form.fill(answers)
        refusals = form.refusals(values)
        if refusals:
            return Submission(errors=refusals)
        payload = {
            "type": "view_submission",
            "view": {**form.view, "state": {"values": values}},
            "response_urls": [],
        }
        what = f"the form {form.title!r}"
        effect, _ = self._delivery.interaction(self.user_id, payload, what)
        if effect.get("response_action") == "errors":
            return Submission(errors=form.by_label(effect["errors"]))
        if effect and "response_action" not in effect:
            raise NotAcknowledgedError(what, "a form takes no message as an answer")
        with self.state.changing():
            self._take(effect)
            stack = self.state.views[self.user_id]
            return Submission(errors={}, view=stack[-1] if stack else None)

    def close_form(self) -> None:
        """Close the modal without submitting it."""
        with self.state.changing():
            stack = self.state.views.pop(self.user_id, [])
        if stack and stack[-1].get("notify_on_close"):
            closed = {"type": "view_closed", "view": stack[-1], "is_cleared": False}
            self._delivery.interaction(self.user_id, closed, "the closed form")

    def press(
        self, channel: str, button: str, *, ts: str | None = None, option: str | None = None
    ) -> float:
        """Press a button, by its text or action id, on the newest message (or this one) with it."""
        place = self.state.channel_id(channel)
        message, action = self.state.until(
            lambda: newest_pressable(
                self.state.visible(place, self.user_id, thread_ts=ts), button, ts=ts, option=option
            ),
            f"button {button!r} in {channel}",
            self.patience,
        )
        with self.state.changing():
            url = self.state.new_response_url(place, self.user_id, message["ts"])
            action["action_ts"] = self.state.new_ts()
        private = message.get("subtype") == "ephemeral"
        container = {"type": "message", "message_ts": message["ts"], "channel_id": place}
        payload = {
            "type": "block_actions",
            "container": {**container, "is_ephemeral": private},
            "channel": {"id": place, "name": self.state.channels[place]["name"]},
            "message": message,
            "response_url": url,
            "actions": [action],
        }
        return self._delivery.interaction(self.user_id, payload, f"the button {button!r}")[1]

    def send(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write a message; its `ts` is returned."""
        with self.state.changing():
            place = self.state.channel_id(channel)
            content = {"text": text, "thread_ts": thread_ts}
            message = self.state.post(place, self.user_id, content)
        ts: str = message["ts"]
        kind = "im" if self.state.channels[place]["is_im"] else "channel"
        self._delivery.event({**message, "channel_type": kind, "event_ts": ts})
        if f"<@{self.state.app.bot_user_id}>" in text:
            self._delivery.event({**message, "type": "app_mention", "event_ts": ts})
        return ts

    def share(
        self,
        channel: str,
        name: str,
        content: bytes,
        *,
        thread_ts: str | None = None,
        deliver: bool = True,
    ) -> Message:
        """Share a file in a channel or thread; the event is returned."""
        with self.state.changing():
            place = self.state.channel_id(channel)
            file = keep_file(self.state, name, content, self.user_id)
            content_of_message = {
                "text": "",
                "files": [file],
                "thread_ts": thread_ts,
                "subtype": "file_share",
            }
            message = self.state.post(place, self.user_id, content_of_message)
        event = {**message, "channel_type": "channel", "event_ts": message["ts"]}
        if deliver:
            self._delivery.event(event)
        return event

    def edit(self, channel: str, ts: str, text: str) -> None:
        """Change a message of this person."""
        with self.state.changing():
            place = self.state.channel_id(channel)
            message = self.state.message(place, ts)
            before = dict(message)
            message |= {"text": text, "edited": {"user": self.user_id, "ts": self.state.new_ts()}}
            now = dict(message)
        self._changed(place, "message_changed", {"message": now, "previous_message": before})

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message of this person."""
        with self.state.changing():
            place = self.state.channel_id(channel)
            before = self.state.messages[place].pop(ts)
        self._changed(place, "message_deleted", {"deleted_ts": ts, "previous_message": before})

    def _changed(self, place: str, subtype: str, what: Mapping[str, Any]) -> None:
        with self.state.changing():
            ts = self.state.new_ts()
        hidden = {"type": "message", "subtype": subtype, "hidden": True, "channel": place}
        self._delivery.event({**hidden, **what, "ts": ts, "event_ts": ts})

    def open_home(self) -> None:
        """Open the bot's home page."""
        with self.state.changing():
            ts = self.state.new_ts()
        self._delivery.event(
            {"type": "app_home_opened", "user": self.user_id, "tab": "home", "event_ts": ts}
        )

    def react(self, channel: str, ts: str, name: str, *, present: bool = True) -> None:
        """Add a reaction to a message, or take it back."""
        with self.state.changing():
            place = self.state.channel_id(channel)
            arguments = {"channel": place, "timestamp": ts, "name": name}
            (react if present else take_back)(self.state, arguments, self.user_id)
        self._delivery.event(
            {
                "type": "reaction_added" if present else "reaction_removed",
                "user": self.user_id,
                "reaction": name,
                "item": {"type": "message", "channel": place, "ts": ts},
                "event_ts": self.state.new_ts(),
            }
        )

    def messages(self, channel: str, *, thread_ts: str | None = None) -> Sequence[Message]:
        """What this person sees in a channel or thread, oldest first, private answers included."""
        return in_thread(self._visible(channel), thread_ts)

    def direct_messages(self) -> Sequence[Message]:
        """The conversation of this person with the bot, oldest first."""
        with self.state.changing():
            return self.state.visible(self.state.direct_channel(self.user_id), self.user_id)

    def await_that(
        self, channel: str, look: Callable[[Sequence[Message]], Found | None], what: str
    ) -> Found:
        """What `look` finds in what this person sees in a channel, asked again at every change."""
        return self.state.until(lambda: look(self._visible(channel)), what, self.patience)

    def await_message(self, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        """The newest message with this text in it, once it is there."""
        return self.await_that(
            channel,
            lambda messages: newest_with_text(in_thread(messages, thread_ts), text),
            f"message with {text!r} in {channel}",
        )

    def _visible(self, channel: str) -> list[dict[str, Any]]:
        with self.state.changing():
            return self.state.visible(self.state.channel_id(channel), self.user_id)

    @property
    def _delivery(self) -> SignedDelivery:
        return SignedDelivery(state=self.state, bot_url=self.bot_url)

    def _take(self, effect: Mapping[str, Any]) -> None:
        """Change the stack as the bot's `response_action` says; without one the form closes."""
        stack = self.state.views[self.user_id]
        match effect.get("response_action"):
            case "update":
                stack[-1] = replaced(self.state, stack[-1], effect["view"])
            case "push":
                push(self.state, self.user_id, effect["view"])
            case "clear":
                stack.clear()
            case _:
                stack.pop()
