"""Builds plain values from YAML events where nothing is out of the ordinary, as in most files.

A quicker way to the values that `yaml_composer` makes: it keeps no places and knows no faults.
Whatever it does not know it leaves to the composer, which makes the value or names the fault.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tracker.model.text import UNSAFE_CHARACTER
from tracker.store.yaml_composer import MAXIMUM_DEPTH
from tracker.store.yaml_scalars import NumberRefused, resolve_plain

_ESCAPING: Final = '"'  # the style in which a text can hold what the file does not
_MOST_KEYS: Final = 4096  # remembered as texts; a record has some 250


class OutOfTheOrdinary(Exception):  # noqa: N818 - no error: somebody else looks closer
    """Something that only the composer knows what to make of."""


def plain_mapping(events: Iterable[Event]) -> dict[str, Any]:
    """Return the mapping that the events describe.

    Raises:
        OutOfTheOrdinary: there is more in them than one plain mapping of plain values.
    """
    values = _Values()
    takers: Mapping[type, Callable[[Any], None]] = {
        ScalarEvent: values.take_scalar,
        MappingStartEvent: values.begin_mapping,
        SequenceStartEvent: values.begin_list,
        MappingEndEvent: values.end,
        SequenceEndEvent: values.end,
        DocumentStartEvent: values.begin_document,
        AliasEvent: _refuse,
    }
    for event in events:
        take = takers.get(type(event))
        if take is not None:
            take(event)
    return values.mapping()


class _Values:
    """The open mappings and lists, the innermost last, each with the key that waits for a value."""

    def __init__(self) -> None:
        self._container: dict[str, Any] | list[Any] = []
        self._key: str | None = None
        self._around: list[tuple[dict[str, Any] | list[Any], str | None]] = []
        self._documents = 0

    def mapping(self) -> dict[str, Any]:
        """The only value of the only document."""
        match self._container:
            case [dict(value)] if self._documents == 1:
                return value
        raise OutOfTheOrdinary

    def begin_document(self, event: DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1 or event.version or event.tags:
            raise OutOfTheOrdinary

    def take_scalar(self, event: ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            raise OutOfTheOrdinary
        text: str = event.value
        style = event.style
        if style == _ESCAPING and UNSAFE_CHARACTER.search(text):
            raise OutOfTheOrdinary
        container = self._container
        if type(container) is list:
            container.append(text if style else _resolved(text))
        elif self._key is None:
            if text in container or not (style or is_text(text)):
                raise OutOfTheOrdinary
            self._key = text
        else:
            container[self._key] = text if style else _resolved(text)  # type: ignore[call-overload]
            self._key = None

    def begin_mapping(self, event: MappingStartEvent) -> None:
        self._begin({}, event)

    def begin_list(self, event: SequenceStartEvent) -> None:
        self._begin([], event)

    def end(self, event: Event) -> None:
        del event
        self._container, self._key = self._around.pop()

    def _begin(
        self, value: dict[str, Any] | list[Any], event: MappingStartEvent | SequenceStartEvent
    ) -> None:
        if event.anchor is not None or event.tag is not None or len(self._around) >= MAXIMUM_DEPTH:
            raise OutOfTheOrdinary
        container = self._container
        if isinstance(container, list):
            container.append(value)
        elif self._key is None:
            raise OutOfTheOrdinary
        else:
            container[self._key] = value
        self._around.append((container, None))
        self._container, self._key = value, None


def _refuse(event: Event) -> None:
    raise OutOfTheOrdinary(event)


def _resolved(text: str) -> str | int | float | bool | None:
    try:
        return resolve_plain(text)
    except NumberRefused as error:
        raise OutOfTheOrdinary from error


@lru_cache(maxsize=_MOST_KEYS)
def is_text(key: str) -> bool:
    """Whether an unquoted key is a text, and not a number or a word of YAML."""
    return isinstance(_resolved(key), str)
