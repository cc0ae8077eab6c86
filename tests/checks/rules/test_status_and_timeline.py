"""The rule `moves`: the timeline's moves are rows of the table, and lead to the status."""

import pytest

from tests.builders.life import life_at
from tests.checks.team import Team
from tracker.model.status import Status


@pytest.mark.parametrize("status", [str(status) for status in Status])
def test_a_life_made_by_commands_is_fine(team: Team, status: str) -> None:
    assert team.put(life_at(status).bug).told() == []


def test_a_bug_reported_as_a_file_needs_no_timeline(team: Team) -> None:
    team.put(life_at("reported").bug.model_copy(update={"timeline": ()}))

    assert team.told() == []


def test_an_edited_status_is_told_with_the_sentences_that_decide_gives(team: Team) -> None:
    team.put(life_at("investigating").bug)
    team.edit("BUG-0001", "status: investigating", "status: in_progress")

    assert [problem.message for problem in team.problems()] == [
        "No attempt to reproduce is recorded: say where and what was seen.",
        "No fix strategy is chosen: choose a preliminary one.",
        "The root cause is missing: say what causes the bug.",
        (
            "The status is `in progress`, and the timeline ends at `investigating`: use "
            "`identify`, which records the move."
        ),
    ]
    assert {str(problem.place) for problem in team.problems()} == {"bugs/000/BUG-0001.yaml:5:9"}


def test_a_move_that_leads_elsewhere_is_told_at_its_state(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "to: triaged", "to: closed").edit(
        "BUG-0001", "status: triaged", "status: closed"
    )

    assert "`triage` leads to `triaged`, not to `closed`: correct `to`." in team.told()


def test_moves_out_of_order_are_told(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit(
        "BUG-0001",
        'at: "2026-03-02T14:00:00Z"\n    by: On-call Engineer <oncall@example.com>\n    action',
        'at: "2026-03-02T08:00:00Z"\n    by: On-call Engineer <oncall@example.com>\n    action',
    )

    assert team.told() == [
        ("The timeline has no `triage` at 2026-03-02 14:00 UTC: use that command, which tells it."),
        (
            "`triage` cannot have happened at 2026-03-02 08:00 UTC, before `report` at "
            "2026-03-02 09:00 UTC: give a later time."
        ),
    ]


def test_a_mistyped_command_is_told_with_the_nearest_one(team: Team) -> None:
    team.put(life_at("triaged").act("note", text="Seen again").bug)
    team.edit("BUG-0001", "action: note", "action: not")

    assert team.told() == ["`not` is no command: did you mean `note`?"]


def test_two_entries_with_one_key_are_told(team: Team) -> None:
    bug = life_at("triaged").bug
    twice = bug.timeline[0].model_copy(update={"action": "note", "to": None})
    team.put(bug.model_copy(update={"timeline": (*bug.timeline, twice)}))

    assert team.told() == [
        f"The key `{twice.key}` stands above already: give this entry another one."
    ]
