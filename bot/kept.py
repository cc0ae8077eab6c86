"""A bounded memory that threads share."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(kw_only=True)
class Kept(Generic[Value]):
    """The newest answers, at most `size` of them, each fresh for `lifetime` seconds.

    Safe to share between threads.
    """

    size: int = 5000
    lifetime: float = float("inf")
    monotonic: Callable[[], float] = monotonic
    _values: OrderedDict[str, tuple[float, Value]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str) -> Value | None:
        """Return what is kept under a key, while it is fresh."""
        with self._lock:
            at, value = self._values.get(key, (0.0, None))
        return value if self.monotonic() - at < self.lifetime else None

    def stale(self, key: str) -> Value | None:
        """Return what is kept under a key, however old, for when nobody can be asked."""
        with self._lock:
            return self._values.get(key, (0.0, None))[1]

    def keep(self, key: str, value: Value) -> None:
        """Keep a value and forget the oldest where there are too many."""
        with self._lock:
            self._values[key] = (self.monotonic(), value)
            self._values.move_to_end(key)
            while len(self._values) > self.size:
                self._values.popitem(last=False)

    def take(self, key: str) -> Value | None:
        """Return what is kept under a key and forget it."""
        with self._lock:
            return self._values.pop(key, (0.0, None))[1]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()

    def items(self) -> tuple[tuple[str, Value], ...]:
        """Return all that is kept, the oldest first."""
        with self._lock:
            return tuple((key, value) for key, (_, value) in self._values.items())
