"""A policy that contradicts itself is told with the keys that lead to the place."""

import pytest

from tracker.model.escalation import EscalationStep
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.workflow.gates.names import FIXED
from tracker.workflow.policy_faults import policy_faults

LEAD = Person(name="Engineering Lead", email="lead@example.com")


def told(**fields: object) -> list[tuple[object, str]]:
    found = policy_faults(Policy.model_validate(fields))
    return [(finding.where, finding.reason.sentence) for finding in found]


def test_the_default_policy_agrees_with_itself() -> None:
    assert told() == []


def test_a_severity_without_a_rule_is_told() -> None:
    rules = Policy().severities
    found = told(severities={level: rules[level] for level in (Severity.P0, Severity.P1)})

    assert found == [
        (("severities",), "There is no rule for P2: add it."),
        (("severities",), "There is no rule for P3: add it."),
    ]


def test_a_matrix_asks_all_six_questions() -> None:
    matrix = {name: ask for name, ask in Policy().matrix.items() if name != "workaround"}

    assert told(matrix=matrix) == [
        (("matrix",), "The decision matrix does not ask `workaround`: add the question.")
    ]


def test_a_permission_for_an_unknown_command_or_role_suggests_the_nearest() -> None:
    found = told(roles={"lead": (LEAD,)}, permissions={"wontfix": "lead", "close": "laed"})

    assert found == [
        (("permissions", "wontfix"), "`wontfix` is no command: did you mean `wont-fix`?"),
        (
            ("permissions", "close"),
            "`laed` is no role under `roles`, so everybody would have it: did you mean `lead`?",
        ),
    ]


@pytest.mark.parametrize("section", ["waivers", "relaxations"])
def test_an_unknown_condition_suggests_the_nearest(section: str) -> None:
    assert told(**{section: {"stagging": "lead"}}) == [
        ((section, "stagging"), "`stagging` is no condition: did you mean `staging`?")
    ]


@pytest.mark.parametrize("gate", sorted(FIXED))
@pytest.mark.parametrize("section", ["waivers", "relaxations"])
def test_what_later_rules_stand_on_is_never_given_up(section: str, gate: str) -> None:
    ((where, sentence),) = told(**{section: {gate: "lead"}})

    assert where == (section, gate)
    assert sentence.startswith(f"`{gate}` always holds")


def test_a_waiver_for_an_unknown_role_is_told() -> None:
    assert told(waivers={"staging": "leed"}) == [
        (("waivers", "staging"), "`leed` is no role: did you mean `lead`?")
    ]


def test_steps_of_an_escalation_are_in_order_and_for_roles_that_exist() -> None:
    rules = Policy().severities
    steps = (
        EscalationStep.model_validate({"to": "CTO", "after": "1h", "role": "boss"}),
        EscalationStep.model_validate({"to": "CEO", "after": "30m"}),
    )
    wrong = rules[Severity.P0].model_copy(update={"escalation": steps})
    policy = Policy(severities={**rules, Severity.P0: wrong})

    found = [(finding.where, finding.reason.sentence) for finding in policy_faults(policy)]
    path = ("severities", "P0", "escalation")
    assert found == [
        ((*path, 0, "role"), "`boss` is no role: correct it, or remove the line."),
        ((*path, 1, "after"), "CEO is called before CTO: put the steps in order."),
    ]


def test_only_fields_that_pages_can_do_without_are_internal() -> None:
    named = ("impact.cost", "actions[].owner", "no.such", "status", "timeline.at", "reported.by")

    found = [(each.where, each.reason.sentence) for each in policy_faults(_with(named))]

    assert [where for where, _ in found] == [
        ("internal_fields", 2),
        ("internal_fields", 3),
        ("internal_fields", 4),
    ]
    assert "no field `no.such`" in found[0][1]
    assert "do without `status`" in found[1][1]


def _with(internal: tuple[str, ...]) -> Policy:
    return Policy(internal_fields=internal)
