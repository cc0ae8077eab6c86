"""Find what a log repeats: its templates, how often each occurs, when it was first and last seen.

Templates come from Drain (He, Zhu, Zheng and Lyu, 2017), which learns them in one pass.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracker.workflow.error_text import is_error

if TYPE_CHECKING:
    from drain3.drain import Drain, LogCluster

MOST_LINES: Final = 100_000
"""Lines that are read; the rest of a longer log is left out, and that is said."""
_LONGEST: Final = 1_000  # characters of an entry that are compared
_MOST_TEMPLATES: Final = 250  # kept apart at one time, which bounds time and memory
_HEAD: Final = 80  # characters from a line's start in which its time is looked for
_ISO: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_OTHER: Final = (
    r"[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2}(?: [+-][0-9]{4})?"
    r"|[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"|\b[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
)
_TIME: Final = re.compile(f"{_ISO}|{_OTHER}")
_VARIABLE: Final = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?::[0-9]+)?\b"
    r"|\b0x[0-9a-fA-F]+\b|\b(?=[a-f]*[0-9])[0-9a-f]{8,}\b|\b[0-9]+(?:\.[0-9]+)?(?=ms\b|s\b|%|\b)"
)
_ANYTHING: Final = "<*>"
_ERROR_LEVEL: Final = re.compile(
    r"\b(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC)\b|level\"?[=:] ?\"?(?:error|fatal|critical|panic)\b"
)


@dataclass(frozen=True, kw_only=True)
class LogPattern:
    """One template; `first` and `last` are the log's own words for the time, or line numbers."""

    template: str
    count: int
    share: float
    """Of the entries that were compared, in percent."""
    first: str
    last: str


@dataclass(frozen=True, kw_only=True)
class LogSummary:
    """What a log repeats, the most frequent first."""

    entries: int
    compared: int
    """Entries that report an error, or all of them when none does."""
    patterns: tuple[LogPattern, ...]
    cut: bool
    """Whether the log was longer than what is read."""


@dataclass(frozen=True, kw_only=True)
class _Entry:
    text: str
    seen: str


def summarise(lines: Iterable[str]) -> LogSummary:
    """Read a log; lines without a time belong to the entry above them, where entries have times."""
    read: list[str] = []
    cut = False
    for line in lines:
        if len(read) == MOST_LINES:
            cut = True
            break
        read.append(line.rstrip()[:_LONGEST])
    entries = _entries(read)
    compared = _errors(entries) or entries
    return LogSummary(
        entries=len(entries), compared=len(compared), patterns=_patterns(compared), cut=cut
    )


def _errors(entries: list[_Entry]) -> list[_Entry]:
    """Entries of an error level; where the log has no levels, those that speak of errors."""
    levelled = [entry for entry in entries if _ERROR_LEVEL.search(entry.text)]
    return levelled or [entry for entry in entries if is_error(entry.text)]


def _entries(lines: list[str]) -> list[_Entry]:
    timed = [
        _Entry(text=_without_time(line, found), seen=found[0])
        for line in lines
        if (found := _TIME.search(line[:_HEAD]))
    ]
    if timed:
        return timed
    return [
        _Entry(text=line.strip(), seen=f"line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def _without_time(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()]} {line[found.end() :]}".strip(" \t[]-:,")


def _patterns(entries: list[_Entry]) -> tuple[LogPattern, ...]:
    miner = _miner()
    clusters: dict[LogCluster, list[str]] = defaultdict(list)
    for entry in entries:
        cluster, _ = miner.add_log_message(_VARIABLE.sub(_ANYTHING, entry.text))
        clusters[cluster].append(entry.seen)
    templates: dict[str, list[str]] = defaultdict(list)
    for cluster, seen in clusters.items():  # a forgotten template that comes back is another one
        templates[cluster.get_template()] += seen
    found = (
        LogPattern(
            template=template,
            count=len(seen),
            share=round(100 * len(seen) / len(entries), 1),
            first=_earliest(seen),
            last=_latest(seen),
        )
        for template, seen in templates.items()
    )
    return tuple(sorted(found, key=lambda pattern: (-pattern.count, pattern.template)))


def _earliest(seen: list[str]) -> str:
    """The first in time where times compare as text; logs of several machines are out of order."""
    return min(seen) if _compare(seen) else seen[0]


def _latest(seen: list[str]) -> str:
    return max(seen) if _compare(seen) else seen[-1]


def _compare(seen: list[str]) -> bool:
    return all(re.match(_ISO, text) for text in seen)


def _miner() -> "Drain":
    from drain3.drain import Drain  # noqa: PLC0415 - loads a quarter of a second

    return Drain(max_clusters=_MOST_TEMPLATES, param_str=_ANYTHING)
