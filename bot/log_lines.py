"""What the bot writes to its log: lines for people, or JSON for programs; never what people wrote.

Errors carry values in their texts, and libraries log whole requests. So of an error its type and
its places in the code are written, its text only for the kinds that hold no message, and foreign
loggers are heard from `warning` on.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, TextIO

from slack_sdk.errors import SlackApiError

from tracker.settings import LogStyle

_OWN: Final = ("bot", "tracker")
_FOREIGN_FROM: Final = logging.WARNING
_SECRET: Final = re.compile(r"\b(?:xox[a-z]|xapp)-[A-Za-z0-9-]+|(?<=\?ticket=)[^\s&]+")
_FIXED: Final = frozenset({"waitress", "waitress.queue"})
"""Foreign loggers whose lines hold nothing but counts."""


class TextLines(logging.Formatter):
    """One line for people, and the places of an error below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, logger, message and, for an error, where it arose."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"{time} {record.levelname} {record.name}: {_message(record)}"
        return "\n".join((line, *_places(record)))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, logger, message and, for an error, where it arose."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": _message(record),
        }
        if places := list(_places(record)):
            line["error"] = places
        return json.dumps(line, ensure_ascii=False)


def set_up_log(level: str, style: LogStyle) -> None:
    """Send the log of this process to standard error."""
    logging.basicConfig(level=level.upper(), handlers=[log_handler(style)], force=True)


def log_handler(style: LogStyle, stream: TextIO | None = None) -> logging.Handler:
    """Write lines of a style to a stream, standard error when left out."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if style is LogStyle.JSON else TextLines())
    handler.addFilter(_may_be_heard)
    return handler


def _may_be_heard(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in _OWN or record.levelno >= _FOREIGN_FROM


def _message(record: logging.LogRecord) -> str:
    """What our own code says; of a library's line only that there is one, and what it is about."""
    own = record.name.partition(".")[0] in _OWN
    if own or record.name in _FIXED:
        return _SECRET.sub("[token]", record.getMessage())
    return f"{record.module}.{record.funcName} reports a problem (line {record.lineno})."


def _places(record: logging.LogRecord) -> Iterator[str]:
    """The chain of errors, the first one last, each with its places in the code."""
    error = record.exc_info[1] if record.exc_info else None
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}{_safe_text(error)}"
        yield from _frames(error.__traceback__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(found: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(found):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"


def _safe_text(error: BaseException) -> str:
    """What an error says where that cannot be what somebody wrote."""
    if isinstance(error, SlackApiError):
        code = error.response.get("error") if hasattr(error.response, "get") else None
        return f": {code}" if re.fullmatch(r"[a-z_]{1,60}", str(code)) else ""
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    return ""
