import pytest

from tests.builders.life import life_at
from tests.checks.team import Team


def test_a_severity_changed_by_command_is_fine(team: Team) -> None:
    life = life_at("investigating").act("triage", severity="P2", reason="Fewer users than thought")

    assert team.put(life.bug).told() == []


def test_a_reopened_bug_without_a_resolution_is_fine(team: Team) -> None:
    assert team.put(life_at("closed").act("reopen", reason="It is back").bug).told() == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "severity: P1",
            "severity: P3",
            (
                "The severity is P3, and `triage.changes` ends with P1: use `bugbook triage`, "
                "which records the change and its reason."
            ),
        ),
        ("chosen: P1", "chosen: P2", "`chosen` is not what `changes` ends with, P1: correct it."),
        (
            "      after: P1",
            "      before: P3\n      after: P1",
            "The severity before this change was none: correct `before`.",
        ),
    ],
)
def test_a_severity_that_its_changes_do_not_tell_is_told(
    team: Team, old: str, new: str, sentence: str
) -> None:
    team.put(life_at("triaged").bug).edit("BUG-0001", old, new)

    assert team.told() == [sentence]


def test_a_severity_without_a_triage_is_told(team: Team) -> None:
    team.put(life_at("reported").bug).edit(
        "BUG-0001", "status: reported", "status: reported\nseverity: P0"
    )

    assert team.told() == ["P0 was given without a triage: use `bugbook triage`."]


def test_a_severity_changed_without_a_reason_is_told(team: Team) -> None:
    life = life_at("investigating").act("triage", severity="P2", reason="Fewer users")
    team.put(life.bug).edit("BUG-0001", "      reason: Fewer users\n", "")

    assert team.told() == ["BUG-0001 is triaged already: give a reason for the change."]


def test_an_open_bug_with_a_resolution_is_told(team: Team) -> None:
    bug = life_at("closed").bug
    team.put(life_at("verified").bug.model_copy(update={"resolution": bug.resolution}))

    assert team.told() == [
        "BUG-0001 is open and has a resolution: reopen takes it back, remove it."
    ]


def test_a_closed_bug_says_how_it_ended_and_as_the_timeline_does(team: Team) -> None:
    bug = life_at("closed").bug
    team.put(bug.model_copy(update={"resolution": None}))
    assert team.told() == ["BUG-0001 is closed without a resolution: say how it ended."]

    team.put(bug).edit("BUG-0001", "kind: fixed", "kind: wont_fix")
    assert team.told() == ["The timeline closes the bug as `fixed`: correct `kind`."]


def test_a_duplicate_names_the_other_bug(team: Team) -> None:
    other = life_at("triaged").bug.model_copy(update={"id": "BUG-0002"})
    life = life_at("triaged").act("mark-duplicate", duplicate_of="BUG-0002")
    team.put(other, life.bug).edit("BUG-0001", "  duplicate_of: BUG-0002\n", "")

    assert team.told() == ["A duplicate names the other bug: add `duplicate_of`."]
