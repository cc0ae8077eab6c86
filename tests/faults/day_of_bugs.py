"""What people do on a bad day: ten things to each bug, by commands, forms, buttons and events."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from demo.form import Answer
from tests.bot.slack_life import CAUSE, FIX, TRIAGE
from tests.faults.persistent_person import CHANNEL, PersistentPerson

SHARED: Final = 5
"""Bugs that everybody writes notes to at the same time."""

DEEDS: Final = 10
"""Of each bug that is reported."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing that a person did, and where it must be found."""

    bug: str
    subject: str
    """How the subject of its commit begins."""
    told: str | None
    """How its note in the bug's thread begins; None for what is told elsewhere or nowhere."""
    answered: bool


@dataclass(frozen=True, kw_only=True)
class Day:
    """One person brings bug after bug from its report to the approval of its fix."""

    person: PersistentPerson
    reviewer: PersistentPerson
    bot_user: str

    def bring(self, number: int) -> Iterator[Deed]:
        """Do all to one bug; each deed is yielded when it was answered, or was not."""
        title = f"Failure {number:05d} at the till"
        answer = self.person.fill_in(
            lambda: self.person.slash_command(CHANNEL, f"/bug {title}"),
            "Report a bug",
            {"What is broken?": f"The till refuses coupon {number:05d}."},
            title,
        )
        bug = answer.partition(":")[0].removeprefix("✅ ")
        yield Deed(bug=bug, subject=f"{bug} report: {title}", told=None, answered=bool(answer))
        if not bug:
            return
        root = self.person.root_of(bug)
        yield self._form(bug, root, "Triage", "Triage", TRIAGE, "Triaged as P2", "triage: P2")
        yield self._assign(bug)
        yield self._note(1 + number % SHARED, f"Observation {number:05d} holds")
        yield self._mention(bug, root, f"The log of {number:05d} is empty")
        yield self._quote(bug, root, f"Redis of {number:05d} is full")
        title, told = "Identify the root cause", "Root cause identified"
        yield self._form(bug, root, "Identify cause", title, CAUSE, told, "identify: ")
        told = "Fix submitted for review"
        yield self._form(bug, root, "Submit fix", "Submit the fix", FIX, told, "submit-fix: ")
        yield self._approve(bug, root)
        yield self._note(1 + (number + 1) % SHARED, f"Remark {number:05d} stands")

    def _form(  # noqa: PLR0917 - which form of which bug, and how it is found again
        self,
        bug: str,
        root: str,
        button: str,
        title: str,
        answers: dict[str, Answer],
        told: str,
        subject: str,
    ) -> Deed:
        answer = self.person.fill_in(
            lambda: self.person.press(CHANNEL, button, ts=root),
            title,
            answers,
            f"✅ {bug}: {told}",
        )
        return Deed(bug=bug, subject=f"{bug} {subject}", told=told, answered=bool(answer))

    def _assign(self, bug: str) -> Deed:
        subject, told = f"{bug} assign: ", "Assigned to"
        answer = self.person.do(
            lambda: self.person.slash_command(CHANNEL, f"/bug assign {bug} me eta 2h"),
            f"✅ {bug}: {told}",
        )
        return Deed(bug=bug, subject=subject, told=told, answered=bool(answer))

    def _note(self, number: int, text: str) -> Deed:
        bug = f"BUG-{number:04d}"
        answer = self.person.do(
            lambda: self.person.slash_command(CHANNEL, f"/bug note {bug} {text}"), text
        )
        return Deed(bug=bug, subject=f"{bug} note: {text}", told=text, answered=bool(answer))

    def _mention(self, bug: str, root: str, text: str) -> Deed:
        said = f"<@{self.bot_user}> note {text}"
        answer = self.person.do(
            lambda: self.person.send(CHANNEL, said, thread_ts=root), f"✅ {bug}: {text}"
        )
        return Deed(bug=bug, subject=f"{bug} note: {text}", told=text, answered=bool(answer))

    def _quote(self, bug: str, root: str, text: str) -> Deed:
        """A reaction has no answer but the bug's message, in which the timeline shows it."""
        ts = self.person.send(CHANNEL, text, thread_ts=root)
        shown = self.person.quote(ts, root, text)
        return Deed(bug=bug, subject=f"{bug} quote: {text}", told=None, answered=shown)

    def _approve(self, bug: str, root: str) -> Deed:
        subject, told = f"{bug} approve: ", "Approved by"
        answer = self.reviewer.do(
            lambda: self.reviewer.press(CHANNEL, "Approve", ts=root), f"✅ {bug}: {told}"
        )
        return Deed(bug=bug, subject=subject, told=told, answered=bool(answer))
