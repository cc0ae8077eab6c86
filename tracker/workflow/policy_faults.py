"""Where a policy contradicts itself, the commands or the conditions: refused before it is used."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from tracker.model.explanation import Location
from tracker.model.matrix import Question
from tracker.model.policy import Policy
from tracker.model.seen_record import hiding_faults
from tracker.model.severity import Severity
from tracker.workflow.decision import Reason
from tracker.workflow.gates.names import FIXED, GATES
from tracker.workflow.trail import Finding
from tracker.workflow.verbs import VERBS

ROLES: Final = ("responder", "senior", "release_manager", "lead")
"""Roles that the product itself names; a team may have others."""

_INCIDENTS: Final = "INC"


def policy_faults(policy: Policy) -> Iterator[Finding]:
    """Everything about a policy that its types alone cannot refuse."""
    for where, sentence in _faults(policy):
        yield Finding(reason=Reason(gate="policy", sentence=sentence), where=where)


def _faults(policy: Policy) -> Iterator[tuple[Location, str]]:
    for severity in Severity:
        if severity not in policy.severities:
            yield ("severities",), f"There is no rule for {severity}: add it."
    for question in Question:
        if question not in policy.matrix:
            yield ("matrix",), f"The decision matrix does not ask `{question}`: add the question."
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
    yield from _condition_faults(("waivers",), policy.waivers)
    yield from _condition_faults(("relaxations",), policy.relaxations)
    yield from _waiver_role_faults(policy)
    yield from _escalation_faults(policy)
    yield from _hiding_faults(policy)


def _hiding_faults(policy: Policy) -> Iterator[tuple[Location, str]]:
    for place, sentence in hiding_faults(policy.internal_fields):
        yield ("internal_fields", place), sentence


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
        if role not in {*policy.roles, *policy.user_groups}:
            hint = _hint(role, policy.roles)
            yield where, f"`{role}` is no role under `roles`, so everybody would have it{hint}"


def _condition_faults(where: Location, gates: Mapping[str, str]) -> Iterator[tuple[Location, str]]:
    for gate in gates:
        if gate not in GATES:
            yield (*where, gate), f"`{gate}` is no condition{_hint(gate, GATES)}"
        elif gate in FIXED:
            sentence = f"`{gate}` always holds, because later conditions need it: remove the line."
            yield (*where, gate), sentence


def _waiver_role_faults(policy: Policy) -> Iterator[tuple[Location, str]]:
    known = {*ROLES, *policy.roles, *policy.user_groups}
    for gate, role in policy.waivers.items():
        if role not in known:
            yield ("waivers", gate), f"`{role}` is no role{_hint(role, known)}"


def _escalation_faults(policy: Policy) -> Iterator[tuple[Location, str]]:
    known = {*ROLES, *policy.roles, *policy.user_groups}
    for severity, rule in policy.severities.items():
        path: Location = ("severities", severity.value, "escalation")
        for index, step in enumerate(rule.escalation):
            if step.role is not None and step.role not in known:
                sentence = f"`{step.role}` is no role{_hint(step.role, known)}"
                yield (*path, index, "role"), sentence
        for index, (step, following) in enumerate(pairwise(rule.escalation), start=1):
            if following.after < step.after:
                sentence = f"{following.to} is called before {step.to}: put the steps in order."
                yield (*path, index, "after"), sentence


def _hint(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f": did you mean `{near[0]}`?" if near else ": correct it, or remove the line."
