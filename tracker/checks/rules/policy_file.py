"""The policy agrees with itself and with the commands; it says when it was changed."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator

from tracker.model.explanation import Location
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.model.severity import Severity
from tracker.store.yaml_reader import YamlDocument
from tracker.workflow.verbs import VERBS

RULE = "policy"
_INCIDENTS = "INC"


def find(document: YamlDocument, policy: Policy, base: Policy | None) -> Iterator[Problem]:
    """Everything about the policy that its types alone cannot refuse."""
    for where, sentence in _faults(policy):
        yield Problem(place=document.place_of(where), message=sentence, rule=RULE)
    if base is not None and base != policy and policy.version <= base.version:
        sentence = f"The policy was changed: count `version` up to {base.version + 1}."
        yield Problem(place=document.place_of(("version",)), message=sentence, rule=RULE)


def _faults(policy: Policy) -> Iterator[tuple[Location, str]]:
    missing = [severity for severity in Severity if severity not in policy.severities]
    for severity in missing:
        yield ("severities",), f"There is no rule for {severity}: add it."
    if not policy.ids:
        yield ("ids",), "There is no kind of number: add one, such as `prefix: BUG`."
    yield from _twice(("ids",), (style.prefix for style in policy.ids))
    yield from _twice(("categories",), (category.name for category in policy.categories))
    yield from _twice(("components",), (component.name for component in policy.components))
    for index, style in enumerate(policy.ids):
        if style.prefix == _INCIDENTS:
            sentence = f"`{_INCIDENTS}` is for incidents: choose another prefix for bugs."
            yield ("ids", index, "prefix"), sentence
    yield from _permission_faults(policy)


def _twice(where: Location, names: Iterable[str]) -> Iterator[tuple[Location, str]]:
    listed = list(names)
    for name, count in Counter(listed).items():
        if count > 1:
            last = len(listed) - 1 - listed[::-1].index(name)
            yield (*where, last), f"`{name}` is here twice: keep one."


def _permission_faults(policy: Policy) -> Iterator[tuple[Location, str]]:
    for verb, role in policy.permissions.items():
        where = ("permissions", verb)
        if verb not in VERBS:
            yield where, f"`{verb}` is no command{_hint(verb, VERBS)}"
        if role not in policy.roles:
            hint = _hint(role, policy.roles)
            yield where, f"`{role}` is no role under `roles`, so everybody would have it{hint}"


def _hint(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f": did you mean `{near[0]}`?" if near else ": correct it, or remove the line."
