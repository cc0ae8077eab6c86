"""Whose fault it is that a remote refuses a push: one action's, or the remote's own rules.

A protected branch refuses everything, and will take it once somebody allows it; an action that was
accepted must not be given up for that. A hook that reads commits refuses one. So an action is to
blame when it was refused alone, another got through after it, and it was refused again.
"""

from collections import Counter
from dataclasses import dataclass, field

_TWICE = 2


@dataclass(kw_only=True)
class Refusals:
    """The refusals of one run; `aside` are the actions that let others go first."""

    aside: set[str] = field(default_factory=set)
    _counted: Counter[str] = field(default_factory=Counter)

    def is_to_blame(self, request: str) -> bool:
        """Count the refusal of one action that was pushed alone, and put it aside."""
        self._counted[request] += 1
        self.aside.add(request)
        return self._counted[request] == _TWICE

    def clear(self) -> bool:
        """Let those aside try again, since another got through; whether there were any."""
        found = bool(self.aside)
        self.aside.clear()
        return found
