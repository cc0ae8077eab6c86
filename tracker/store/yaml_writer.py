"""Writes a mapping as YAML that is pleasant to edit and means the same to every reader."""

import json
from collections.abc import Mapping
from typing import Any, Final

from tracker.model.problem import ProblemsFound
from tracker.model.text import UNSAFE_CHARACTER, escape_character
from tracker.store.yaml_composer import MAXIMUM_DEPTH
from tracker.store.yaml_reader import read_yaml
from tracker.store.yaml_scalars import is_showable, may_stand_plain

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


class YamlNotWritten(Exception):  # noqa: N818 - the name says what happened, as the callers read it
    """A value cannot be kept as YAML; nothing was changed."""


def write_yaml(value: Mapping[str, Any], *, schema_comment: str) -> str:
    """Write a new file, keys in the order given; `schema_comment` is the schema's path or address.

    Raises:
        YamlNotWritten: the text would not read back as the value.
    """
    text = f"# yaml-language-server: $schema={schema_comment}\n{render(value)}"
    require_meaning(text, value)
    return text


def render(value: Mapping[str, Any]) -> str:
    """Give a mapping's block text, with blank lines round what takes several lines.

    Raises:
        YamlNotWritten: a value is not of a plain type, a key no text, or the nesting deep.
    """
    lines: list[str] = []
    before_takes_one = True
    for key, item in value.items():
        member = _member(f"{_key(key)}:", item, depth=1)
        takes_one = len(member) == 1
        # After `|+` a further blank line would belong to the text.
        if lines and lines[-1] and not (before_takes_one and takes_one):
            lines.append("")
        lines += member
        before_takes_one = takes_one
    return "".join(f"{line}\n" for line in lines) or "{}\n"


def require_meaning(text: str, value: Mapping[str, Any]) -> None:
    """Read the text back and compare, types included.

    Raises:
        YamlNotWritten: it is not valid, or means something else.
    """
    try:
        meaning = read_yaml(text.encode("utf-8"), "the new text").value
    except (ProblemsFound, UnicodeEncodeError) as error:
        sentence = f"The value cannot be kept as YAML, and nothing was changed. {error}"
        raise YamlNotWritten(sentence) from error
    if fingerprint(meaning) != fingerprint(value):
        sentence = "The YAML would not read back as the value, and nothing was changed."
        raise YamlNotWritten(sentence)


def fingerprint(value: object) -> str:
    """Give a text that only equal values share: `1` is not `1.0`; key order does not matter."""
    try:
        return json.dumps(value, sort_keys=True)
    except (TypeError, ValueError, RecursionError) as error:
        sentence = f"The value cannot be kept as YAML, and nothing was changed. {error}."
        raise YamlNotWritten(sentence) from error


def _block(value: Mapping[str, Any] | list[Any], depth: int) -> list[str]:
    if depth > MAXIMUM_DEPTH:
        sentence = f"The nesting is deeper than {MAXIMUM_DEPTH} levels. Nothing was changed."
        raise YamlNotWritten(sentence)
    if isinstance(value, Mapping):
        members = [_member(f"{_key(key)}:", item, depth) for key, item in value.items()]
    else:
        members = [_member("-", item, depth) for item in value]
    return [line for member in members for line in member]


def _member(lead: str, value: object, depth: int) -> list[str]:
    """Give the lines of a mapping entry (`lead` is its key and colon) or a list item (a dash)."""
    if isinstance(value, Mapping | list) and value:
        inner = _block(value, depth + 1)
        if lead == "-":
            return [f"- {inner[0]}", *_indented(inner[1:])]
        return [lead, *_indented(inner)]
    if isinstance(value, str) and _suits_literal(value):
        return [f"{lead} {_literal_header(value)}", *_indented(_literal_lines(value))]
    return [f"{lead} {_scalar(value)}"]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else line for line in lines]


def _key(key: object) -> str:
    if isinstance(key, str):
        return _text(key)
    sentence = f"The key {key!r} is not a text. Nothing was changed."
    raise YamlNotWritten(sentence)


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        shown = repr(value)
        # YAML 1.1 takes an exponent for a number only after a decimal point.
        return shown.replace("e", ".0e") if "e" in shown and "." not in shown else shown
    # JSON's null, booleans, integers and empty collections are YAML's.
    return fingerprint(value)


def _text(text: str) -> str:
    if text and may_stand_plain(text):
        return text
    return f'"{"".join(map(_in_quotes, text))}"'


def _in_quotes(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if is_showable(character) else escape_character(character)


def _suits_literal(text: str) -> bool:
    return "\n" in text and not text.isspace() and not UNSAFE_CHARACTER.search(text)


def _literal_header(text: str) -> str:
    indentation = "2" if text[0] in " \t\n" else ""
    body = text.rstrip("\n")
    line_ends = len(text) - len(body)
    return f"|{indentation}{'-' if line_ends == 0 else '' if line_ends == 1 else '+'}"


def _literal_lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")
