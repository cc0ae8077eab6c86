"""Builds plain values and their places from YAML events, one at a time and without recursion."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from tracker.model.text import UNSAFE_CHARACTER, escape_character
from tracker.store.yaml_scalars import NumberRefused, resolve_plain

MAXIMUM_DEPTH: Final = 32
_MOST_ALIASES: Final = 10  # more are no slip of a person who reuses a value here and there
_LONGEST_NAME: Final = 60  # as much of a key or tag as a message repeats

Position = tuple[int, int]  # line and column, from 1


class Fault(NamedTuple):
    """A problem whose file is not yet named."""

    position: Position
    message: str
    rule: str


@dataclass(slots=True)
class Node:
    """Where a value and its key stand, and the nodes below it."""

    position: Position
    key_position: Position
    children: dict[str | int, "Node"] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended."""

    container: dict[str, Any] | list[Any]
    node: Node
    key: str | None = None
    key_position: Position = (1, 1)


class TooDeep(Exception):  # noqa: N818 - ends the reading; the fault is noted
    """The nesting or the reuse of values passed the maximum; reading on would only cost time."""


class Composer:
    """Takes events in order; afterwards holds the document's value and its places."""

    def __init__(self) -> None:
        self.value: Any = None
        self.root = Node(position=(1, 1), key_position=(1, 1))
        self.documents = 0
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._is_broken_off = False

    @property
    def mapping(self) -> dict[str, Any] | None:
        """The document's value, if it is a mapping that was read to its end."""
        whole = isinstance(self.value, dict) and not self._is_broken_off
        return self.value if whole else None

    def break_off(self, fault: Fault) -> None:
        """Note why what was read is not the whole."""
        self.faults.append(fault)
        self._is_broken_off = True

    def compose(self, events: Iterable[Event]) -> None:
        """Read until the first document ends; what is not allowed becomes a fault and is read past.

        Raises:
            TooDeep: the nesting or the reuse passed the maximum, which is a fault as well.
        """
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self.documents += 1
                if not self._document_is_welcome(event):
                    return
            elif isinstance(event, ScalarEvent):
                self._take_scalar(event)
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                self._begin(event)
            elif isinstance(event, CollectionEndEvent):
                self._open.pop()
            elif isinstance(event, AliasEvent):
                self._take_alias(event)

    def _document_is_welcome(self, event: DocumentStartEvent) -> bool:
        if self.documents > 1:
            sentence = "A second document begins here. Keep one document in a file."
            self._report(_position(event), sentence, "yaml-document")
        elif event.version or event.tags:
            sentence = "A record has no directives. Remove the lines that begin with `%`."
            self._report((1, 1), sentence, "yaml-directive")
        return self.documents == 1

    def _take_scalar(self, event: ScalarEvent) -> None:
        self._refuse_properties(event)
        position = _position(event)
        plain = not event.style
        if self._awaits_key():
            self._take_key(event.value, position, plain=plain)
            return
        self._refuse_unsafe(event.value, position)
        self._place(self._resolved(event.value, position) if plain else event.value, position)

    def _take_alias(self, event: AliasEvent) -> None:
        position = _position(event)
        reuses = [fault for fault in self.faults if fault.rule in {"yaml-anchor", "yaml-alias"}]
        if sum(fault.rule == "yaml-alias" for fault in reuses) >= _MOST_ALIASES:
            self.faults = [fault for fault in self.faults if fault not in reuses]
            sentence = "Values are marked for reuse and reused again and again. Write them out."
            self.break_off(Fault(reuses[0].position, sentence, "yaml-alias"))
            raise TooDeep
        sentence = f"{_quoted(f'*{event.anchor}')} refers to another value. Write the value out."
        self._report(position, sentence, "yaml-alias")
        if self._awaits_key():
            self._set_key("", position)
        else:
            self._place(None, position)

    def _begin(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        self._refuse_properties(event)
        position = _position(event)
        if len(self._open) >= MAXIMUM_DEPTH:
            sentence = f"The nesting is deeper than {MAXIMUM_DEPTH} levels. Make it flatter."
            self.break_off(Fault(position, sentence, "yaml-depth"))
            raise TooDeep
        container: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        if self._awaits_key():
            sentence = "A key must be a text, not a list or a mapping. Use a short name."
            self._report(position, sentence, "yaml-key")
            self._set_key("", position)
            node = Node(position=position, key_position=position)
        else:
            node = self._place(container, position)
        self._open.append(_Open(container, node))

    def _place(self, value: object, position: Position) -> Node:
        """Put a value where the open mapping or list expects one; at the root, keep it."""
        node = Node(position=position, key_position=position)
        if not self._open:
            self.value, self.root = value, node
            return node
        parent = self._open[-1]
        if isinstance(parent.container, list):
            parent.node.children[len(parent.container)] = node
            parent.container.append(value)
        elif parent.key is not None:
            node.key_position = parent.key_position
            parent.node.children[parent.key] = node
            parent.container[parent.key] = value
            parent.key = None
        return node

    def _awaits_key(self) -> bool:
        return (
            bool(self._open)
            and isinstance(self._open[-1].container, dict)
            and self._open[-1].key is None
        )

    def _take_key(self, key: str, position: Position, *, plain: bool) -> None:
        self._refuse_unsafe(key, position)
        parent = self._open[-1]
        if key in parent.container:
            line = parent.node.children[key].key_position[0]
            sentence = (
                f"The key {_quoted(key)} is here twice; the first is on line {line}. Keep one."
            )
            self._report(position, sentence, "yaml-duplicate-key")
        elif plain and not isinstance(self._resolved(key, position), str):
            sentence = f"The key {_quoted(key)} is not a text. Quote it, or use a name."
            self._report(position, sentence, "yaml-key")
        self._set_key(key, position)

    def _set_key(self, key: str, position: Position) -> None:
        self._open[-1].key = key
        self._open[-1].key_position = position

    def _resolved(self, text: str, position: Position) -> object:
        try:
            return resolve_plain(text)
        except NumberRefused as refusal:
            self._report(position, str(refusal), "yaml-number")
            return text

    def _report(self, position: Position, message: str, rule: str) -> None:
        self.faults.append(Fault(position, message, rule))

    def _refuse_properties(
        self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent
    ) -> None:
        if event.anchor is not None:
            sentence = f"{_quoted(f'&{event.anchor}')} marks a value for reuse. Write values out."
            self._report(_position(event), sentence, "yaml-anchor")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            sentence = f"The type mark {_quoted(tag)} is not allowed. Remove it."
            self._report(_position(event), sentence, "yaml-tag")

    def _refuse_unsafe(self, text: str, position: Position) -> None:
        """Escapes in double quotes can hold what must not stand in the file as it is."""
        found = UNSAFE_CHARACTER.search(text)
        if found:
            shown = escape_character(found[0])
            sentence = (
                f"This text holds the character {shown}. Remove it, or write it as `\\{shown}`."
            )
            self._report(position, sentence, "yaml-character")


def _position(event: Event) -> Position:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _quoted(text: str) -> str:
    """Show a name that may be long or hostile."""
    cut = text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
    return f"`{UNSAFE_CHARACTER.sub('', cut)}`"
