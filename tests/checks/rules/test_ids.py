from tests.builders.life import life_at
from tests.checks.team import Team

BUG = life_at("triaged").bug
TWO = ("BUG-0002", "BUG-0003")


def test_numbers_of_the_policy_are_fine(team: Team) -> None:
    team.write("bugs/policy.yaml", "ids:\n  - prefix: BUG\n  - prefix: DH\n    width: 3\n")
    team.put(BUG, BUG.model_copy(update={"id": "DH-789"}))
    team.put(BUG.model_copy(update={"id": "BUG-12345", "formerly": ("BUG-0009",)}))

    assert team.told() == []


def test_a_kind_of_number_that_the_policy_does_not_have_is_told(team: Team) -> None:
    team.put(BUG.model_copy(update={"id": "DH-789"}))

    assert team.told() == ["The policy has no numbers that begin with `DH`: use one of `BUG`."]


def test_a_number_padded_otherwise_is_told(team: Team) -> None:
    team.put(BUG.model_copy(update={"id": "BUG-42"}))

    assert team.told() == ["The policy pads this number otherwise: write BUG-0042."]


def test_a_former_number_of_two_records_is_told_in_both(team: Team) -> None:
    team.put(*(BUG.model_copy(update={"id": bug, "formerly": ("BUG-0001",)}) for bug in TWO))

    assert [str(problem) for problem in team.problems()] == [
        (
            "bugs/000/BUG-0002.yaml:9:5: BUG-0001 leads to bugs/000/BUG-0003.yaml as well: "
            "keep it in one of the two. [id]"
        ),
        (
            "bugs/000/BUG-0003.yaml:9:5: BUG-0001 leads to bugs/000/BUG-0002.yaml as well: "
            "keep it in one of the two. [id]"
        ),
    ]


def test_a_former_number_is_known_when_only_the_other_file_is_asked_about(team: Team) -> None:
    team.put(*(BUG.model_copy(update={"id": bug, "formerly": ("BUG-0001",)}) for bug in TWO))

    (problem,) = team.problems(None, "bugs/000/BUG-0002.yaml")
    assert problem.place.path == "bugs/000/BUG-0002.yaml"


def test_a_number_that_a_bug_lost_to_another_one_is_fine(team: Team) -> None:
    team.put(BUG, BUG.model_copy(update={"id": "BUG-0002", "formerly": ("BUG-0001",)}))

    assert team.told() == []


def test_a_number_is_not_its_own_former_one(team: Team) -> None:
    team.put(BUG.model_copy(update={"formerly": ("BUG-0001",)}))

    assert team.told() == ["BUG-0001 is the number that the bug has now: remove it here."]
