"""What a person can do in Slack, whatever plays Slack."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from demo.form import Answer, Form
from demo.message import Message

Found = TypeVar("Found")

ACK_SECONDS = 3.0  # docs.slack.dev/tools/bolt-python/concepts/acknowledge


class NotAcknowledgedError(Exception):
    """The bot did not answer in time or not with success; Slack would show the person an error."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"The bot did not acknowledge {what}: {reason}.")


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What became of a submitted form: errors by label, the next form, or neither: it closed."""

    errors: Mapping[str, str]
    view: Mapping[str, Any] | None = None

    @property
    def closed(self) -> bool:
        """Whether the form was taken and nothing is shown after it."""
        return not self.errors and self.view is None


class Participant(Protocol):
    """A person in the workspace.

    Everything that waits raises TimeoutError, saying what was there instead; everything that the
    bot must acknowledge raises NotAcknowledgedError when it does not, and returns the seconds that
    it took.
    """

    @property
    def user_id(self) -> str:
        """The Slack id of this person."""
        ...

    def slash_command(self, channel: str, text: str) -> float:
        """Type a whole command line, such as `/bug triage BUG-0001`, into a channel."""
        ...

    def form(self, title: str | None = None) -> Form:
        """The modal on top, once it has that title and a submit button."""
        ...

    def submit(self, answers: Mapping[str, Answer], *, title: str | None = None) -> Submission:
        """Fill in the modal on top by label and submit it, if Slack lets it through."""
        ...

    def close_form(self) -> None:
        """Close the modal without submitting it."""
        ...

    def press(
        self, channel: str, button: str, *, ts: str | None = None, option: str | None = None
    ) -> float:
        """Press a button, by its text or action id, on the newest message (or this one) with it."""
        ...

    def send(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write a message; its `ts` is returned."""
        ...

    def react(self, channel: str, ts: str, name: str, *, present: bool = True) -> None:
        """Add a reaction to a message, or take it back."""
        ...

    def messages(self, channel: str, *, thread_ts: str | None = None) -> Sequence[Message]:
        """What this person sees in a channel or thread, oldest first, private answers included."""
        ...

    def direct_messages(self) -> Sequence[Message]:
        """The conversation of this person with the bot, oldest first."""
        ...

    def await_that(
        self, channel: str, look: Callable[[Sequence[Message]], Found | None], what: str
    ) -> Found:
        """What `look` finds in what this person sees in a channel, asked again at every change."""
        ...

    def await_message(self, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        """The newest message with this text in it, once it is there."""
        ...
