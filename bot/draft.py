"""What a person typed and has not brought through."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

ANYBODY: Final = ""
"""Whose draft it is when whoever goes on is to find it."""
WORDS_LAST: Final = timedelta(minutes=30)
"""How long typed words wait: as long as Slack lets a private answer be followed up."""
FORMS_LAST: Final = timedelta(days=7)
"""How long what was entered in a form waits."""
OUTAGE: Final = "Production is down"
"""What is broken, where a person only says that it is down."""
OF_OUTAGE: Final[Mapping[str, str]] = {
    "answers.production_down": "yes",
    "answers.core_feature_broken": "yes",
    "answers.all_users_affected": "yes",
    "answers.workaround": "no",
    "answers.business_impact": "yes",
}
"""What follows for triage where production is down; whether data is at risk does not."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Words and pairs as they were typed after a command, or `values` by field for its form."""

    at: datetime
    text: str = ""
    pairs: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    entered: bool = False
    """Whether the values were entered in the form and not submitted."""
    permalink: str = ""
    """The address of the message that the form is about."""
    files: tuple[str, ...] = ()
    """Slack's ids of the files of that message."""

    @classmethod
    def of_plain(cls, said: Mapping[str, Any]) -> "Draft":
        """The draft that `plain` wrote."""
        at, files = datetime.fromisoformat(said["at"]), tuple(said.get("files", ()))
        return cls(**{**said, "at": at, "files": files})

    @property
    def plain(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        return {**asdict(self), "at": self.at.isoformat()}

    @property
    def says_something(self) -> bool:
        """Whether anything was typed at all."""
        return bool(self.text or self.pairs or self.values)

    @property
    def ends(self) -> datetime:
        """Until when it waits."""
        return self.at + (FORMS_LAST if self.entered else WORDS_LAST)

    def to_show(self) -> "Draft":
        """Return the same for a form, which shows it before anything is done."""
        words = {"text": self.text} if self.text else {}
        return replace(self, text="", pairs={}, values={**words, **self.pairs, **self.values})

    def of_outage(self) -> "Draft":
        """Return the same for the short report of an outage."""
        text = self.text or OUTAGE
        said = replace(self, text=text).to_show().values
        values = {"what_is_broken": text, "production_down": "yes", **said}
        return replace(self, text="", pairs={}, values=values)


def draft_key(user: str, verb: str, bug: str | None) -> str:
    """Return under what a draft is kept."""
    return f"{user} {verb} {bug or ''}"
