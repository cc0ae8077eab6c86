import pytest

from tests.builders.life import life_at
from tests.checks.team import Team
from tests.guards import REPOSITORY


def test_the_policy_of_this_repository_is_fine(team: Team) -> None:
    team.write("bugs/policy.yaml", (REPOSITORY / "bugs" / "policy.yaml").read_bytes())

    assert team.told() == []


def test_a_policy_that_cannot_be_read_is_told_before_anything_is_judged_by_it(team: Team) -> None:
    team.write("bugs/policy.yaml", "versoin: 2\nat_risk_from: 7\n")
    team.put(life_at("triaged").bug).edit("BUG-0001", "status: triaged", "status: closed")

    assert [str(problem) for problem in team.problems()] == [
        "bugs/policy.yaml:1:1: `versoin` is not a known key: did you mean `version`? [unknown-key]",
        "bugs/policy.yaml:2:15: `at_risk_from` must be less than 1.0. [wrong-value]",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ids: []\n", "There is no kind of number: add one, such as `prefix: BUG`."),
        (
            "ids:\n  - prefix: INC\n",
            "`INC` is for incidents: choose another prefix for bugs.",
        ),
        (
            "ids:\n  - prefix: A\n  - prefix: B\n  - prefix: A\n",
            "`A` is here twice: keep one.",
        ),
        (
            "components:\n  - name: shop\n  - name: shop\n",
            "`shop` is here twice: keep one.",
        ),
        (
            "roles:\n  lead: []\npermissions:\n  clsoe: lead\n",
            "`clsoe` is no command: did you mean `close`?",
        ),
        (
            "roles:\n  lead: []\npermissions:\n  close: laed\n",
            "`laed` is no role under `roles`, so everybody would have it: did you mean `lead`?",
        ),
    ],
)
def test_a_policy_that_contradicts_itself_is_told(team: Team, text: str, sentence: str) -> None:
    team.write("bugs/policy.yaml", text)

    assert team.told() == [sentence]


def test_files_that_cannot_be_read_are_told_beside_a_broken_policy(team: Team) -> None:
    team.write("bugs/policy.yaml", "versoin: 2\n")
    team.put(life_at("triaged").bug).edit("BUG-0001", "status: triaged", "status: triagged")

    assert team.rules() == ["wrong-value", "unknown-key"]


def test_a_severity_without_a_rule_is_told(team: Team) -> None:
    rule = "name: High\n    means: Bad.\n    respond_within: 1h\n"
    team.write("bugs/policy.yaml", f"severities:\n  P1:\n    {rule}")

    assert team.told() == [f"There is no rule for {level}: add it." for level in ("P0", "P2", "P3")]


def test_a_changed_policy_counts_its_version_up(team: Team) -> None:
    team.write("bugs/policy.yaml", "version: 3\n")
    base = team.commit()
    team.write("bugs/policy.yaml", "version: 3\nat_risk_from: 0.5\n")
    assert team.told(base) == ["The policy was changed: count `version` up to 4."]

    team.write("bugs/policy.yaml", "version: 4\nat_risk_from: 0.5\n")
    assert team.told(base) == []
