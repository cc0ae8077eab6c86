from pathlib import Path

from tests.builders.life import BACKEND, SENIOR, Life, life_at
from tests.checks.team import Team, new_team
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.workflow.decision import Refused


def test_moves_made_by_commands_are_fine(team: Team) -> None:
    life = life_at("triaged")
    base = team.put(life.bug).commit()
    for step in ("assign", "identify", "submit-fix"):
        life.usual(step)

    assert team.put(life.bug).told(base) == []


def test_a_whole_life_in_a_new_file_is_fine_for_those_who_may_write_it(team: Team) -> None:
    base = team.commit()
    team.put(life_at("code_review").bug)

    assert team.told(base) == []


def test_a_request_that_skips_the_root_cause_gate_fails_with_the_words_of_decide(
    team: Team,
) -> None:
    life = life_at("investigating")
    base = team.put(life.bug).commit()
    refused = life.ask("identify", summary="?", what="?")
    assert isinstance(refused, Refused)

    team.edit("BUG-0001", "status: investigating", "status: in_progress")
    team.commit()

    told = team.told(base)
    assert "No fix strategy is chosen: choose a preliminary one." in told
    assert {reason.sentence for reason in refused.reasons} & set(told) == {
        "No attempt to reproduce is recorded: say where and what was seen.",
        "No fix strategy is chosen: choose a preliminary one.",
    }
    assert "The root cause is missing: say what causes the bug." in told


def test_a_move_written_by_hand_is_told_at_its_entry_with_what_its_gates_lack(team: Team) -> None:
    life = life_at("code_review")
    base = team.put(life.bug).commit()
    team.put(moved(life, "approve", Status.TESTING))

    problems = team.problems(base)
    assert [problem.message for problem in problems] == [
        "P1 needs 1 approving review and has 0: ask for another review.",
        "P1 needs the approval of a senior: ask one to review.",
    ]
    assert {problem.rule for problem in problems} == {"gate"}


def test_a_mistake_in_one_commit_may_be_mended_in_the_next(team: Team) -> None:
    life = life_at("investigating")
    base = team.put(life.bug).commit()
    team.edit("BUG-0001", "status: investigating", "status: in_progress").commit()
    assert team.told(base)

    team.put(life.usual("identify").bug).commit()
    assert team.told(base) == []


def test_what_held_at_its_own_commit_stays_accepted(team: Team) -> None:
    """An action item without an owner, added after the closing, does not undo the closing.

    It tells when it was added, so the closing stands too where all commits became one.
    """
    life = life_at("verified")
    base = team.put(life.bug).commit(BACKEND)
    for step in ("publish-notes", "postmortem", "publish-postmortem", "close"):
        life.usual(step)
        team.put(life.bug).commit(BACKEND)
    life.act("action", text="Add a test", horizon="long_term")
    team.put(life.bug).commit(BACKEND)
    assert team.told(base) == []

    folder = team.root.parent / "squashed"
    folder.mkdir()
    squashed = new_team(folder)
    base = squashed.put(life_at("verified").bug).commit(BACKEND)
    squashed.put(life.bug).commit(BACKEND)
    assert squashed.told(base) == []


def test_nobody_loosens_the_policy_and_hides_it_again(team: Team) -> None:
    life = life_at("code_review", "P2")
    strict = team.write("bugs/policy.yaml", "version: 1\n")
    base = team.put(life.bug).commit()
    lax = Path(strict).read_text("utf-8") + "x-note: lax\n"
    team.write("bugs/policy.yaml", lax).write_text(lax, "utf-8")
    team.put(moved(life, "approve", Status.TESTING)).commit()
    team.write("bugs/policy.yaml", "version: 1\n")
    team.commit()

    assert team.told(base) == ["P2 needs 1 approving review and has 0: ask for another review."]


def test_only_what_changed_since_the_fork_counts(team: Team) -> None:
    life = life_at("investigating")
    base = team.put(life.bug).commit()
    team.git("checkout", "-q", "-b", "work")
    team.edit("BUG-0001", "title: Redemption fails", "title: Redemption failed").commit()
    team.git("checkout", "-q", "main")
    team.put(life.act("note", text="Meanwhile").bug).commit()
    team.git("checkout", "-q", "work")

    assert team.told(base) == []
    assert team.told("main") == []


def moved(life: Life, action: str, to: Status) -> BugRecord:
    entry = TimelineEntry(
        key="zzzzzz", at=life.now, by=SENIOR, action=action, to=to, text="Approved."
    )
    timeline = (*life.bug.timeline, entry)
    return life.bug.model_copy(update={"status": to, "timeline": timeline})
