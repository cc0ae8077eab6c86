"""What became of everything that people did: counted in git, in the channel, and at their ends."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demo.message import visible_text
from tests.faults.day_of_bugs import Deed
from tests.real_git import RealGit
from tracker.assembly import Tracker

_COMMIT = "%s%x1f%(trailers:key=Request,valueonly,separator=%x2c)"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often each deed is where it belongs; everything but `deeds` should be empty."""

    deeds: int
    committed: Mapping[int, int]
    """How many deeds are in git so often."""
    announced: Mapping[int, int]
    """How many of those that are told have a note in their thread, or a root message, so often."""
    unanswered: Sequence[str]
    requests_twice: Sequence[str]
    """Idempotency keys of more than one commit, or commits without one."""
    said_twice: Sequence[str]
    """Notes that stand twice in one thread, and bugs with two messages."""
    outdated: Sequence[str]
    """Bugs whose message does not show where they stand."""

    @property
    def whole(self) -> bool:
        """Whether every deed is in git once, told once and answered, and nothing is twice."""
        faults = (self.unanswered, self.requests_twice, self.said_twice, self.outdated)
        return {*self.committed} == {*self.announced} == {1} and not any(faults)


def tally(
    deeds: Sequence[Deed], git: RealGit, messages: Sequence[Mapping[str, Any]], tracker: Tracker
) -> Tally:
    """Count; `messages` are those of the channel that belong to nobody alone."""
    commits = [
        line.split("\x1f") for line in git("log", f"--format={_COMMIT}", "main").splitlines()
    ]
    requests = Counter(request for _, request in commits)
    roots = {_bug_of(message): message for message in messages if not message.get("thread_ts")}
    of_thread = {message["ts"]: bug for bug, message in roots.items()}
    notes = Counter(
        f"{of_thread.get(message['thread_ts'], '?')} {message['text']}"
        for message in messages
        if message.get("thread_ts")
    )
    all_roots = Counter(_bug_of(message) for message in messages if not message.get("thread_ts"))
    told = [deed for deed in deeds if deed.told is not None]
    reported = [deed for deed in deeds if " report: " in deed.subject]
    counts = Counter(_beginning(notes, f"{deed.bug} {deed.told}") for deed in told)
    counts.update(all_roots[deed.bug] for deed in reported)
    subjects = Counter(subject for subject, _ in commits)
    return Tally(
        deeds=len(deeds),
        committed=Counter(_beginning(subjects, deed.subject) for deed in deeds),
        announced=counts,
        unanswered=[deed.subject for deed in deeds if not deed.answered],
        requests_twice=[f"{name or 'none'} × {n}" for name, n in requests.items() if n > 1],
        said_twice=[f"{text} × {n}" for text, n in [*notes.items(), *all_roots.items()] if n > 1],
        outdated=[
            deed.bug
            for deed in reported
            if deed.bug in roots and not _is_current(roots[deed.bug], deed.bug, tracker)
        ],
    )


def _beginning(counted: Counter[str], words: str) -> int:
    return sum(number for text, number in counted.items() if text.startswith(words))


def _bug_of(message: Mapping[str, Any]) -> str:
    return next((word for word in str(message["text"]).split() if word.startswith("BUG-")), "")


def _is_current(root: Mapping[str, Any], bug: str, tracker: Tracker) -> bool:
    """Whether the message says the status, and shows what the timeline says last."""
    record = tracker.load(bug)
    shown = visible_text(root)
    return record.status.words in str(root["text"]) and record.timeline[-1].text in shown
