from tracker.model.investigation import InvestigationStep
from tracker.workflow.new_evidence import new_steps


def step(title: str, *lines: str, command: str | None = None) -> InvestigationStep:
    return InvestigationStep(title=title, command=command, findings="\n".join(lines) or None)


def test_what_a_record_does_not_hold_is_new() -> None:
    assert new_steps((), (step("Commits", "abc  one"),)) == (step("Commits", "abc  one"),)


def test_what_a_record_holds_is_not_added_again_even_when_more_is_said_of_it() -> None:
    recorded = (step("Commits", "abc  one", "def  two"),)

    assert new_steps(recorded, (step("Commits", "def  two, tagged", "abc  one"),)) == ()


def test_only_the_new_lines_of_a_step_are_added() -> None:
    recorded = (step("Commits", "abc  one"), step("Commits", "def  two"))

    fresh = new_steps(recorded, (step("Commits", "ghi  three", "def  two", "abc  one"),))

    assert fresh == (step("Commits", "ghi  three"),)


def test_the_same_line_under_another_title_is_new() -> None:
    recorded = (step("Commits to a", "abc  one"),)

    assert new_steps(recorded, (step("Commits to b", "abc  one"),)) != ()


def test_a_check_is_added_once_and_again_when_its_command_changes() -> None:
    recorded = (step("Checks", command="top"), step("Checks", "load 1", command="uptime"))

    assert new_steps(recorded, (step("Checks", command="top"),)) == ()
    assert new_steps(recorded, (step("Checks", command="ps"),)) == (step("Checks", command="ps"),)
