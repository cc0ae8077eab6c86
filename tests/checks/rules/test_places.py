from tests.builders.life import life_at
from tests.checks.team import Team
from tracker.store.record_file import new_text


def test_a_record_in_its_folder_under_its_number_is_fine(team: Team) -> None:
    assert team.put(life_at("triaged").bug).told() == []


def test_files_of_attachments_and_of_the_policy_are_no_records(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.write("bugs/000/BUG-0001/values.yaml", "anything: [goes")
    team.write("bugs/policy.yaml", "version: 1\n")

    assert team.told() == []


def test_a_file_under_another_number_is_told_at_its_id(team: Team) -> None:
    team.write("bugs/000/BUG-0002.yaml", new_text(life_at("triaged").bug))

    (problem,) = team.problems()
    assert str(problem) == (
        "bugs/000/BUG-0002.yaml:3:5: The record of BUG-0001 belongs into bugs/000/BUG-0001.yaml: "
        "rename the file, unless that one is there already, or correct `id`. [misplaced-record]"
    )


def test_a_record_in_the_folder_of_other_numbers_is_told(team: Team) -> None:
    team.write("bugs/001/BUG-0001.yaml", new_text(life_at("triaged").bug))

    assert team.rules() == ["misplaced-record"]


def test_files_that_nothing_would_read_are_told(team: Team) -> None:
    text = new_text(life_at("triaged").bug)
    team.write("bugs/BUG-0001.yaml", text)
    team.write("bugs/000/BUG-0001.yml", text)
    team.write("bugs/new/BUG-0001.yaml", text)
    outside = team.write("elsewhere.yaml", text)
    (team.root / "bugs" / "000" / "BUG-0002.yaml").symlink_to(outside)

    assert team.rules() == ["misplaced-record"] * 4
