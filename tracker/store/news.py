"""Wake those who wait within a process when something is settled, not at their next look."""

import threading
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class News:
    """Counts what happened; whoever waits names the count that was seen, so that none is missed."""

    count: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def tell(self) -> None:
        """Wake all who wait."""
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait(self, seen: int, patience: float) -> None:
        """Return when there is more than was seen, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.count > seen, patience)
