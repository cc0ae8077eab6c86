import pytest

from tests.builders.life import life_at
from tests.checks.team import Team
from tracker.model.documents import Related, RelatedKind
from tracker.model.record import BugRecord


def linked(*refs: str) -> BugRecord:
    related = tuple(Related(kind=RelatedKind.SIMILAR, ref=ref) for ref in refs)
    return life_at("triaged").bug.model_copy(update={"related": related})


def test_references_to_bugs_and_tickets_that_are_there_are_fine(team: Team) -> None:
    other = life_at("triaged").bug.model_copy(update={"id": "BUG-0002", "formerly": ("BUG-0003",)})
    team.put(linked("BUG-0002", "BUG-0003", "CR-130", "BUG-234", "PR #512"), other)

    assert team.told() == []


def test_a_duplicate_of_nothing_is_told(team: Team) -> None:
    team.put(life_at("triaged").act("mark-duplicate", duplicate_of="BUG-0099").bug)

    problems = team.problems()
    assert {problem.message for problem in problems} == {
        "There is no BUG-0099: did you mean BUG-0001?"
    }
    assert [problem.rule for problem in problems] == ["reference", "reference"]


@pytest.mark.parametrize(
    ("ref", "sentence"),
    [
        ("BUG-0001", "BUG-0001 refers to itself: name the other bug."),
        ("BUG-2", "There is no BUG-2: did you mean BUG-0002?"),
        ("bug-0002", "There is no bug-0002: did you mean BUG-0002?"),
        ("BUG-0022", "There is no BUG-0022: did you mean BUG-0002?"),
    ],
)
def test_a_wrong_reference_is_told_with_the_likeliest_one(
    team: Team, ref: str, sentence: str
) -> None:
    team.put(linked(ref), life_at("triaged").bug.model_copy(update={"id": "BUG-0002"}))

    (problem,) = team.problems()
    assert problem.message == sentence
    assert problem.rule == "reference"
