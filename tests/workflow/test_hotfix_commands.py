"""The commands of the hotfix track, as the shipped policy has them and as git runs them."""

from pathlib import Path

from tests.builders.life import ONCALL, USUAL, Life, life_at
from tests.real_git import RealGit, new_bare, new_checkout
from tracker.model.deployment import HotfixStep
from tracker.model.policy import Policy
from tracker.workflow.hotfix_commands import hotfix_commands
from tracker.workflow.incidents import slug


def declared() -> Life:
    return life_at("in_progress", "P0").act("hotfix-declare", ONCALL)


def run(git: RealGit, life: Life, step: HotfixStep) -> None:
    """Type the commands of a step as they stand; their names need no quotes here."""
    for command in hotfix_commands(life.bug, step, Policy()):
        git(*command.split()[1:])


def test_commands_are_filled_in_and_quoted_for_the_shell() -> None:
    life = declared().act("hotfix-branch", branch="hotfix/$(reboot)", base="v1.9; rm -rf /")

    assert hotfix_commands(life.bug, HotfixStep.BRANCH, Policy()) == (
        "git fetch --tags origin",
        "git switch --no-track --create 'hotfix/$(reboot)' 'v1.9; rm -rf /'",
    )


def test_the_branch_has_a_name_in_the_commands_before_anybody_gave_it_one() -> None:
    life = declared()

    assert hotfix_commands(life.bug, HotfixStep.BRANCH, Policy()) == (
        "git fetch --tags origin",
        f"git switch --no-track --create hotfix/{slug(life.bug.title)} origin/main",
    )


def test_in_a_clone_that_nobody_pulled_a_hotfix_starts_from_new_code_and_ends_on_new_code(
    tmp_path: Path,
) -> None:
    shared = new_bare(tmp_path / "shared")
    colleague = new_checkout(tmp_path / "colleague", shared)
    colleague.write("gateway.py", "1\n")
    colleague("push", "-q", "origin", "main")
    old = new_checkout(tmp_path / "old", shared)
    newest = colleague.write("gateway.py", "2\n")
    colleague("push", "-q", "origin", "main")
    life = declared()

    run(old, life, HotfixStep.BRANCH)
    assert old("rev-parse", "HEAD") == newest

    life.act("hotfix-branch", branch=old("branch", "--show-current"))
    fixed = old.write("fix.py", "3\n")
    old("push", "-q", "-u", "origin", "HEAD")
    later = colleague.write("docs.md", "4\n")
    colleague("push", "-q", "origin", "main")
    run(old, life, HotfixStep.BACKPORT)
    assert shared("rev-parse", "main^1", "main^2").split() == [later, fixed]


def test_commands_name_the_branch_that_the_fix_is_on_and_no_pull_request_of_one_that_is_over() -> (
    None
):
    life = declared().act("hotfix-branch", branch="hotfix/one", base="v1.9")
    fix = {**USUAL["submit-fix"], "branch": None, "pull_request": "Accept both signatures"}
    life.act("hotfix-implement", **fix)
    create = "gh pr create --title 'Accept both signatures' --label hotfix,critical"
    assert hotfix_commands(life.bug, HotfixStep.REVIEW, Policy()) == (create,)
    life.usual("approve").usual("pass-tests").usual("evidence").usual("deploy")
    life.act("roll-back", reason="Errors rise")
    title = f"'HOTFIX: {life.bug.title}'"
    assert title in hotfix_commands(life.bug, HotfixStep.REVIEW, Policy())[0]

    life.act("hotfix-implement", **{**fix, "branch": "hotfix/two", "pull_request": "#12"})

    assert title in hotfix_commands(life.bug, HotfixStep.REVIEW, Policy())[0]
    assert "hotfix/two" in " ".join(hotfix_commands(life.bug, HotfixStep.BACKPORT, Policy()))
