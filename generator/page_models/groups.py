"""Bugs gathered by what they have in common."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.page_models.dossier import Dossier
from generator.page_models.inline import severity_badge, status_badge
from generator.page_paths import Facet, facet_page
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.history import production_deployment

NO_SEVERITY = "none"
_GRAVE = frozenset({Severity.P0, Severity.P1})


@dataclass(frozen=True, kw_only=True)
class Group:
    """The bugs of one value of a facet, and the page that shows them."""

    facet: Facet
    key: str
    """What tells it from others: a name, a month as in `2026-03`, a person's e-mail."""
    words: str
    dossiers: tuple[Dossier, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return facet_page(self.facet, self.key)


Groups = Mapping[Facet, tuple[Group, ...]]


def groups(dossiers: Iterable[Dossier]) -> Groups:
    """Every value that some bug has; a bug without a value is in no group of that facet."""
    gathered: dict[Facet, dict[str, tuple[str, list[Dossier]]]] = {facet: {} for facet in Facet}
    for dossier in dossiers:
        for facet in Facet:
            for key, words in _values(facet, dossier):
                found = gathered[facet].setdefault(key.lower(), (words, []))[1]
                if not found or found[-1] is not dossier:
                    found.append(dossier)
    return {facet: _sorted(facet, by_key) for facet, by_key in gathered.items()}


def _sorted(facet: Facet, by_key: dict[str, tuple[str, list[Dossier]]]) -> tuple[Group, ...]:
    found = [
        Group(facet=facet, key=key, words=words, dossiers=tuple(dossiers))
        for key, (words, dossiers) in by_key.items()
    ]
    if facet is Facet.STATUS:
        found.sort(key=lambda group: list(Status).index(Status(group.key)))
    elif facet is Facet.SEVERITY:
        found.sort(key=lambda group: (group.key == NO_SEVERITY, group.key))
    elif facet is Facet.MONTH:
        found.sort(key=lambda group: group.key, reverse=True)
    else:
        found.sort(key=lambda group: (-len(group.dossiers), group.key))
    return tuple(found)


def _values(facet: Facet, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """What a bug has of a facet, as keys and words."""
    record = dossier.record
    match facet:
        case Facet.SEVERITY:
            badge = severity_badge(record.severity, dossier.policy)
            yield record.severity or NO_SEVERITY, badge.words
        case Facet.STATUS:
            yield record.status, status_badge(record.status).words
        case Facet.PERSON:
            yield from ((person.email, person.name) for person in people_of(record))
        case Facet.MONTH:
            yield dossier.month, dossier.month
        case Facet.VERSION:
            version = fixed_in(record)
            yield from ((version, version),) if version else ()
        case _:
            yield from ((name, name) for name in _names(facet, record))


def _names(facet: Facet, record: BugRecord) -> tuple[str, ...]:
    if facet is Facet.COMPONENT:
        return record.environment.components
    if record.triage is None:
        return ()
    name = record.triage.category if facet is Facet.CATEGORY else record.triage.pattern
    return (name,) if name else ()


def people_of(record: BugRecord) -> tuple[Person, ...]:
    """Who reported it, works on it, leads it, reviewed it or has something to do for it."""
    taken, hotfix = record.assignment, record.hotfix
    found = (
        record.reported.by,
        *((taken.assignee, taken.backup) if taken else ()),
        hotfix.commander if hotfix else None,
        *(review.by for review in record.reviews),
        *(item.owner for item in record.actions),
    )
    return tuple(dict.fromkeys(person for person in found if person is not None))


def fixed_in(record: BugRecord) -> str | None:
    """The version that carries the fix: that of the release notes, else what was deployed."""
    notes, deployed = record.release_notes, production_deployment(record)
    return (notes.version if notes else None) or (deployed.version if deployed else None)


def is_grave(dossier: Dossier) -> bool:
    """Whether it is a P0 or a P1."""
    return dossier.record.severity in _GRAVE
