"""What an unquoted YAML scalar means, and when a text may be written without quotes."""

import math
import re
from typing import Final

from yaml.resolver import Resolver

from tracker.model.text import UNSAFE_CHARACTER

# YAML 1.2.2, section 10.3.2, the core schema.
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OCTAL: Final = re.compile(r"0o[0-7]+")
_HEXADECIMAL: Final = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
# What all of these begin with, and what all numbers consist of; most texts do not, and are quick.
_FIRST: Final = frozenset("+-.0123456789~nNtTfF")
_NUMBER: Final = re.compile(r"[-+.0-9][-+.0-9a-fA-FinNIFox]*", re.ASCII)

_LARGEST_INTEGER: Final = 2**63 - 1  # what SQLite and JSON readers hold without loss of type
_LONGEST_INTEGER: Final = 64  # characters, leading zeros included

# Words that some YAML 1.1 readers take for a boolean, though PyYAML's resolver leaves them alone.
_MORE_1_1_WORDS: Final = frozenset({"y", "Y", "n", "N"})
_PLAIN_START: Final = re.compile(r"[^\W_]|[/(<_$;^]")
_BREAKS_PLAIN: Final = re.compile(r": |:$| #|[\t\n]|\s$")
_ZERO_WIDTH_JOINER: Final = "\u200d"


class NumberRefused(ValueError):  # noqa: N818 - the name says what happened
    """An unquoted scalar is a number that cannot be kept; the text of the error says why."""


def resolve_plain(text: str) -> str | int | float | bool | None:
    """Give the value of an unquoted scalar by the YAML 1.2 core schema: `no` and dates are texts.

    Raises:
        NumberRefused: the number is not finite or does not fit 64 bits.
    """
    if text and text[0] not in _FIRST:
        return text
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    return _number(text) if _NUMBER.fullmatch(text) else text


def _number(text: str) -> str | int | float:
    for pattern, base in ((_DECIMAL, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
        if pattern.fullmatch(text):
            return _integer(text, base)
    if _FLOAT.fullmatch(text):
        return _finite(float(text))
    if _NOT_FINITE.fullmatch(text):
        return _finite(math.inf)
    return text


def _integer(text: str, base: int) -> int:
    # Python refuses, and takes quadratic time for, integers of thousands of digits.
    if len(text) <= _LONGEST_INTEGER:
        value = int(text if base == 10 else text[2:], base)  # noqa: PLR2004 - number bases
        if -_LARGEST_INTEGER - 1 <= value <= _LARGEST_INTEGER:
            return value
    sentence = "This whole number does not fit 64 bits. Quote it if it is meant as text."
    raise NumberRefused(sentence)


def _finite(value: float) -> float:
    if math.isfinite(value):
        return value
    sentence = "A number must be finite. Quote it if it is meant as text."
    raise NumberRefused(sentence)


def is_showable(text: str) -> bool:
    """Tell whether every character can stand in the file as it is, visible to whoever edits it."""
    visible = text.replace("\n", "").replace("\t", "").replace(_ZERO_WIDTH_JOINER, "")
    return visible.isprintable() and not UNSAFE_CHARACTER.search(text)


def may_stand_plain(text: str) -> bool:
    """Tell whether the text, unquoted, is the same text to readers of YAML 1.1 and of YAML 1.2."""
    return bool(
        _PLAIN_START.match(text)
        and not _BREAKS_PLAIN.search(text)
        and is_showable(text)
        and not _means_something_else(text)
    )


def _means_something_else(text: str) -> bool:
    if text in _MORE_1_1_WORDS or text in _NULL | _TRUE | _FALSE:
        return True
    if any(p.fullmatch(text) for p in (_DECIMAL, _OCTAL, _HEXADECIMAL, _FLOAT, _NOT_FINITE)):
        return True
    resolvers_1_1 = Resolver.yaml_implicit_resolvers.get(text[0], ())
    return any(pattern.match(text) for _, pattern in resolvers_1_1)
