"""The policy agrees with itself and with the commands; it says when it was changed."""

from collections.abc import Iterator

from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.store.record_file import policy_problems
from tracker.store.yaml_reader import YamlDocument

RULE = "policy"


def find(document: YamlDocument, policy: Policy, base: Policy | None) -> Iterator[Problem]:
    """Everything about the policy that its types alone cannot refuse."""
    yield from policy_problems(document, policy)
    if base is not None and base != policy and policy.version <= base.version:
        sentence = f"The policy was changed: count `version` up to {base.version + 1}."
        yield Problem(place=document.place_of(("version",)), message=sentence, rule=RULE)
