"""Evidence from real repositories; what is recorded once is not found again."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.operations.trackers import SUPPORT, Requests, tracker_on
from tests.real_git import RealGit, new_work_tree
from tracker.assembly import Gathered, Inquiry, Log, Recorded, Request, Tracker
from tracker.model.investigation import InvestigationStep
from tracker.model.report import Environment
from tracker.workflow.actions.report import ReportBug

CONFLICT = 'raise RefreshConflictError(f"Token refresh conflict for user {user}")'
CODE = f"def refresh(user):\n    if user.locked:\n        {CONFLICT}\n"
LOGS = """\
2025-01-02T11:00:00Z ERROR Token refresh conflict for user 3
  File "/srv/app/auth/jwt_utils.py", line 3, in refresh
2025-01-02T11:00:09Z ERROR Token refresh conflict for user 9
2025-01-02T11:00:10Z ERROR Database connection timeout after 30 ms"""
POLICY = """\
components:
  - name: auth
    repository: ../code
    debug_commands:
      - kubectl logs deploy/auth
      - redis-cli info
  - name: web
    repository: https://example.com/web.git
  - name: docs
"""
FAILURE = ReportBug(
    title="Login fails with Token refresh conflict",
    what_is_broken='People see "Token refresh conflict" and cannot log in.',
    environment=Environment(components=("Auth",)),
    logs=LOGS,
)


@pytest.fixture
def code(tmp_path: Path) -> RealGit:
    git = new_work_tree(tmp_path / "code")
    git.write("auth/jwt_utils.py", CODE, "Refresh tokens in parallel")
    git("tag", "v2.3.0")
    git.write("tests/jwt_utils.py", "# another file of that name\n", "Test")
    return git


@pytest.fixture
def team(tmp_path: Path) -> RealGit:
    git = new_work_tree(tmp_path / "team")
    git.write("bugs/policy.yaml", POLICY)
    return git


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of all tests, where the rules for secrets are compiled once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def tracker(team: RealGit, code: RealGit, data: Path) -> Iterator[Tracker]:
    assert code.path.is_dir()
    opened = tracker_on(team, data)
    ask = Requests()
    opened.act(ask(FAILURE))
    opened.act(ask(FAILURE.model_copy(update={"title": "Sign-in: Token refresh conflict"})))
    yield opened
    opened.close()


@dataclass(frozen=True)
class Desk:
    """Asks for evidence on the first bug, and records it."""

    tracker: Tracker
    folder: Path

    def look(self, *, log: Log | None = None, since: datetime | None = None) -> Gathered:
        record = self.tracker.load("1")
        return self.tracker.investigate(
            Inquiry(record=record, folder=self.folder, log=log, since=since)
        )

    def keep(self, gathered: Gathered, request: str = "kept") -> None:
        assert gathered.plan is not None
        asked = Request(id=request, bug="BUG-0001", action=gathered.plan, actor=SUPPORT)
        assert isinstance(self.tracker.act(asked), Recorded)


@pytest.fixture
def desk(tracker: Tracker, team: RealGit) -> Desk:
    return Desk(tracker, team.path)


def steps(gathered: Gathered) -> dict[str, InvestigationStep]:
    return {step.title: step for step in gathered.plan.steps} if gathered.plan else {}


def test_everything_that_is_known_becomes_steps_of_the_investigation(desk: Desk) -> None:
    found = steps(desk.look())

    assert list(found) == [
        "Similar past bugs",
        "Patterns in the log of the report (3 of 3 entries)",
        "Commits to auth since the start",
        "Places in auth that hold the error text",
        "Places in auth that the stack trace names",
        "Commits to the files of auth that the stack trace names",
        "Debug commands for auth",
    ]
    similar = found["Similar past bugs"]
    assert similar.command == "bugbook similar BUG-0001"
    assert (similar.findings or "").startswith(
        "BUG-0002  Sign-in: Token refresh conflict (reported)"
    )


def test_the_error_text_and_the_stack_trace_lead_to_lines_of_the_code(desk: Desk) -> None:
    found = steps(desk.look())

    line = f"auth/jwt_utils.py:3  {CONFLICT}"
    assert found["Places in auth that hold the error text"].findings == line
    assert found["Places in auth that the stack trace names"].findings == line
    touched = found["Commits to the files of auth that the stack trace names"]
    assert "[v2.3.0]: Refresh tokens in parallel" in (touched.findings or "")
    assert (touched.findings or "").count("\n") == 0


def test_log_patterns_carry_their_shares_and_times(desk: Desk) -> None:
    (step,) = [step for title, step in steps(desk.look()).items() if "Patterns" in title]

    assert (step.findings or "").splitlines()[0] == (
        "ERROR Token refresh conflict for user <*>  66.7 % (2), first 2025-01-02T11:00:00Z,"
        " last 2025-01-02T11:00:09Z"
    )


def test_a_given_log_is_read_beside_the_pasted_one_and_its_errors_are_looked_for(
    desk: Desk, code: RealGit
) -> None:
    code.write("db.py", 'raise Slow("Connection pool exhausted after waiting")\n')
    log = Log(name="app.log", lines=("FATAL Connection pool exhausted after waiting 3 s",))

    found = steps(desk.look(log=log))
    assert "Patterns in the log app.log (1 of 1 entries)" in found
    assert "db.py:1" in (found["Places in auth that hold the error text"].findings or "")


def test_the_start_divides_commits_into_those_before_and_those_since(desk: Desk) -> None:
    far_off = datetime(2090, 1, 1, tzinfo=UTC)

    assert "Last commits to auth before the start" not in steps(desk.look())
    found = steps(desk.look(since=far_off))
    assert "Commits to auth since the start" not in found
    before = found["Last commits to auth before the start"]
    assert before.command == "git log --max-count=5 --until=2090-01-01T00:00:00+00:00 HEAD"
    assert len((before.findings or "").splitlines()) == 2


def test_what_is_recorded_is_not_found_again(desk: Desk) -> None:
    desk.keep(desk.look())

    again = desk.look()
    assert again.plan is None
    assert len(desk.tracker.load("1").investigation.steps) == 7


def test_only_what_is_new_is_found_later(desk: Desk, code: RealGit) -> None:
    desk.keep(desk.look())
    commit = code.write("auth/lock.py", "# nothing of interest\n", "Lock tokens")

    found = steps(desk.look())
    assert list(found) == ["Commits to auth since the start"]
    assert [line[:10] for line in (found.popitem()[1].findings or "").splitlines()] == [commit[:10]]


def test_a_secret_in_the_code_is_not_recorded_and_not_found_again(
    desk: Desk, code: RealGit
) -> None:
    secret = "hunter2" + "Xy9" * 4
    code.write("auth/old.py", f'log("Token refresh conflict", password="{secret}")\n', "Old")

    gathered = desk.look()
    assert gathered.secrets
    desk.keep(gathered)
    assert secret not in str(desk.tracker.load("1"))
    assert desk.look().plan is None


def test_what_was_not_searched_is_said(desk: Desk, team: RealGit, code: RealGit) -> None:
    text = (team.path / "bugs/000/BUG-0001.yaml").read_text(encoding="utf-8")
    assert "- Auth" in text
    team.write("bugs/000/BUG-0001.yaml", text.replace("- Auth", "- auth\n    - web\n    - docs"))
    shutil.rmtree(code.path)
    desk.tracker.refresh()

    gathered = desk.look()
    missing, address, nothing = gathered.remarks
    assert missing.endswith("is no git repository: correct `repository` in the policy.")
    assert address.startswith("The repository of web is an address, and was not searched")
    assert nothing.startswith("The policy names no repository for docs")
    assert "Debug commands for auth" in steps(gathered)


def test_a_bug_without_a_known_component_says_that_no_code_was_searched(
    desk: Desk, team: RealGit
) -> None:
    text = (team.path / "bugs/000/BUG-0001.yaml").read_text(encoding="utf-8")
    team.write("bugs/000/BUG-0001.yaml", text.replace("- Auth", "- kitchen"))
    desk.tracker.refresh()

    assert desk.look().remarks == (
        "BUG-0001 names no component of the policy: no code was searched.",
    )


def test_hostile_text_from_code_and_logs_is_kept_as_plain_lines(desk: Desk, code: RealGit) -> None:
    code.write("x.py", "\x1b[2J\u202eToken refresh conflict\x07" + "y" * 5_000 + "\n", "\u202eOdd")
    log = Log(name="a\nb.log", lines=("ERROR \x1b[31m" + "z" * 9_000, "\ud800 error"))

    gathered = desk.look(log=log)
    assert all(
        len(line) <= 240 and line.isprintable()
        for step in steps(gathered).values()
        for line in (step.findings or "").splitlines()
    )
    desk.keep(gathered)
    assert desk.look(log=log).plan is None


def test_many_places_are_cut_and_the_rest_is_counted(desk: Desk, code: RealGit) -> None:
    code.write("many.py", 'say("Token refresh conflict")\n' * 60)

    step = steps(desk.look())["Places in auth that hold the error text"]
    assert len((step.findings or "").splitlines()) == 25
    assert step.analysis == "36 more lines hold it; the command shows all."
