import pytest

from tests.builders.life import life_at
from tests.checks.team import Team


@pytest.fixture
def base(team: Team) -> str:
    """A closed bug with everything that grows, committed."""
    life = life_at("closed").act("approve-document", document="postmortem", role="lead")
    return team.put(life.bug).commit()


def test_a_record_that_is_as_it_was_is_fine(team: Team, base: str) -> None:
    assert team.told(base) == []


def test_corrected_words_and_new_entries_are_fine(team: Team, base: str) -> None:
    team.put(
        life_at("closed")
        .act("approve-document", document="postmortem", role="lead")
        .act("note", text="Seen")
        .bug
    )
    team.edit("BUG-0001", "title: Redemption fails", "title: Redemption failed")

    assert team.told(base) == []


def test_a_roll_back_and_a_finished_action_item_are_fine(team: Team) -> None:
    life = life_at("deployed").act("action", text="Add a test", horizon="immediate")
    base = team.put(life.bug).commit()
    key = life.bug.actions[0].key
    life.act("action", key=key, done=True).act("roll-back", reason="Errors rose")

    assert team.put(life.bug).told(base) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("text: Verified in production.", "text: Verified.", "timeline entry was changed"),
        ("verdict: approved", "verdict: changes_requested", "review was changed"),
        ("role: lead", "role: boss", "approval was changed"),
        ("version: v2", "version: v3", "deployment was changed"),
        ("name: old app", "name: new app", "test run was changed"),
        ("failed_before_fix: true", "failed_before_fix: false", "test run was changed"),
    ],
)
def test_what_happened_is_not_edited_away(
    team: Team, base: str, old: str, new: str, sentence: str
) -> None:
    team.edit("BUG-0001", old, new)

    (problem,) = [problem for problem in team.problems(base) if problem.rule == "history"]
    assert problem.message == f"This {sentence}: history only grows, so restore it."


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("timeline", "timeline entry"),
        ("tests", "test run"),
        ("reviews", "review"),
        ("deployments", "deployment"),
        ("approvals", "approval"),
    ],
)
def test_what_happened_is_not_removed(team: Team, base: str, field: str, words: str) -> None:
    bug = life_at("closed").act("approve-document", document="postmortem", role="lead").bug
    team.put(bug.model_copy(update={field: getattr(bug, field)[:-1]}))

    told = [problem.message for problem in team.problems(base) if problem.rule == "history"]
    assert len(told) == 1
    assert told[0].startswith(f"A {words} was removed (")


@pytest.mark.parametrize("section", ["root_cause", "fix", "postmortem", "assignment"])
def test_a_section_is_not_removed(team: Team, base: str, section: str) -> None:
    bug = life_at("closed").act("approve-document", document="postmortem", role="lead").bug
    team.put(bug.model_copy(update={section: None}))

    assert f"`{section}` was removed: restore it." in team.told(base)


def test_a_record_is_not_removed(team: Team, base: str) -> None:
    (team.root / "bugs" / "000" / "BUG-0001.yaml").unlink()

    assert [str(problem) for problem in team.problems(base)] == [
        (
            "bugs/000/BUG-0001.yaml:1:1: The record of BUG-0001 was removed: restore it, or close "
            "it. [history]"
        )
    ]


def test_a_renumbered_record_goes_on_under_its_new_number(team: Team, base: str) -> None:
    bug = life_at("closed").act("approve-document", document="postmortem", role="lead").bug
    (team.root / "bugs" / "000" / "BUG-0001.yaml").unlink()
    moved = bug.model_copy(update={"id": "BUG-0002", "formerly": ("BUG-0001",)})
    team.put(moved).commit()
    assert team.told(base) == []

    team.put(moved.model_copy(update={"timeline": moved.timeline[:-1]}))
    assert team.rules(base) == ["status", "history"]
