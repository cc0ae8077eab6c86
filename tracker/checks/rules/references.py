"""References to bugs of this repository lead somewhere."""

import difflib
from collections.abc import Iterator

from tracker.checks.subject import Subject
from tracker.model.bug_id import BUG_ID, canonical_id
from tracker.model.explanation import Location
from tracker.model.problem import Problem

RULE = "reference"


def find(subject: Subject) -> Iterator[Problem]:
    """References to bugs that are not there, or to the bug itself.

    A number that the policy would write otherwise, and that nobody has, is another system's.
    """
    claims, styles = subject.around.claims, subject.around.policy.ids
    for where, ref in _references(subject):
        meant = canonical_id(ref, styles) if BUG_ID.match(ref.upper()) else None
        if ref == subject.record.id:
            sentence = f"{ref} refers to itself: name the other bug."
            yield subject.problem(where, sentence, RULE)
        elif meant in claims and ref != meant and ref not in claims:
            sentence = f"There is no {ref}: did you mean {meant}?"
            yield subject.problem(where, sentence, RULE)
        elif ref == meant and ref not in claims:
            near = difflib.get_close_matches(ref, claims, n=1)
            hint = f"did you mean {near[0]}?" if near else "correct it, or report that bug first."
            yield subject.problem(where, f"There is no {ref}: {hint}", RULE)


def _references(subject: Subject) -> Iterator[tuple[Location, str]]:
    resolution = subject.record.resolution
    if resolution is not None and resolution.duplicate_of is not None:
        yield ("resolution", "duplicate_of"), resolution.duplicate_of
    for index, related in enumerate(subject.record.related):
        yield ("related", index, "ref"), related.ref
