"""Components, categories and patterns are those of the policy, so that statistics mean something.

A closed record that nobody edits may keep names that the policy has dropped since.
"""

import difflib
from collections.abc import Iterator, Sequence

from tracker.checks.subject import Subject
from tracker.model.explanation import Location
from tracker.model.problem import Problem

RULE = "name"
_SHOWN = 12


def find(subject: Subject) -> Iterator[Problem]:
    """Names that the policy does not know, with the nearest one that it knows."""
    if not subject.is_touched:
        return
    policy, triage = subject.around.policy, subject.record.triage
    components = [component.name for component in policy.components]
    for index, name in enumerate(subject.record.environment.components if components else ()):
        component: Location = ("environment", "components", index)
        yield from _unknown(subject, name, components, ("component", component))
    if triage is not None:
        categories = [category.name for category in policy.categories]
        category: Location = ("triage", "category")
        yield from _unknown(subject, triage.category, categories, ("category", category))
    if triage is not None and triage.pattern is not None:
        pattern: Location = ("triage", "pattern")
        yield from _unknown(subject, triage.pattern, policy.patterns, ("bug pattern", pattern))


def _unknown(
    subject: Subject, name: str, known: Sequence[str], what: tuple[str, Location]
) -> Iterator[Problem]:
    if name in known:
        return
    words, where = what
    near = difflib.get_close_matches(name, known, n=1)
    listed = ", ".join(known[:_SHOWN]) + (" or another" if len(known) > _SHOWN else "")
    hint = f"did you mean `{near[0]}`?" if near else f"choose one of {listed}."
    sentence = f"`{name}` is not a {words} of the policy: {hint}"
    yield subject.problem(where, sentence, RULE)
