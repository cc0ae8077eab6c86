"""Numbers are of a kind that the policy knows, and each leads to one record for ever.

A file's name is its number, so two records cannot have one. A former number may be the number of
another record: two branches took it, and the bug that lost it was renumbered.
"""

from collections.abc import Iterator

from tracker.checks.neighbours import other_claimant
from tracker.checks.subject import Subject
from tracker.model.bug_id import number_of
from tracker.model.problem import Problem

RULE = "id"


def find(subject: Subject) -> Iterator[Problem]:
    """Numbers of an unknown kind, badly padded, or leading to two records."""
    yield from _style_problems(subject)
    for index, former in enumerate(subject.record.formerly):
        sentence = _former_fault(former, subject)
        if sentence is not None:
            yield subject.problem(("formerly", index), sentence, RULE)


def _former_fault(former: str, subject: Subject) -> str | None:
    if former == subject.record.id:
        return f"{former} is the number that the bug has now: remove it here."
    other = other_claimant(former, subject.document.path, subject.around.claims)
    if other is not None:
        return f"{former} leads to {other} as well: keep it in one of the two."
    return None


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
