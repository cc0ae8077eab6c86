"""What stands within a line: text, times, badges, links. Plain strings are plain text."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from generator.page_paths import bug_page
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.status import Status

SEPARATOR = ", "
"""What stands between values in one cell."""


@dataclass(frozen=True, kw_only=True)
class Code:
    """A name from a program or a terminal."""

    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True, kw_only=True)
class When:
    """A point in time, shown in UTC."""

    at: datetime
    kind: Literal["when"] = "when"

    @property
    def machine(self) -> str:
        """RFC 3339, for the `datetime` attribute."""
        return self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")

    @property
    def words(self) -> str:
        """The time as people read it: ``2024-12-31 12:15 UTC``."""
        return f"{self.at.astimezone(UTC).isoformat(' ', 'minutes')[:-6]} UTC"


@dataclass(frozen=True, kw_only=True)
class Day:
    """A date."""

    date: date
    kind: Literal["day"] = "day"

    @property
    def words(self) -> str:
        """``2024-12-31``."""
        return self.date.isoformat()


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A word with a colour and an icon; `value` names the colour class."""

    family: Literal["severity", "status", "document", "clock", "result"]
    value: str
    words: str
    kind: Literal["badge"] = "badge"


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A link to a page of this site, by its path below the documentation folder.

    The path may end with `#` and the anchor of a section.
    """

    text: str
    path: str
    is_id: bool = False
    """Whether the text is a bug's number, which is never broken into two lines."""
    kind: Literal["page"] = "page"


@dataclass(frozen=True, kw_only=True)
class WebLink:
    """A link to another site."""

    text: str
    address: str
    kind: Literal["web"] = "web"


Inline = str | Code | When | Day | Badge | PageLink | WebLink
Cell = tuple[Inline, ...]
Value = Inline | Cell | Person | datetime | date | int | None
"""What builders accept where a cell goes; ``None`` means that there is nothing to show."""


def cell(value: Value) -> Cell:
    """Anything that a record holds in one place, ready to be shown; nothing becomes ``()``."""
    shown: Inline | Cell | None
    match value:
        case Person():
            shown = value.name
        case datetime():
            shown = When(at=value)
        case date():
            shown = Day(date=value)
        case int():
            shown = f"{value:,}"
        case _:
            shown = value
    if shown is None or shown == "":
        return ()
    return shown if isinstance(shown, tuple) else (shown,)


def plain(part: "Inline") -> str:
    """What a part of a line says, without its markup."""
    if isinstance(part, str):
        return part
    return part.text if isinstance(part, Code | PageLink | WebLink) else part.words


def names(content: Cell) -> tuple[str, ...]:
    """What stands between the commas of a cell."""
    return tuple(words for part in content if (words := plain(part)) != SEPARATOR)


def joined(values: tuple[Value, ...], separator: str = SEPARATOR) -> Cell:
    """Values one after another in one cell."""
    shown: list[Inline] = []
    for value in values:
        content = cell(value)
        if content and shown:
            shown.append(separator)
        shown.extend(content)
    return tuple(shown)


def link_to(text: str | None, address: str | None = None) -> Value:
    """A web link where the address (or the text itself) is one that is safe to follow."""
    target = address or text
    if target is not None and _is_web_address(target):
        return WebLink(text=text or target, address=target)
    return joined((text, address if address != text else None), " ")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in text


def bug_link(bug_id: str) -> PageLink:
    """A bug's number that leads to its page."""
    return PageLink(text=bug_id, path=bug_page(bug_id), is_id=True)


def severity_badge(severity: Severity | None, policy: Policy) -> Badge:
    """The severity with its name: ``P1 High``."""
    if severity is None:
        return Badge(family="severity", value="none", words="No severity yet")
    name = policy.severities[severity].name if severity in policy.severities else ""
    return Badge(
        family="severity", value=severity.value.lower(), words=f"{severity.value} {name}".strip()
    )


@cache
def status_badge(status: Status) -> Badge:
    """The status in words."""
    return Badge(family="status", value=status.value, words=sentence_case(status.words))


def sentence_case(text: str) -> str:
    """The text with a capital at its start; the rest stays as it is."""
    return text[:1].upper() + text[1:]
