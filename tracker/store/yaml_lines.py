"""Builds plain values line by line from YAML that is laid out as Bugbook writes it.

The quickest way to the values that `yaml_composer` makes: without a parser, in a sixth of its time.
It knows names as keys, texts, numbers and words of one line, and `|` blocks; whatever else it
meets it leaves to the parser, which makes the value or names the fault.
"""

import re
from functools import lru_cache
from typing import Any, Final

from tracker.store.yaml_scalars import NumberRefused, resolve_plain
from tracker.store.yaml_values import OutOfTheOrdinary, is_text

_LINE: Final = re.compile(
    r"^( *)(- )?(?:([A-Za-z_][A-Za-z0-9_.-]{0,99}):(?: (?=[^ \n])|$))?(.*)$", re.MULTILINE
)
_INDICATORS: Final = frozenset(" -?:,[]{}#&*!|>'\"%@`")
_IN_DOUBLE_QUOTES: Final = re.compile(r'"((?:[^"\\]|\\["\\nt])*)"')
_IN_SINGLE_QUOTES: Final = re.compile("'((?:[^']|'')*)'")
_ESCAPE: Final = re.compile(r"\\(.)")
_MEANINGS: Final = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_DEEPEST: Final = 30  # below the maximum, which is the composer's to tell of
_REMEMBERED: Final = 4096  # texts of one line; names, moments and words come again and again


def mapping_of_lines(text: str) -> dict[str, Any]:
    """Return the mapping that a text describes, in which every character is known to be safe.

    Raises:
        OutOfTheOrdinary: it is laid out in another way, or is no YAML.
    """
    if "\t" in text or "\r" in text or not text.endswith("\n"):
        raise OutOfTheOrdinary
    return _Lines(text[:-1]).mapping()


class _Lines:
    """The open mappings and lists, the innermost last, and the key that waits for a value."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._parts: list[tuple[str, str, str, str]] = _LINE.findall(text)
        self._at = 0
        self._container: Any = {}
        self._indent = 0
        self._key: str | None = None
        self._around: list[tuple[Any, int]] = []

    def mapping(self) -> dict[str, Any]:
        root: dict[str, Any] = self._container
        parts, end = self._parts, len(self._parts)
        while self._at < end:
            indent, dash, key, rest = parts[self._at]
            self._at += 1
            if dash or key or (rest and rest[0] != "#"):
                self._take(len(indent), dash, key, rest)
        self._leave(0)
        if not root:
            raise OutOfTheOrdinary
        return root

    def _take(self, indent: int, dash: str, key: str, rest: str) -> None:
        if indent > self._indent:
            self._enter([] if dash else {}, indent)
        elif indent < self._indent or self._key is not None:
            self._leave(indent)
        if dash and type(self._container) is not list:
            raise OutOfTheOrdinary
        if dash and not key:
            self._container.append(self._value(rest))
            return
        if dash:
            self._open({}, indent + len(dash))
        self._set(key, rest)

    def _set(self, key: str, rest: str) -> None:
        if not key or type(self._container) is list:
            raise OutOfTheOrdinary
        if key in self._container or not is_text(key):
            raise OutOfTheOrdinary
        if rest:
            self._container[key] = self._value(rest)
        else:
            self._key = key

    def _enter(self, value: dict[str, Any] | list[Any], indent: int) -> None:
        """Begin what stands below a key."""
        if self._key is None:
            raise OutOfTheOrdinary
        self._open(value, indent)

    def _open(self, value: dict[str, Any] | list[Any], indent: int) -> None:
        if len(self._around) >= _DEEPEST:
            raise OutOfTheOrdinary
        if self._key is None:
            self._container.append(value)
        else:
            self._container[self._key] = value
            self._key = None
        self._around.append((self._container, self._indent))
        self._container, self._indent = value, indent

    def _leave(self, indent: int) -> None:
        """End what is indented more; a key that waits still has no value."""
        if self._key is not None:
            self._container[self._key] = None
            self._key = None
        while indent < self._indent:
            self._container, self._indent = self._around.pop()
        if indent != self._indent:
            raise OutOfTheOrdinary

    def _value(self, written: str) -> object:
        if written.startswith("|"):
            return self._block(written)
        if written in {"", "[]", "{}"}:
            return _empty(written)
        return _scalar(written)

    def _block(self, header: str) -> str:
        """The text of the lines that follow and are indented more."""
        first = self._lines[self._at] if self._at < len(self._lines) else ""
        indent = len(first) - len(first.lstrip(" "))
        if header not in {"|", "|-", "|+"} or indent == len(first) or indent <= self._indent:
            raise OutOfTheOrdinary
        margin = first[:indent]
        kept = []
        for line in self._lines[self._at :]:
            if not line.startswith(margin) and line.strip(" "):
                break
            kept.append(line[indent:])
        self._at += len(kept)
        text = "\n".join(kept)
        body = text.rstrip("\n")
        return {"|": f"{body}\n", "|-": body, "|+": f"{text}\n"}[header]


def _empty(written: str) -> dict[str, Any] | list[Any]:
    if not written:
        raise OutOfTheOrdinary
    return [] if written == "[]" else {}


@lru_cache(maxsize=_REMEMBERED)
def _scalar(written: str) -> str | int | float | bool | None:
    """What a value of one line means."""
    if written[0] == '"' and (quoted := _IN_DOUBLE_QUOTES.fullmatch(written)):
        return _ESCAPE.sub(lambda found: _MEANINGS[found[1]], quoted[1])
    if written[0] == "'" and (quoted := _IN_SINGLE_QUOTES.fullmatch(written)):
        return quoted[1].replace("''", "'")
    if written[0] in _INDICATORS or written[-1] in ": " or ": " in written or " #" in written:
        raise OutOfTheOrdinary
    try:
        return resolve_plain(written)
    except NumberRefused as error:
        raise OutOfTheOrdinary from error
