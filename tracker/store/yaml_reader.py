"""Reads YAML that nobody vouches for: plain values with line and column, or a list of problems."""

import contextlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import yaml
from yaml.events import Event

from tracker.model.problem import Place, Problem, ProblemsFound
from tracker.store.yaml_characters import (
    decode,
    encoding_fault,
    find_separating_tabs,
    find_unsafe_characters,
    tab_fault,
    without_unsafe_characters,
)
from tracker.store.yaml_composer import Composer, Fault, Node, Position, TooDeep
from tracker.store.yaml_lines import mapping_of_lines
from tracker.store.yaml_values import OutOfTheOrdinary, plain_mapping

MAXIMUM_SIZE: Final = 256 * 1024  # bytes
_CONFLICT: Final = re.compile(r"^(<{7} |={7}\r?$|>{7} )", re.MULTILINE)
_MOST_PROBLEMS: Final = 100  # a hostile file must not flood a pull request with annotations

ParseEvents = Callable[[str], Iterable[Event]]
ValuePath = tuple[str | int, ...]

_HINTS: Final = (
    (
        "mapping values are not allowed",
        "Quote a text that contains `: `, or check the indentation.",
    ),
    ("block mapping", "Check that keys of one mapping stand in one column."),
    ("block collection", "Check that all `-` of one list stand in one column."),
    (
        "simple key",
        "A key and its `:` must be on one line; a text of several lines begins with `|`.",
    ),
    ("cannot start any token", "Quote a text that begins with this character."),
    ("quoted scalar", "Check that the quotes are closed."),
    ("unknown escape", "Use single quotes, or write `\\\\` for a backslash."),
)


@dataclass(frozen=True, kw_only=True)
class YamlDocument:
    """A mapping of plain values that knows where in the file each of them stands."""

    value: dict[str, Any]
    path: str
    text: str
    parse: ParseEvents

    def place_of(self, where: ValuePath) -> Place:
        """Give a value's place; for a missing one, that of the nearest parent that is there."""
        return _place(self.path, self._nearest(where).position)

    def key_place(self, where: ValuePath) -> Place:
        """Give the place of a value's key: a list item's own, or the nearest parent's."""
        return _place(self.path, self._nearest(where).key_position)

    def _nearest(self, where: ValuePath) -> Node:
        node = self._root
        for step in where:
            if step not in node.children:
                break
            node = node.children[step]
        return node

    @cached_property
    def _root(self) -> Node:
        """The places, which are looked for only when there is something to say of one."""
        return _composed(self.text, self.parse).root


def parse_events(text: str) -> Iterable[Event]:
    """Parse with PyYAML's C parser, or with the pure one where PyYAML was built without it.

    `yaml.parse` asks twice for each event, which takes a fifth of the time to read a file.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    return iter(loader.get_event, None)


def read_yaml(data: bytes, path: str, *, parse: ParseEvents = parse_events) -> YamlDocument:
    """Read one mapping; `path` only names places.

    Raises:
        ProblemsFound: the text is not what a record may be, with each problem's line and column.
    """
    document, problems = survey_yaml(data, path, parse=parse)
    if document is None or problems:
        raise ProblemsFound(problems)
    return document


def survey_yaml(
    data: bytes, path: str, *, parse: ParseEvents = parse_events
) -> tuple[YamlDocument | None, tuple[Problem, ...]]:
    """Read on past what is wrong, to find all of it: the mapping, if there is one, and problems.

    A second problem on one line is left out, for it may only follow from the first. A merge that
    nobody finished is one problem, whatever YAML makes of its marks.
    """
    text, faults = _decoded(data)
    if text is None:
        return None, _problems(path, faults)
    value = None if faults else _plain_mapping(text, parse)
    if value is None:
        composer = _composed(text, parse)
        faults = _with(faults, composer.faults or _root_faults(composer))
        value = composer.mapping
    if value is not None and "\t" in text:
        faults = _with(faults, find_separating_tabs(text, parse(text)))
    if faults and (conflict := merge_conflict(text, path)):
        return None, (conflict,)
    document = None
    if value is not None:
        document = YamlDocument(value=value, path=path, text=text, parse=parse)
    return document, _problems(path, faults)


def merge_conflict(text: str, path: str) -> Problem | None:
    """Find the first mark that git left in a file which is wrong; a good text may hold any."""
    found = _CONFLICT.search(text)
    if found is None:
        return None
    place = Place(path=path, line=text.count("\n", 0, found.start()) + 1, column=1)
    sentence = "A merge conflict is left here: choose what holds, and remove the marks."
    return Problem(place=place, message=sentence, rule="merge-conflict")


def _plain_mapping(text: str, parse: ParseEvents) -> dict[str, Any] | None:
    """Take the quickest way that the file allows; a parser that was asked for is not passed by."""
    if parse is parse_events:
        with contextlib.suppress(OutOfTheOrdinary):
            return mapping_of_lines(text)
    try:
        return plain_mapping(parse(text))
    except (OutOfTheOrdinary, yaml.YAMLError):
        return None


def _composed(text: str, parse: ParseEvents) -> Composer:
    composer = Composer()
    try:
        composer.compose(parse(text))
    except TooDeep:
        pass  # the composer has noted it
    except yaml.YAMLError as error:
        composer.break_off(_syntax_fault(error, text))
    return composer


def _decoded(data: bytes) -> tuple[str | None, list[Fault]]:
    """The text, with a stand-in for each character that may not be in it; none if unreadable."""
    if len(data) > MAXIMUM_SIZE:
        sentence = f"The file has {len(data):,} bytes, and at most {MAXIMUM_SIZE:,} are read."
        return None, [Fault((1, 1), f"{sentence} Move long texts to attachments.", "yaml-size")]
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        return None, [encoding_fault(data, error)]
    faults = list(find_unsafe_characters(text))
    return (without_unsafe_characters(text) if faults else text), faults


def _root_faults(composer: Composer) -> list[Fault]:
    if composer.value is None:
        return [Fault((1, 1), "The file is empty. Write at least one `key: value`.", "yaml-empty")]
    if isinstance(composer.value, dict):
        return []
    sentence = "The file must be a mapping of `key: value` lines; something else begins here."
    return [Fault(composer.root.position, sentence, "yaml-root")]


def _syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Fault((1, 1), f"This is not valid YAML: {error}.", "yaml-syntax")
    mark = error.problem_mark or error.context_mark
    position = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if mark and text[mark.index : mark.index + 1] == "\t":
        return tab_fault(position)
    reason = ", ".join(part for part in (error.context, error.problem) if part)
    hint = next((hint for words, hint in _HINTS if words in reason), "Correct it, then try again.")
    return Fault(position, f"This is not valid YAML: {reason}. {hint}", "yaml-syntax")


def _with(faults: list[Fault], more: Iterable[Fault]) -> list[Fault]:
    """Add what stands on other lines: a second fault of a line may only follow from the first."""
    lines = {fault.position[0] for fault in faults}
    return [*faults, *(fault for fault in more if fault.position[0] not in lines)]


def _problems(path: str, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    ordered = sorted(faults, key=lambda fault: fault.position)[:_MOST_PROBLEMS]
    return tuple(
        Problem(place=_place(path, fault.position), message=fault.message, rule=fault.rule)
        for fault in ordered
    )


def _place(path: str, position: Position) -> Place:
    line, column = position
    return Place(path=path, line=line, column=column)
