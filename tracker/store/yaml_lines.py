"""Builds plain values line by line from YAML that is laid out as Bugbook writes it.

The quickest way to the values that `yaml_composer` makes: without a parser, in a tenth of its
time. It knows names as keys, texts, numbers and words of one line, and `|` blocks; whatever else it
meets it leaves to the parser, which makes the value or names the fault.
"""

import re
from functools import lru_cache
from typing import Any, Final, TypeAlias

from tracker.store.yaml_scalars import NumberRefused, resolve_plain
from tracker.store.yaml_values import OutOfTheOrdinary, is_text

_LINE: Final = re.compile(
    r"( *)(- )?(?:([A-Za-z_][A-Za-z0-9_.-]{0,99}):(?: (?=[^ ])|$))?(.*)", re.DOTALL
)
_INDICATORS: Final = frozenset(" -?:,[]{}#&*!|>'\"%@`")
_IN_DOUBLE_QUOTES: Final = re.compile(r'"((?:[^"\\]|\\["\\nt])*)"')
_IN_SINGLE_QUOTES: Final = re.compile("'((?:[^']|'')*)'")
_ESCAPE: Final = re.compile(r"\\(.)")
_MEANINGS: Final = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_MADE_ANEW: Final = frozenset({"", "[]", "{}"})
_DEEPEST: Final = 30  # below the maximum, which is the composer's to tell of
_REMEMBERED: Final = 8192  # lines; those with names, moments and words come again and again
_WORTH_REMEMBERING: Final = 120  # characters; what is longer is prose, and comes once


_Line: TypeAlias = tuple[int, bool, str, object, bool]
"""Indentation, whether it is an item of a list, its key, and its value or how that begins.

The last tells whether the value is whole, and may be shared because nothing changes it.
"""


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
        self._at = 0
        self._container: Any = {}
        self._indent = 0
        self._key: str | None = None
        self._around: list[tuple[Any, int]] = []

    def mapping(self) -> dict[str, Any]:
        root: dict[str, Any] = self._container
        lines, end = self._lines, len(self._lines)
        while self._at < end:
            written = lines[self._at]
            self._at += 1
            line = _known(written) if len(written) < _WORTH_REMEMBERING else _read(written)
            indent, dash, key, value, has_value = line
            if has_value and indent == self._indent and not dash and self._key is None:
                container = self._container  # the case of most lines, and so the quickest
                if type(container) is list or key in container:
                    raise OutOfTheOrdinary
                container[key] = value
            elif dash or key:
                self._take(line)
        self._leave(0)
        if not root:
            raise OutOfTheOrdinary
        return root

    def _take(self, line: _Line) -> None:
        indent, dash, key, value, has_value = line
        if indent > self._indent:
            self._enter([] if dash else {}, indent)
        elif indent < self._indent or self._key is not None:
            self._leave(indent)
        if dash != (type(self._container) is list):
            raise OutOfTheOrdinary
        if dash and key:
            self._open({}, indent + len("- "))
        if has_value or value:
            self._put(key, value if has_value else self._made(str(value)))
        elif key in self._container:
            raise OutOfTheOrdinary
        else:
            self._key = key

    def _put(self, key: str, value: object) -> None:
        if not key:
            self._container.append(value)
        elif key in self._container:
            raise OutOfTheOrdinary
        else:
            self._container[key] = value

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

    def _made(self, written: str) -> object:
        """A value that is made anew each time: an empty one, or the lines that follow."""
        if written == "[]":
            return []
        return {} if written == "{}" else self._block(written)

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


def _read(written: str) -> _Line:
    """Take a line apart; raises OutOfTheOrdinary for one that is so wherever it stands."""
    found = _LINE.fullmatch(written)
    if found is None:
        raise OutOfTheOrdinary
    spaces, dash, key, rest = found.groups("")
    indent = len(spaces)
    if not (dash or key):
        if rest and rest[0] != "#":
            raise OutOfTheOrdinary
        return indent, False, "", "", False  # nothing, or a comment
    if key and not is_text(key):
        raise OutOfTheOrdinary
    if rest in _MADE_ANEW or rest[0] == "|":
        if not (rest or key):
            raise OutOfTheOrdinary
        return indent, bool(dash), key, rest, False
    return indent, bool(dash), key, _scalar(rest), True


@lru_cache(maxsize=_REMEMBERED)
def _known(written: str) -> _Line:
    return _read(written)


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
