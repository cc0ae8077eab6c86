"""What became of a push, read from what git printed."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from tracker.store.git_repository import GitResult

_LONGEST_LINE = 300
_DIRTY = re.compile(
    r"working directory has|working tree has|could not update working tree|in the index",
    re.IGNORECASE,
)
# Lost races: the branch moved, or somebody else holds its lock this very moment.
_MOVED = re.compile(
    r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to (?:update|lock) ref"
    r"|incorrect old value|reference already exists|failed to update",
    re.IGNORECASE,
)
_UNREACHABLE = re.compile(
    r"could not read from remote|unable to (?:access|connect|look up)|could not resolve"
    r"|connection (?:refused|timed out|closed|reset)|does not appear to be a git repository"
    r"|not found|authentication failed|could not read (?:username|password)|permission denied"
    r"|transport '.*' not allowed|host key verification failed|hung up",
    re.IGNORECASE,
)
_DAMAGED = re.compile(
    r"bad object|object file .* is empty|loose object|unable to read|packfile .* (?:is|cannot)"
    r"|missing (?:blob|tree|commit)|not a git repository: |unresolved delta|unable to parse",
    re.IGNORECASE,
)


class PushResult(StrEnum):
    """The ways in which a push can end."""

    PUSHED = auto()
    MOVED = auto()
    DIRTY = auto()
    REFUSED = auto()
    UNREACHABLE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, kw_only=True)
class PushOutcome:
    """How a push ended, and why, as one sentence for people (empty when pushed)."""

    result: PushResult
    reason: str = ""


def read_push(answer: GitResult, address: str) -> PushOutcome:
    """Judge a push by its porcelain line; without one, by what went wrong before it."""
    if answer.succeeded:
        return PushOutcome(result=PushResult.PUSHED)
    if answer.code is None:
        reason = f"{address} did not answer in time."
        return PushOutcome(result=PushResult.UNKNOWN, reason=reason)
    for line in answer.output.splitlines():
        if line.startswith("!\t"):
            return _read_rejection(line, answer.errors, address)
    reason = f"{address} cannot be reached ({plain_line(_telling_line(answer.errors))})."
    reachable = not _UNREACHABLE.search(answer.errors)
    return PushOutcome(
        result=PushResult.UNKNOWN if reachable else PushResult.UNREACHABLE, reason=reason
    )


def looks_damaged(answer: GitResult) -> bool:
    """Whether git stumbled over objects that it could not read."""
    return bool(_DAMAGED.search(answer.errors))


def failure_line(answer: GitResult) -> str:
    """Return the line that says what went wrong, made harmless."""
    if answer.code is None:
        return "no answer in time"
    return plain_line(_telling_line(answer.errors)) or f"git ended with {answer.code}"


def plain_line(text: str) -> str:
    """Make text from elsewhere one short line without control characters."""
    visible = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(visible.split())
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"


def _read_rejection(line: str, errors: str, address: str) -> PushOutcome:
    said = line.rsplit("\t", maxsplit=1)[-1]
    if _DIRTY.search(said):
        reason = (
            f"{address} has uncommitted changes in its work tree"
            f" ({plain_line(_in_brackets(said))}); commit or remove them there and try again."
        )
        return PushOutcome(result=PushResult.DIRTY, reason=reason)
    if _MOVED.search(said):
        reason = f"Others write to {address} at the same moment ({plain_line(said)})."
        return PushOutcome(result=PushResult.MOVED, reason=reason)
    told = [part.removeprefix("remote:").strip() for part in _remote_lines(errors)]
    why = plain_line(" ".join([_in_brackets(said), *told]))
    reason = f"{address} refused the commit ({why}); ask whoever looks after it to allow the push."
    return PushOutcome(result=PushResult.REFUSED, reason=reason)


def _in_brackets(said: str) -> str:
    inside = re.search(r"\((.*)\)\s*$", said)
    return inside[1] if inside else said


def _remote_lines(errors: str) -> list[str]:
    return [line for line in errors.splitlines() if line.startswith("remote:")]


def _telling_line(errors: str) -> str:
    lines = [line for line in errors.splitlines() if line.startswith(("fatal:", "error:"))]
    return (lines or errors.splitlines() or [""])[0]
