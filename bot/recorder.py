"""From an accepted action to the answer: outbox first, then the commit, then what became of it."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bot.blocks.answers import done, recording, refusal
from bot.blocks.message import Message
from bot.blocks.moves import move_button
from bot.draft import Draft, draft_key
from bot.jobs import Jobs
from bot.kept import Kept
from bot.people import People
from bot.reply import Reply
from bot.sentence import sentence
from tracker.assembly import Outcome, Recorded, Request, Tracker, Waiting
from tracker.model.person import Person
from tracker.workflow.decision import Refused

LOG: Final = logging.getLogger(__name__)
REQUEST: Final = "slack-"
"""Begins the id of every request that came through Slack."""

A_NEW_BUG: Final = "a new bug"
"""What a bug without a number is called."""
NO_BUG: Final = "-"
"""The value of a button that is about no bug yet."""

_PATIENCE: Final = 1.0  # seconds in which "done" comes without "recording" before it
_ENDS: Final = (".", "!", "?", "…")
_LEFT_OVER: Final = 200  # pending actions of an earlier process that are told about


@dataclass(frozen=True, kw_only=True)
class Task:
    """An accepted action, whom to answer, and what they typed."""

    request: str
    verb: str
    bug: str | None
    reply: Reply
    told: str = ""
    """What the judge says that it changes."""
    draft: Draft | None = None


@dataclass(frozen=True, kw_only=True)
class Recorder:
    """Takes accepted actions in, and answers when they are committed; `wake` calls the committer.

    Only the committer's thread runs git. `committed` is called after every round in which
    something reached the repository.
    """

    tracker: Tracker
    people: People
    jobs: Jobs
    drafts: Kept[Draft]
    committed: Callable[[], None]
    _late: Kept[Task] = field(default_factory=Kept)

    def record(self, request: Request, task: Task, wake: Callable[[], None]) -> None:
        """Keep an action durably and return; the answer follows."""
        self.tracker.submit(request)
        wake()
        self.jobs.start(partial(self._answer, task))
        if secrets := self.tracker.secrets_in(request):
            self.jobs.start(partial(task.reply, _taken_out(secrets)))

    def answer_again(self, task: Task) -> None:
        """Tell what became of an action that Slack delivered once more."""
        self.jobs.start(partial(self._answer, task))

    def commit(self) -> None:
        """One round of the committer: commit what waits, then answer those who wait for it."""
        if self.tracker.commit_pending():
            self.committed()
        for request, task in self._late.items():
            self._tell_late(request, task)

    def adopt(self) -> None:
        """Take over the actions that an earlier process accepted and did not bring through."""
        for entry in self.tracker.ledger.pending(_LEFT_OVER):
            if not entry.request.startswith(REQUEST):
                continue
            user = self.people.slack_id(Person.model_validate(json.loads(entry.actor)))
            said = json.loads(entry.action)
            if user is not None:
                reply = Reply(client=self.people.client, user=user)
                task = Task(request=entry.request, verb=said["verb"], bug=said["bug"], reply=reply)
                self._late.keep(entry.request, task)

    def tell(self, task: Task, outcome: Outcome) -> None:
        """Say what became of an action."""
        match outcome:
            case Recorded():
                record = self.tracker.load(outcome.bug)
                task.reply(done(record, task.told or _in_words(outcome)))
            case Refused():
                task.reply(self._refusal(task, outcome))
            case Waiting():
                task.reply(_saved(task, outcome))

    def _answer(self, task: Task) -> None:
        outcome = self.tracker.wait(task.request, patience=_PATIENCE)
        if outcome is None:
            LOG.error("The outbox has lost the request %s.", task.request)
            return
        self.tell(task, outcome)
        if isinstance(outcome, Waiting):
            self._late.keep(task.request, task)
            self._tell_late(task.request, task)

    def _tell_late(self, request: str, task: Task) -> None:
        outcome = self.tracker.outcome(request)
        settled = outcome is not None and not isinstance(outcome, Waiting)
        if settled and outcome is not None and self._late.take(request) is not None:
            self.jobs.start(partial(self.tell, task, outcome))

    def _refusal(self, task: Task, refused: Refused) -> Message:
        """Every reason; a lost form is offered again with all that was typed into it."""
        told = refusal(refused.reasons, task.bug or A_NEW_BUG, task.verb)
        if task.draft is None:
            return told
        self.drafts.keep(draft_key(task.reply.user, task.verb, task.bug), task.draft)
        again = sentence(
            "What you typed is kept: open the form again to change it.",
            [move_button(task.verb, task.bug or NO_BUG)],
        )
        return Message(text=told.text, blocks=[*told.blocks[:48], *again.blocks])


def _taken_out(secrets: tuple[str, ...]) -> Message:
    kinds = ", ".join(secrets)
    return sentence(
        f"Your text held a secret, which was taken out before it was kept: {kinds}. Slack still"
        " shows it to others where you wrote it; change it where it is used."
    )


def _in_words(recorded: Recorded) -> str:
    """A commit's subject as a sentence: “Release notes: drafted.”."""
    verb, _, said = recorded.subject.partition(": ")
    spoken = verb.replace("-", " ").capitalize()
    if not said:
        return f"{spoken} recorded."
    return f"{spoken}: {said}" if said.endswith((".", "!", "?", "…")) else f"{spoken}: {said}."


def _saved(task: Task, waiting: Waiting) -> Message:
    if not waiting.reason:
        return recording(task.bug or "", task.verb)
    about = f" for {task.bug}" if task.bug else ""
    return sentence(
        f"Saved, not yet shared: `{task.verb}`{about}. {waiting.reason} It is tried again by"
        " itself, and you are told when it is through. You need not type it again."
    )
