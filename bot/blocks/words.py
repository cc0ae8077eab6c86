"""How things are called on buttons and in messages, the same everywhere."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.blocks.text import one_line
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Phase
from tracker.workflow.clocks import ClockState, Target

_VERBS: Final = MappingProxyType(
    {
        "identify": "Identify cause",
        "link": "Link related",
        "action": "Action item",
        "monitor": "Record monitoring",
        "evidence": "Record tests",
        "postmortem": "Post-mortem",
        "wont-fix": "Won’t fix",
        "note": "Add note",
        "hotfix-declare": "Declare incident",
    }
)
_CIRCLES: Final = MappingProxyType(
    {Severity.P0: "🔴", Severity.P1: "🟠", Severity.P2: "🟡", Severity.P3: "🔵", None: "⚪"}
)
OUTAGE_MARK: Final = "🔴"
"""Of a bug that nobody has judged, where production is reported down."""
_LAMPS: Final = MappingProxyType(
    {
        ClockState.ON_TRACK: "🟢",
        ClockState.AT_RISK: "🟡",
        ClockState.BREACHED: "🔴",
        ClockState.MET: "✅",
        ClockState.MISSED: "❌",
    }
)


def verb_words(verb: str) -> str:
    """A command as its button says it: `submit-fix` is `Submit fix`."""
    if verb in _VERBS:
        return _VERBS[verb]
    if verb.startswith("hotfix-"):
        return f"Hotfix: {verb.removeprefix('hotfix-')}"
    return verb.replace("-", " ").capitalize()


def command(verb: str, bug_id: str = "") -> str:
    """What a person types: `/bug triage BUG-0042`, `/hotfix deploy BUG-0042`."""
    typed = f"/bug {verb}"
    if verb.startswith("hotfix-"):
        typed = f"/hotfix {verb.removeprefix('hotfix-')}"
    return f"{typed} {bug_id}".rstrip()


def severity_words(severity: Severity | None, policy: Policy) -> str:
    """A severity with its colour, level and name: `🔴 P0 Critical`."""
    if severity is None:
        return f"{_CIRCLES[None]} Not triaged"
    return f"{_CIRCLES[severity]} {severity} {one_line(policy.rule(severity).name, 30)}"


def severity_mark(severity: Severity | None) -> str:
    """The colour and level alone, for lists."""
    return f"{_CIRCLES[severity]} {severity}" if severity else _CIRCLES[None]


def phase_words(record: BugRecord) -> str:
    """The phase with its place: `2 of 5 · Root cause`."""
    phase = record.status.phase
    return f"{phase.number} of {len(Phase)} · {phase.value}"


def clock_words(target: Target) -> str:
    """A target as one sentence: `🟢 Fix: on track, 3 h left, due 2024-12-31 16:15 UTC.`."""
    span = in_words(target.left)
    spare = f"with {span} to spare" if target.left else "just in time"
    stands = {
        ClockState.MET: f"met {spare}",
        ClockState.MISSED: f"missed by {span}",
        ClockState.BREACHED: f"breached {span} ago",
    }.get(target.state, f"{target.state.words}, {span} left")
    due = "" if target.done else f", due {target.due:%Y-%m-%d %H:%M %Z}"
    return f"{_LAMPS[target.state]} {target.name}: {stands}{due}."


def moment_words(at: datetime, now: datetime) -> str:
    """A time of day, with its date when that is not today's."""
    shown = at.astimezone(now.tzinfo)
    return f"{shown:%H:%M}" if shown.date() == now.date() else f"{shown:%Y-%m-%d %H:%M}"
