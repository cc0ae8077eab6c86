"""Try side effects until they are done, slower and slower, and tell when one does not work."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tracker.assembly import Errand, Errands
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
_BATCH: Final = 50
_LEASE: Final = timedelta(minutes=5)  # longer than all calls of one errand take
_SOON: Final = timedelta(seconds=5)
_FIRST_PAUSE: Final = timedelta(seconds=10)
_LONGEST_PAUSE: Final = timedelta(hours=1)
_TOLD_AFTER: Final = 2
"""The first failure may pass by itself; from the second on, people are told."""


class NotYetError(TroubleError):
    """Something else has to be done first."""


@dataclass(frozen=True, kw_only=True)
class ErrandLoop:
    """One step tries everything that is due; `tell` hears of what failed more than once."""

    errands: Errands
    kinds: frozenset[str]
    do: Callable[[Errand], None]
    tell: Callable[[Errand, Exception], None]
    why: Callable[[Exception], str]
    now: Callable[[], datetime]

    def step(self) -> None:
        """Try what is due, in the order in which it was asked for."""
        for errand in self.errands.due(self.now(), _BATCH, self.kinds):
            if self.errands.claim(errand, self.now(), _LEASE):
                self._try(errand)

    def _try(self, errand: Errand) -> None:
        try:
            self.do(errand)
        except NotYetError as waiting:
            self.errands.put_off(errand, self.now() + _SOON, str(waiting), failed=False)
        except Exception as error:
            LOG.warning("%s failed: %s", errand.key, self.why(error), exc_info=True)
            pause = min(_FIRST_PAUSE * 4 ** min(errand.attempts, 6), _LONGEST_PAUSE)
            self.errands.put_off(errand, self.now() + pause, self.why(error), failed=True)
            if errand.attempts + 1 >= _TOLD_AFTER:
                self._tell(errand, error)
        else:
            self.errands.done(errand.key)

    def _tell(self, errand: Errand, error: Exception) -> None:
        try:
            self.tell(errand, error)
        except Exception:
            LOG.exception("That %s failed could not be told.", errand.key)
