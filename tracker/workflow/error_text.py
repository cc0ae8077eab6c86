"""What an error message says for certain: its constant words and the places it came from."""

import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tracker.model.record import BugRecord

_LONGEST_LINE: Final = 300
_MOST_PHRASES: Final = 12
_MOST_FRAMES: Final = 20
_LANGUAGES: Final = (
    "c|cc|clj|cpp|cs|cxx|dart|ex|exs|go|groovy|h|hpp|java|js|jsx|kt|lua|mjs|php|pl|py|rb|rs|scala"
    "|sh|sql|svelte|swift|ts|tsx|vue"
)
_PYTHON_FRAME: Final = re.compile(
    r'File "(?P<path>[^"\n]{1,300})", line (?P<line>[0-9]{1,7})(?:, in (?P<function>\w{1,100}))?'
)
_FRAME: Final = re.compile(
    rf"(?P<path>[\w./\\@+-]{{1,200}}\.(?:{_LANGUAGES}))[:(](?:line )?(?P<line>[0-9]{{1,7}})\b"
)
_FILE_NAME: Final = re.compile(r"[\w.+-]{1,100}")
_ERROR: Final = re.compile(
    r"error|exception|fatal|panic|critical|fail|denied|refused|time(?:d )?out|invalid|conflict"
    r"|exceeded|cannot|unable",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile('"([^"\n]{6,120})"|“([^”\n]{6,120})”|`([^`\n]{6,120})`')
_CLASS: Final = re.compile(r"\b[A-Z]\w{2,60}(?:Error|Exception|Timeout|Fault)\b")
# Whatever differs from one occurrence to the next divides what is constant.
_VARIABLE: Final = re.compile(
    r"[\[\](){}<>|:;,=\"'`“”#]+|\s-+\s|\S*[0-9]\S*|\b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)\b"
)
_SHORTEST, _LONGEST = 12, 120  # characters of a text that is worth looking for


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One line of a stack trace."""

    path: str
    line: int
    function: str | None = None

    @property
    def file_name(self) -> str:
        """The last part of the path, which the same file has wherever it is deployed."""
        return re.split(r"[/\\]", self.path)[-1]


def phrases_of(record: BugRecord, log: Iterable[str] = ()) -> tuple[str, ...]:
    """Texts of a bug that its code may hold word for word, the most telling first."""
    report = record.report
    prose = "\n".join(text for text in (record.title, report.what_is_broken, report.actual) if text)
    lines = (report.logs or "").splitlines()
    found = [*quoted(prose), *_classes([prose, *lines])]
    for line in (*lines, *log):
        found.extend(constant_parts(line))
    return tuple(dict.fromkeys(found))[:_MOST_PHRASES]


def constant_parts(line: str) -> tuple[str, ...]:
    """What stays the same in every occurrence of an error line; empty for any other line."""
    line = line[:_LONGEST_LINE]
    if not is_error(line):
        return ()
    parts = (part.strip(" \t.!?-") for part in _VARIABLE.split(line))
    telling = (part for part in parts if _SHORTEST <= len(part) <= _LONGEST and " " in part)
    return tuple(dict.fromkeys([*quoted(line), *telling]))


def is_error(line: str) -> bool:
    """Whether a line of a log reports an error."""
    return _ERROR.search(line) is not None


def frames_of(record: BugRecord, log: Iterable[str] = ()) -> tuple[Frame, ...]:
    """The places that a bug's stack traces name, in the order in which they stand there."""
    report = record.report
    texts = (report.stack_trace, report.logs, report.actual, report.what_is_broken)
    found = [frame for text in (*texts, *log) if text for frame in _frames(text)]
    return tuple(dict.fromkeys(found))[:_MOST_FRAMES]


def _frames(text: str) -> Iterator[Frame]:
    for line in text.splitlines():
        match = _PYTHON_FRAME.search(line[:600]) or _FRAME.search(line[:600])
        if match is None:
            continue
        groups = match.groupdict()
        frame = Frame(
            path=groups["path"], line=int(groups["line"]), function=groups.get("function")
        )
        if _FILE_NAME.fullmatch(frame.file_name):
            yield frame


def quoted(text: str) -> Iterator[str]:
    """What stands between quotation marks, which people put around messages they saw."""
    for match in _QUOTED.finditer(text):
        yield next(group for group in match.groups() if group).strip()


def _classes(texts: Iterable[str]) -> Iterator[str]:
    """Names of error classes, but for those that every program uses."""
    for text in texts:
        for match in _CLASS.finditer(text):
            if not hasattr(builtins, match[0]):
                yield match[0]
