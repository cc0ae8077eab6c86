"""Whether the bot works, for whoever watches over it: a supervisor, a load balancer, a person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Final

from bot.loop import Loop

STUCK_AFTER: Final = 300.0
"""Seconds of one step after which a thread counts as stuck; a push is given up after a minute."""

Check = Callable[[], str]
"""Says what is wrong in a sentence; an empty one says that all is well."""


@dataclass(frozen=True, kw_only=True)
class Health:
    """The threads that must run, and more that must be well before requests are sent here."""

    loops: tuple[Loop, ...]
    checks: list[Check] = field(default_factory=list)
    draining: Event = field(default_factory=Event)
    """Set once the bot ends: it finishes what it has, and wants nothing new."""

    def faults(self) -> tuple[str, ...]:
        """What only a restart mends."""
        found = (loop.fault(STUCK_AFTER) for loop in self.loops)
        return tuple(fault for fault in found if fault)

    def problems(self) -> tuple[str, ...]:
        """What speaks against sending requests here."""
        ends = ("The bot is ending.",) if self.draining.is_set() else ()
        found = (check() for check in self.checks)
        return (*ends, *self.faults(), *(problem for problem in found if problem))
