"""What a person typed and has not brought through, kept for a while for when they go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

LIFETIME: Final = timedelta(minutes=30)
"""As long as Slack lets a private answer be followed up."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Words and pairs as they were typed after a command, or `values` by field for its form."""

    at: datetime
    text: str = ""
    pairs: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def to_show(self) -> "Draft":
        """Return the same for a form, which shows it before anything is done."""
        words = {"text": self.text} if self.text else {}
        return Draft(at=self.at, values={**words, **self.pairs, **self.values})


def draft_key(user: str, verb: str, bug: str | None) -> str:
    """Return under what a draft is kept."""
    return f"{user} {verb} {bug or ''}"
