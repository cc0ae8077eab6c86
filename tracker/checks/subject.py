"""What a rule may know: one record with its places in the file, its past, and its surroundings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from tracker.model.explanation import Location
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.model.record import BugRecord
from tracker.store.secrets import SecretScanner
from tracker.store.yaml_reader import YamlDocument
from tracker.workflow.moments import newest_moment
from tracker.workflow.trail import Finding


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What all records of one check share; travels between processes."""

    root: Path
    policy: Policy
    policy_holds: bool
    """Whether anything can be judged by the policy; otherwise files are only read."""
    allowed: tuple[str, ...]
    """Texts that only look like secrets, as far as that was agreed on before this change."""
    now: datetime
    claims: Mapping[str, tuple[str, ...]]
    """The paths of the files that hold a number, or held it formerly."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one commit made of the record; None where it is absent or cannot be read.

    Without an author it is not committed, and nobody knows who will commit it.
    """

    author: Person | None
    before: tuple[BugRecord | None, ...]
    after: BugRecord | None
    policy: Policy


@dataclass(frozen=True, kw_only=True)
class Past:
    """The record where the branch began, None when it is new, and the changes made since."""

    base: BugRecord | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One record under check; without a base revision it has no past."""

    document: YamlDocument
    text: str
    record: BugRecord
    known_text: str
    """The file's text that was judged before: only what is new is searched for secrets."""
    past: Past | None
    around: Surroundings
    scanner: SecretScanner

    @cached_property
    def newest(self) -> datetime:
        """The latest time that the record tells of."""
        return newest_moment(self.record)

    @property
    def is_touched(self) -> bool:
        """Whether today's names in the policy concern the record: it is open, or was edited."""
        edited = self.past is not None and self.past.base != self.record
        return self.record.status.is_open or edited

    def problem(self, where: Location, sentence: str, rule: str) -> Problem:
        """A problem at a value, or at the nearest parent that is in the file."""
        return Problem(place=self.document.place_of(where), message=sentence, rule=rule)

    def problems(self, findings: Iterable[Finding], rule: str) -> Iterator[Problem]:
        """The findings of a judge as problems; each sentence is the judge's own."""
        for found in findings:
            yield self.problem(found.where, found.reason.sentence, rule)
