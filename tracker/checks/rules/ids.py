"""Numbers are of a kind that the policy knows, and each belongs to one record for ever."""

from collections.abc import Iterator

from tracker.checks.subject import Subject
from tracker.model.bug_id import number_of
from tracker.model.explanation import Location
from tracker.model.problem import Problem

RULE = "id"


def find(subject: Subject) -> Iterator[Problem]:
    """Numbers of an unknown kind, badly padded, or taken by another record."""
    bug = subject.record.id
    yield from _style_problems(subject)
    yield from _taken(subject, bug, ("id",))
    for index, former in enumerate(subject.record.formerly):
        where = ("formerly", index)
        if former == bug:
            sentence = f"{bug} is the number that the bug has now: remove it here."
            yield subject.problem(where, sentence, RULE)
        else:
            yield from _taken(subject, former, where)


def _style_problems(subject: Subject) -> Iterator[Problem]:
    bug, styles = subject.record.id, subject.around.policy.ids
    prefix = bug.partition("-")[0]
    style = next((style for style in styles if style.prefix == prefix), None)
    if style is None:
        known = ", ".join(f"`{style.prefix}`" for style in styles)
        sentence = f"The policy has no numbers that begin with `{prefix}`: use one of {known}."
        yield subject.problem(("id",), sentence, RULE)
    elif style.of(number_of(bug)) != bug:
        sentence = f"The policy pads this number otherwise: write {style.of(number_of(bug))}."
        yield subject.problem(("id",), sentence, RULE)


def _taken(subject: Subject, bug: str, where: Location) -> Iterator[Problem]:
    others = [path for path in subject.around.claims.get(bug, ()) if path != subject.document.path]
    if others:
        sentence = f"{bug} belongs to {others[0]} as well: give one of them the next free number."
        yield subject.problem(where, sentence, RULE)
