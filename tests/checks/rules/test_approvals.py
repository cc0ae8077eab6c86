import pytest

from tests.builders.life import BACKEND, ONCALL, SENIOR, Life, life_at
from tests.checks.team import Team
from tracker.store.record_file import read_policy


@pytest.fixture
def life(team: Team) -> Life:
    """A fix in review, committed."""
    life = life_at("code_review")
    team.put(life.bug).commit(BACKEND)
    return life


def test_a_review_committed_by_the_reviewer_is_fine(team: Team, life: Life) -> None:
    team.put(life.act("approve", SENIOR).bug).commit(SENIOR)

    assert team.told("HEAD~1") == []


def test_reviews_of_the_base_may_be_by_anybody(team: Team, life: Life) -> None:
    team.put(life.act("approve", SENIOR).bug).commit(BACKEND)
    team.put(life.usual("pass-tests").bug).commit(BACKEND)

    assert team.told("HEAD~1") == []


def test_a_review_that_somebody_else_writes_down_is_told(team: Team, life: Life) -> None:
    team.put(life.act("approve", SENIOR).bug).commit(BACKEND)

    (problem,) = team.problems("HEAD~1")
    assert problem.message == (
        "This review is by Senior Engineer, and Backend Engineer <backend@example.com> commits it: "
        "Senior Engineer has to commit it, or to give it as a command."
    )
    assert problem.rule == "approval"


def test_a_review_not_yet_committed_is_judged_by_who_works_here(team: Team, life: Life) -> None:
    team.put(life.act("approve", SENIOR).bug)

    assert team.rules("HEAD") == ["approval"]
    team.git("config", "user.email", SENIOR.email)
    assert team.rules("HEAD") == []


def test_an_approval_of_a_document_is_signed_too(team: Team, life: Life) -> None:
    life = life_at("closed").act("approve-document", ONCALL, document="postmortem", role="lead")
    team.put(life_at("closed").bug).commit(BACKEND)
    team.put(life.bug).commit(BACKEND)

    assert team.rules("HEAD~1") == ["approval"]


def test_a_broken_version_in_between_hides_nobody(team: Team, life: Life) -> None:
    """A forger breaks the file, adds the review, and lets the reviewer mend it."""
    team.put(life.act("approve", SENIOR).bug)
    team.edit("BUG-0001", "title:", "titel:").commit(BACKEND)
    team.edit("BUG-0001", "titel:", "title:").commit(SENIOR)

    assert team.rules("HEAD~2") == ["approval"]


def test_a_merge_writes_nothing_of_its_own(team: Team, life: Life) -> None:
    team.git("checkout", "-q", "-b", "review")
    team.put(life.act("approve", SENIOR).bug).commit(SENIOR)
    team.git("checkout", "-q", "main")
    team.write("bugs/000/BUG-0001/notes.txt", "Aside.\n")
    team.commit(BACKEND)
    team.git("merge", "-q", "--no-edit", "review")

    assert team.told("HEAD~1^1") == []


def test_nobody_approves_their_own_fix(team: Team, life: Life) -> None:
    reviewed = life.act("approve", SENIOR).bug
    review = reviewed.reviews[0].model_copy(update={"by": BACKEND})
    team.put(reviewed.model_copy(update={"reviews": (review,)})).commit(BACKEND)

    assert "Backend Engineer wrote this fix and cannot approve it: ask somebody else." in team.told(
        "HEAD~1"
    )


def test_a_command_of_a_role_is_signed_too(team: Team) -> None:
    team.write(
        "bugs/policy.yaml",
        "roles:\n  lead:\n    - Senior Engineer <senior@example.com>\n"
        "permissions:\n  wont-fix: lead\n",
    )
    life = life_at("triaged")
    team.put(life.bug).commit(BACKEND)
    team.put(life.act("wont-fix", SENIOR, reason="Old").bug).commit(BACKEND)

    assert team.rules("HEAD~1") == ["approval"]


def test_a_waiver_is_signed_too(team: Team) -> None:
    text = "roles:\n  lead:\n    - Senior Engineer <senior@example.com>\nwaivers:\n  backup: lead\n"
    team.write("bugs/policy.yaml", text)
    life = life_at("triaged", policy=read_policy(text.encode()))
    team.put(life.bug).commit(BACKEND)
    life.act("waive", SENIOR, gate="backup", reason="Nobody else is on call")
    team.put(life.bug).commit(BACKEND)

    assert team.rules("HEAD~1") == ["approval"]


def test_nobody_makes_themselves_a_senior(team: Team) -> None:
    team.write(
        "bugs/policy.yaml", "roles:\n  senior:\n    - Senior Engineer <senior@example.com>\n"
    )
    life = life_at("code_review")
    team.put(life.bug).commit(BACKEND)
    team.put(life.act("approve", ONCALL).bug).commit(ONCALL)

    assert team.told("HEAD~1") == [
        "On-call Engineer does not have the role `senior`: remove `senior`."
    ]


def test_a_document_is_approved_in_a_role_of_the_policy_by_those_who_have_it(team: Team) -> None:
    team.write("bugs/policy.yaml", f"version: 1\nroles:\n  lead:\n    - {SENIOR}\n")
    closed = life_at("closed")
    team.put(closed.bug).commit(BACKEND)
    consent = {"document": "postmortem", "role": "Lead"}
    team.put(closed.act("approve-document", ONCALL, **consent).bug).commit(ONCALL)

    (problem,) = team.problems("HEAD~1")
    assert problem.message == (
        "On-call Engineer does not have the role `lead`, which the policy gives to Senior Engineer:"
        " name the role in which On-call Engineer approves."
    )
    assert problem.rule == "approval"
    team.git("reset", "-q", "--hard", "HEAD~1")
    free = life_at("closed").act("approve-document", ONCALL, document="postmortem", role="On-call")
    team.put(free.act("approve-document", SENIOR, **consent).bug)
    assert "role" not in " ".join(team.told("HEAD"))
