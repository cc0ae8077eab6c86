"""References to bugs of this repository lead somewhere."""

import difflib
from collections.abc import Iterator

from tracker.checks.neighbours import is_written_otherwise, leads_nowhere
from tracker.checks.subject import Subject
from tracker.model.bug_id import BUG_ID, IdStyle, canonical_id
from tracker.model.explanation import Location
from tracker.model.problem import Problem
from tracker.model.record import BugRecord

RULE = "reference"


def find(subject: Subject) -> Iterator[Problem]:
    """References to bugs that are not there, or to the bug itself."""
    claims, styles = subject.around.claims, subject.around.policy.ids
    for where, ref in _references(subject.record):
        meant = _meant(ref, styles)
        if ref == subject.record.id:
            sentence = f"{ref} refers to itself: name the other bug."
            yield subject.problem(where, sentence, RULE)
        elif is_written_otherwise(ref, meant, claims):
            sentence = f"There is no {ref}: did you mean {meant}?"
            yield subject.problem(where, sentence, RULE)
        elif leads_nowhere(ref, meant, claims):
            near = difflib.get_close_matches(ref, claims, n=1)
            hint = f"did you mean {near[0]}?" if near else "correct it, or report that bug first."
            yield subject.problem(where, f"There is no {ref}: {hint}", RULE)


def references(
    record: BugRecord, styles: tuple[IdStyle, ...]
) -> tuple[tuple[str, str | None], ...]:
    """What the record refers to, each with the number of ours that it may mean."""
    return tuple((ref, _meant(ref, styles)) for _, ref in _references(record))


def _meant(ref: str, styles: tuple[IdStyle, ...]) -> str | None:
    return canonical_id(ref, styles) if BUG_ID.match(ref.upper()) else None


def _references(record: BugRecord) -> Iterator[tuple[Location, str]]:
    resolution = record.resolution
    if resolution is not None and resolution.duplicate_of is not None:
        yield ("resolution", "duplicate_of"), resolution.duplicate_of
    for index, related in enumerate(record.related):
        yield ("related", index, "ref"), related.ref
