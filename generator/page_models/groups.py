"""Bugs gathered by what they have in common."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.page_models.entry import Entry
from generator.page_models.inline import severity_badge, status_badge
from generator.page_paths import Facet, facet_page
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.status import Status

NO_SEVERITY = "none"
_GRAVE = frozenset({Severity.P0, Severity.P1})


@dataclass(frozen=True, kw_only=True)
class Group:
    """The bugs of one value of a facet, and the page that shows them."""

    facet: Facet
    key: str
    """What tells it from others: a name, a month as in `2026-03`, a person's e-mail."""
    words: str
    entries: tuple[Entry, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return facet_page(self.facet, self.key)


Groups = Mapping[Facet, tuple[Group, ...]]


def groups(entries: Iterable[Entry], policy: Policy) -> Groups:
    """Every value that some bug has; a bug without a value is in no group of that facet."""
    gathered: dict[Facet, dict[str, tuple[str, list[Entry]]]] = {facet: {} for facet in Facet}
    severities = {level: severity_badge(level, policy).words for level in (*Severity, None)}
    for entry in entries:
        for facet, key, words in _values(entry, severities[entry.severity]):
            found = gathered[facet].setdefault(key.lower(), (words, []))[1]
            if not found or found[-1] is not entry:
                found.append(entry)
    return {facet: _sorted(facet, by_key) for facet, by_key in gathered.items()}


def _sorted(facet: Facet, by_key: dict[str, tuple[str, list[Entry]]]) -> tuple[Group, ...]:
    found = [
        Group(facet=facet, key=key, words=words, entries=tuple(entries))
        for key, (words, entries) in by_key.items()
    ]
    if facet is Facet.STATUS:
        found.sort(key=lambda group: list(Status).index(Status(group.key)))
    elif facet is Facet.SEVERITY:
        found.sort(key=lambda group: (group.key == NO_SEVERITY, group.key))
    elif facet is Facet.MONTH:
        found.sort(key=lambda group: group.key, reverse=True)
    else:
        found.sort(key=lambda group: (-len(group.entries), group.key))
    return tuple(found)


def _values(entry: Entry, severity: str) -> Iterator[tuple[Facet, str, str]]:
    """What a bug has of each facet, as keys and words."""
    yield Facet.SEVERITY, entry.severity or NO_SEVERITY, severity
    yield Facet.STATUS, entry.status, status_badge(entry.status).words
    yield Facet.MONTH, entry.month, entry.month
    for facet, name in (
        (Facet.CATEGORY, entry.category),
        (Facet.PATTERN, entry.pattern),
        (Facet.VERSION, entry.version),
    ):
        if name:
            yield facet, name, name
    for name in entry.components:
        yield Facet.COMPONENT, name, name
    for person in entry.people:
        yield Facet.PERSON, person.email, person.name


def is_grave(entry: Entry) -> bool:
    """Whether it is a P0 or a P1."""
    return entry.severity in _GRAVE
