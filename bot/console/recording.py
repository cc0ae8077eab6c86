"""Record what somebody at a terminal does, and say what became of it."""

import uuid
from dataclasses import dataclass

from bot.blocks.answers import done, with_remark
from bot.console.plain import plain_message
from bot.console.questions import Terminal
from bot.outcome_words import in_words, replaced
from tracker.assembly import Recorded, Request, Tracker
from tracker.model.person import Person
from tracker.model.private_text import taken_out
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.decision import DONE, Reason, Refused


@dataclass(frozen=True, kw_only=True)
class Recording:
    """One person at a terminal, on an open tracker, and a bug; None before it is reported."""

    tracker: Tracker
    actor: Person
    terminal: Terminal
    bug: BugRecord | None

    def record(self, action: Action) -> str | None:
        """Record it and say so; the bug's number, an empty one before it has one, or None."""
        request = self.request(action)
        waited = self.tracker.left_waiting()
        outcome = self.tracker.act(request)
        bug = request.bug or ""
        match outcome:
            case Recorded():
                bug = outcome.bug
                found = self.tracker.load(outcome.bug)
                policy, now = self.tracker.policy(), self.tracker.now()
                answer = done(found, in_words(outcome), policy, now)
                others = replaced(self.tracker, outcome, action.verb)
                self.terminal.say(plain_message(with_remark(answer, others)))
            case Refused():
                self.refuse(outcome.reasons)
                return None
            case _:
                reason = outcome.reason if outcome else ""
                self.terminal.say(
                    f"Saved, not yet shared. {reason} It is tried again by itself; you need not"
                    " type it again."
                )
        for sentence in self.tracker.became_of(waited):
            self.terminal.say(sentence)
        if secrets := self.tracker.secrets_in(request):
            self.terminal.say(taken_out(secrets))
        return bug

    def request(self, action: Action) -> Request:
        """The action as it is asked for from here."""
        return Request(
            id=f"console-{uuid.uuid4().hex}",
            bug=self.bug.id if self.bug else None,
            action=action,
            actor=self.actor,
        )

    def refuse(self, reasons: tuple[Reason, ...]) -> None:
        """Tell every reason, and what to type against it."""
        yet = "" if any(reason.gate in DONE for reason in reasons) else " yet"
        self.terminal.say(f"Not possible{yet}; nothing was changed:")
        for reason in reasons:
            remedy = f"  (type `{reason.remedy}`)" if reason.remedy else ""
            self.terminal.say(f"- {reason.sentence}{remedy}")
