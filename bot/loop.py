"""A thread of our own that does one thing when it is woken, and from time to time."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
_PATIENCE: Final = 30.0  # seconds that a stop waits for the work in hand


@dataclass(kw_only=True)
class Loop:
    """Does `step` after each `wake` and every `interval` seconds, never twice at a time.

    Many wakes during one step lead to one more step. An error is logged and the loop goes on: what
    is to be done is in the ledger or in git, and the next step finds it there.
    """

    name: str
    step: Callable[[], None]
    interval: float
    last_step: bool = False
    """Whether one more step is done at the stop, for what came during the one in hand."""
    _wanted: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _began: float | None = None  # when the step in hand began

    def start(self) -> None:
        """Begin, with a first step for what an earlier process left."""
        self._wanted.set()
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Ask for a step; returns at once."""
        self._wanted.set()

    def fault(self, stuck_after: float) -> str:
        """Say what is wrong with the thread; nothing while it runs and gets on."""
        if self._thread is None or not self._thread.is_alive():
            return f"The {self.name} does not run."
        began = self._began
        if began is not None and monotonic() - began > stuck_after:
            return f"The {self.name} has not got on for {stuck_after:g} seconds."
        return ""

    def stop(self) -> None:
        """End after the step in hand."""
        self._ended.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while True:
            self._wanted.wait(self.interval)
            self._wanted.clear()
            ending = self._ended.is_set()
            if ending and not self.last_step:
                return
            try:
                self._began = monotonic()
                self.step()
            except TroubleError as trouble:
                LOG.warning("%s has to wait: %s", self.name.capitalize(), trouble)
            except Exception:
                LOG.exception("A step of %s failed; it is tried again.", self.name)
            finally:
                self._began = None
            if ending:
                return
