"""A record with every field filled by something of its own, made by walking the models."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from tracker.model.person import Person
from tracker.model.record import BugRecord

Path = tuple[str | int, ...]
_START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Filled:
    """The record as plain values, with a word for each text and another value for each leaf."""

    values: dict[str, Any] = field(default_factory=dict)
    words: dict[Path, str] = field(default_factory=dict)
    others: dict[Path, Any] = field(default_factory=dict)

    @property
    def record(self) -> BugRecord:
        """The record itself."""
        return BugRecord.model_validate(self.values)

    def changed(self, path: Path) -> BugRecord:
        """The record with one leaf replaced by its other value."""
        values = BugRecord.model_validate(self.values).model_dump(mode="json", by_alias=True)
        target: Any = values
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = self.others[path]
        return BugRecord.model_validate(values)


def full_record() -> Filled:
    """Every optional part present, every list with one item."""
    filled = Filled()
    filled.values = _Filler(filled).model(BugRecord, ())
    return filled


def full_values(model: type[BaseModel]) -> dict[str, Any]:
    """The same for another model, as plain values."""
    return _Filler(Filled()).model(model, ())


@dataclass(kw_only=False)
class _Filler:
    filled: Filled
    count: int = 0

    def model(self, model: type[BaseModel], path: Path) -> dict[str, Any]:
        values = {}
        for name, info in model.model_fields.items():
            key = info.alias or name
            values[key] = self.value(_hint(info), (*path, key))
        return values

    def value(self, hint: Any, path: Path) -> Any:
        hint, metadata = _bare(hint)
        if get_origin(hint) is tuple:
            return [self.value(get_args(hint)[0], (*path, 0))]
        if get_origin(hint) is Literal:
            return get_args(hint)[0]
        if isinstance(hint, type) and issubclass(hint, BaseModel) and hint is not Person:
            return self.model(hint, path)
        self.count += 1
        first, other = self.leaf(hint, metadata, path)
        self.filled.others[path] = other
        return first

    def leaf(self, hint: Any, metadata: tuple[Any, ...], path: Path) -> tuple[Any, Any]:
        number = self.count
        if isinstance(hint, type) and issubclass(hint, Enum):
            choices = [choice.value for choice in hint]
            return choices[-1], choices[0]
        moment = _START + timedelta(minutes=number)
        times = (moment.isoformat(), (moment + timedelta(days=400)).isoformat())
        plain: dict[Any, tuple[Any, Any]] = {
            bool: (True, False),
            int: (7000 + number, 8000 + number),
            datetime: times,
            AwareDatetime: times,
            date: ("2026-05-01", "2027-06-02"),
        }
        if hint is Person:
            self.filled.words[path] = f"Q{number:04d}z"
            return f"Q{number:04d}z <q{number}@example.com>", f"R{number:04d}z <r@example.com>"
        return plain[hint] if hint in plain else self.text(metadata, path, number)

    def text(self, metadata: tuple[Any, ...], path: Path, number: int) -> tuple[str, str]:
        for shape in ("Q{:04d}z", "BUG-{:04d}", "INC-2026-{:04d}", "q{:04d}z"):
            word, other = shape.format(number), shape.format(number + 5000)
            if _fits(word, metadata):
                self.filled.words[path] = word
                return word, other
        message = f"No text fits the field {path}."
        raise AssertionError(message)


def _hint(info: FieldInfo) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _bare(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type inside `Annotated` and `… | None`, with what was annotated."""
    metadata: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            metadata += tuple(more)
        elif get_origin(hint) in {Union, UnionType}:
            hint = next(part for part in get_args(hint) if part is not NoneType)
        else:
            return hint, metadata


@cache
def _adapter(metadata: tuple[Any, ...]) -> TypeAdapter[str]:
    return TypeAdapter(Annotated[str, *metadata] if metadata else str)


def _fits(text: str, metadata: tuple[Any, ...]) -> bool:
    try:
        _adapter(metadata).validate_python(text)
    except ValueError:
        return False
    return True
