"""From an accepted action to the answer: outbox first, then the commit, then what became of it."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Final

from bot.blocks.answers import done, recording, refusal
from bot.blocks.message import Message
from bot.blocks.moves import move_button
from bot.draft import Draft, draft_key
from bot.drafts import Drafts
from bot.jobs import Jobs
from bot.kept import Kept
from bot.metrics import ACTIONS, DONE
from bot.people import People
from bot.reply import Reply
from bot.sentence import sentence
from tracker.assembly import Outcome, OwedAnswer, Recorded, Request, Tracker, Waiting
from tracker.model.private_text import taken_out
from tracker.workflow.decision import Refused

LOG: Final = logging.getLogger(__name__)
REQUEST: Final = "slack-"
"""Begins the id of every request that came through Slack."""

A_NEW_BUG: Final = "a new bug"
"""What a bug without a number is called."""
NO_BUG: Final = "-"
"""The value of a button that is about no bug yet."""

_PATIENCE: Final = 1.0  # seconds in which "done" comes without "recording" before it
_LEFT_OVER: Final = 200  # answers that another process owes, in one look
ADOPTED_AFTER: Final = timedelta(minutes=1)
"""An answer owed so long is given by whoever finds it; its own bot is dead or cut off."""


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
    since: float = field(default_factory=monotonic)
    onward: Draft | None = None
    """What is known already for the triage of the bug that is reported."""
    afterwards: Callable[[str], None] | None = None
    """Called with the bug's number once the action is recorded."""


@dataclass(frozen=True, kw_only=True)
class Recorder:
    """Takes accepted actions in, and answers when they are committed; `wake` calls the committer.

    Only the committer's thread runs git. `committed` is called after every round in which
    something reached the repository.
    """

    tracker: Tracker
    people: People
    jobs: Jobs
    drafts: Drafts
    committed: Callable[[], None]
    _late: Kept[Task] = field(default_factory=Kept)
    _unkept: Kept[datetime] = field(default_factory=Kept)  # since when an answer has no action
    _mine: Kept[str] = field(default_factory=Kept)  # the requests that this process answers

    def record(self, request: Request, task: Task, wake: Callable[[], None]) -> None:
        """Keep an action durably and return; the answer follows."""
        self._mine.keep(task.request, task.reply.user)
        self.tracker.ledger.answers.owe(OwedAnswer(request=task.request, user=task.reply.user))
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
        for request in dict(self._late.items()):
            self._tell_late(request)

    def adopt(self, *, older_than: timedelta) -> None:
        """Give the answers that a process which is gone owes to people."""
        now = self.tracker.now()
        for owed in self.tracker.ledger.answers.owed(_LEFT_OVER):
            if self._mine.get(owed.request):
                continue
            entry = self.tracker.ledger.outbox.entry(owed.request)
            if entry is None:
                self._give_up(owed, now, older_than)
            elif now - entry.taken_in >= older_than:
                self._mine.keep(owed.request, owed.user)
                self._late.keep(owed.request, self._adopted(owed, json.loads(entry.action)))
                self._tell_late(owed.request)

    def _give_up(self, owed: OwedAnswer, now: datetime, older_than: timedelta) -> None:
        """Owe no answer for an action that was never kept: its bot was killed before that.

        One that is being kept at this moment looks the same, so it has to stay away for a while.
        """
        since = self._unkept.get(owed.request) or now
        self._unkept.keep(owed.request, since)
        if now - since >= older_than:
            self.tracker.ledger.answers.given(owed.request)

    def _adopted(self, owed: OwedAnswer, said: Mapping[str, str]) -> Task:
        reply = Reply(client=self.people.client, user=owed.user)
        return Task(request=owed.request, verb=said["verb"], bug=said["bug"], reply=reply)

    def tell(self, task: Task, outcome: Outcome) -> None:
        """Say what became of an action; the answer is owed until Slack has it."""
        given = partial(self.tracker.ledger.answers.given, task.request)
        match outcome:
            case Recorded():
                record = self.tracker.load(outcome.bug)
                if task.onward is not None:
                    key = draft_key(task.reply.user, "triage", record.id)
                    self.drafts.keep(key, task.onward)
                if task.afterwards is not None:
                    task.afterwards(record.id)
                policy = self.tracker.policy()
                task.reply(done(record, task.told or in_words(outcome), policy), then=given)
            case Refused():
                task.reply(self._refusal(task, outcome), then=given)
            case Waiting():
                task.reply(_saved(task, outcome))
                return
        ACTIONS.labels(task.verb, type(outcome).__name__.lower()).inc()
        DONE.observe(monotonic() - task.since)

    def _answer(self, task: Task) -> None:
        outcome = self.tracker.wait(task.request, patience=_PATIENCE)
        if outcome is None:
            LOG.error("The outbox has lost the request %s.", task.request)
            return
        self.tell(task, outcome)
        if isinstance(outcome, Waiting):
            self._late.keep(task.request, task)
            self._tell_late(task.request)

    def _tell_late(self, request: str) -> None:
        """Tell what became of an action that took long, unless another bot has told it."""
        outcome = self.tracker.outcome(request)
        if outcome is None or isinstance(outcome, Waiting):
            return
        task = self._late.take(request)
        if task is not None and self.tracker.ledger.answers.owes(request):
            self.jobs.start(partial(self.tell, task, outcome))

    def _refusal(self, task: Task, refused: Refused) -> Message:
        """Every reason; a lost form is offered again with all that was typed into it."""
        told = refusal(refused.reasons, task.bug or A_NEW_BUG, task.verb)
        if task.draft is None:
            return told
        kept = replace(task.draft, entered=True)
        self.drafts.keep(draft_key(task.reply.user, task.verb, task.bug), kept)
        again = sentence(
            "What you typed is kept: open the form again to change it.",
            [move_button(task.verb, task.bug or NO_BUG)],
        )
        return Message(text=told.text, blocks=[*told.blocks[:48], *again.blocks])


def _taken_out(secrets: tuple[str, ...]) -> Message:
    return sentence(f"{taken_out(secrets)} Slack still shows it to others where you wrote it.")


def in_words(recorded: Recorded) -> str:
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
