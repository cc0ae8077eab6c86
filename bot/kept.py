"""A bounded memory that threads share."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(kw_only=True)
class Kept(Generic[Value]):
    """The newest answers, at most `size` of them; safe to share between threads."""

    size: int = 5000
    _values: OrderedDict[str, Value] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str) -> Value | None:
        """Return what is kept under a key."""
        with self._lock:
            return self._values.get(key)

    def keep(self, key: str, value: Value) -> None:
        """Keep a value and forget the oldest where there are too many."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self.size:
                self._values.popitem(last=False)

    def take(self, key: str) -> Value | None:
        """Return what is kept under a key and forget it."""
        with self._lock:
            return self._values.pop(key, None)

    def items(self) -> tuple[tuple[str, Value], ...]:
        """Return all that is kept, the oldest first."""
        with self._lock:
            return tuple(self._values.items())
