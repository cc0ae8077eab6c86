"""From an accepted action to the answer: outbox first, then the commit, then what became of it."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Final

from bot.attaching import Attaching
from bot.blocks.answers import done, refusal, with_remark
from bot.blocks.message import Message
from bot.blocks.moves import move_button
from bot.draft import ANYBODY, draft_key
from bot.drafts import Drafts
from bot.jobs import Jobs
from bot.kept import Kept
from bot.membership import may_not
from bot.metrics import ACTIONS, DONE
from bot.outcome_words import in_words, replaced, saved, secrets_taken_out
from bot.people import People
from bot.receipts import Receipts
from bot.reply import Reply
from bot.sentence import sentence
from bot.task import Task, noted, noted_task
from tracker.assembly import OutboxEntry, Outcome, OwedAnswer, Recorded, Request, Tracker, Waiting
from tracker.workflow.decision import Refused

LOG: Final = logging.getLogger(__name__)
A_NEW_BUG: Final = "a new bug"
"""What a bug without a number is called."""
NO_BUG: Final = "-"
"""The value of a button that is about no bug yet."""

_PATIENCE: Final = 1.0  # seconds in which "done" comes without "recording" before it
_LOOK: Final = 0.25  # seconds that one look for something settled takes at most
_PRIVATE_ANSWERS_LAST: Final = timedelta(minutes=30)
"""So long somebody looks for an answer where they asked; later it is a direct message."""
_LOST_AFTER: Final = timedelta(minutes=1)  # by whoever took up what was left
_SLOWEST: Final = 5  # times as long as for an action until nobody is at work on a request
_LEFT_OVER: Final = 200  # answers that another process owes, in one look
ADOPTED_AFTER: Final = timedelta(minutes=1)
"""An answer owed so long is given by whoever finds it; its own bot is dead or cut off."""


@dataclass(frozen=True, kw_only=True)
class Recorder:
    """Takes accepted actions in, and answers when they are committed; `wake` calls the committer.

    Only the committer's thread runs git. `committed` is called after every round in which
    something reached the repository, and `look` whenever `answer` has something to look at.
    """

    tracker: Tracker
    people: People
    jobs: Jobs
    drafts: Drafts
    attaching: Attaching
    receipts: Receipts
    committed: Callable[[], None]
    look: Callable[[], None]
    _awaited: Kept[Task] = field(default_factory=Kept)
    _late: Kept[Task] = field(default_factory=Kept)
    _unkept: Kept[datetime] = field(default_factory=Kept)  # since when an answer has no action
    _mine: Kept[str] = field(default_factory=Kept)  # the requests that this process answers

    def record(self, request: Request, task: Task, wake: Callable[[], None]) -> None:
        """Keep an action durably and return; the answer follows.

        One that was kept before, as Slack delivers it again, is answered by whoever kept it.
        """
        is_known_here = self._mine.get(task.request) is not None
        self._mine.keep(task.request, task.reply.user)
        owed = OwedAnswer(
            request=task.request, user=task.reply.user, about=noted(task, self.drafts.clean)
        )
        if not self.tracker.submit(request, owed, instead_of=task.receipt):
            if not is_known_here:
                self._mine.take(task.request)
            return
        self.receipts.passed_on(task.receipt)
        self._awaited.keep(task.request, task)
        wake()
        self.look()
        if secrets := self.tracker.secrets_in(request):
            self.jobs.start(partial(task.writer or task.reply, secrets_taken_out(secrets)))

    def answer(self) -> None:
        """One look at what is settled; whoever waits for a second hears that it is kept."""
        awaited = dict(self._awaited.items())
        if not awaited:
            return
        settled = self.tracker.settled_among(awaited, patience=_LOOK)
        for request, task in awaited.items():
            if request in settled:
                self.jobs.start(partial(self.tell, task, settled[request]))
            elif monotonic() - task.since > _PATIENCE:
                self.jobs.start(partial(self._tell_so_far, task))
            else:
                continue
            self._awaited.take(request)
        self.look()

    def answer_all(self) -> None:
        """Look until nobody is left who has heard nothing."""
        while self._awaited.items():
            self.answer()

    def commit(self) -> None:
        """One round of the committer: commit what waits, then answer those who wait for it."""
        if self.tracker.commit_pending():
            self.committed()
        for request in dict(self._late.items()):
            self._tell_late(request)

    def adopt(self, *, older_than: timedelta) -> tuple[OwedAnswer, ...]:
        """Give the answers to actions that a process which is gone owes to people.

        Those are returned who asked for something that no action was ever kept for.
        """
        now = self.tracker.now()
        left = []
        for owed in self.tracker.ledger.answers.owed(_LEFT_OVER):
            if self._mine.get(owed.request) or self.receipts.is_mine(owed.request):
                continue
            entry = self.tracker.ledger.outbox.entry(owed.request)
            if entry is None:
                if self._is_left(owed, now, older_than):
                    left.append(owed)
            elif now - entry.taken_in >= older_than:
                self._mine.keep(owed.request, owed.user)
                self._late.keep(owed.request, self._adopted(owed, entry, now))
                self._tell_late(owed.request)
        return tuple(left)

    def _is_left(self, owed: OwedAnswer, now: datetime, older_than: timedelta) -> bool:
        """Whether a bot was killed before it kept anything, and it is ours to take it up.

        What another bot is at work on looks the same, so it has to stay for a while, longer than a
        call of Slack waits at its limits, unless that bot is known to be gone.
        """
        owner = str(json.loads(owed.about or "{}").get("bot", ""))
        is_gone = bool(owner) and self.tracker.leadership.is_gone(owner)
        since = self._unkept.get(owed.request) or now
        self._unkept.keep(owed.request, since)
        events = self.tracker.ledger.events
        patience = timedelta(0) if is_gone else older_than * _SLOWEST
        if now - since < patience or not events.begin(
            f"left-{owed.request}", now, now - _LOST_AFTER
        ):
            return False
        self._mine.keep(owed.request, owed.user)
        return True

    def _adopted(self, owed: OwedAnswer, entry: OutboxEntry, now: datetime) -> Task:
        said = json.loads(entry.action)
        task = noted_task(owed, self.people.client, said["verb"], said["bug"])
        if now - entry.taken_in < _PRIVATE_ANSWERS_LAST:
            return task
        return replace(task, reply=Reply(client=self.people.client, user=owed.user))

    def tell(self, task: Task, outcome: Outcome) -> None:
        """Say what became of an action; the answer is owed until Slack has it."""
        given = partial(self.tracker.ledger.answers.given, task.request)
        match outcome:
            case Recorded():
                self.tracker.catch_up(outcome.commit)  # which another replica may have made
                record = self.tracker.load(outcome.bug)
                if task.onward is not None:
                    self.drafts.keep(draft_key(ANYBODY, "triage", record.id), task.onward)
                if task.files:
                    files = [{"id": each} for each in task.files]
                    self.attaching.keep(record.id, files, task.reply, task.request)
                told = task.told or in_words(outcome)
                policy, now = self.tracker.policy(), self.tracker.now()
                answer = done(record, told, policy, now, may_move=self._may_move(task.reply.user))
                others = replaced(self.tracker, outcome, task.verb)
                task.reply(with_remark(answer, others), then=given)
            case Refused() if {each.gate for each in outcome.reasons} <= task.no_news:
                given()
            case Refused():
                task.reply(self._refusal(task, outcome), then=given)
            case Waiting():
                task.reply(saved(task.verb, task.bug or "", outcome))
                return
        ACTIONS.labels(task.verb, type(outcome).__name__.lower()).inc()
        DONE.observe(monotonic() - task.since)

    def _may_move(self, user: str) -> bool:
        """Whether buttons that change a bug are for somebody, as far as Slack has told."""
        account = self.people.accounts.stale(user)
        return account is None or not may_not(account.membership, "triage")

    def _tell_so_far(self, task: Task) -> None:
        outcome = self.tracker.outcome(task.request)
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
        is_shown = any(reason.remedy == task.verb for reason in refused.reasons) and task.bug
        buttons = [] if is_shown else [move_button(task.verb, task.bug or NO_BUG)]
        again = sentence("What you typed is kept: open the form again to change it.", buttons)
        return Message(text=told.text, blocks=[*told.blocks[:48], *again.blocks])
