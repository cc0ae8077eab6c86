"""The index answers as the records themselves would, whatever happened to it or to them."""

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.real_git import RealGit, new_work_tree
from tracker.model.bug_id import record_path
from tracker.store.bug_index import BugIndex
from tracker.store.clone import Clone, open_clone
from tracker.store.index_log import log_of_file
from tracker.store.index_queries import numberings, policy_problems, problems, summaries
from tracker.store.index_search import search
from tracker.store.remote import resolve_remote
from tracker.workflow.bug_filter import BugFilter

TABLES = ("bugs", "former", "broken", "timeline", "texts", "traits", "commits", "changes")
WORDS = ("redis", "timeout", "login", "upload", "Zürich", "save", "queue")


def text_of(number: int, title: str, *, formerly: int | None = None) -> str:
    before = f"formerly: [BUG-{formerly:04d}]\n" if formerly else ""
    return (
        f"schema: 1\nid: BUG-{number:04d}\ntitle: {title}\nstatus: reported\n{before}"
        "reported:\n  at: 2025-01-02T12:00:00Z\n  by: Support Team <support@example.com>\n"
        f"report:\n  what_is_broken: It says {title} and stops.\n"
    )


@dataclass(frozen=True, kw_only=True)
class Team:
    """People who edit by hand, and an index that follows them."""

    git: RealGit
    clone: Clone

    @property
    def index(self) -> BugIndex:
        """Open it, as another process would."""
        return BugIndex(clone=self.clone)

    def write(self, number: int, title: str, **more: Any) -> None:
        """Commit a record and fetch it."""
        self.git.write(record_path(f"BUG-{number:04d}"), text_of(number, title, **more))
        self.fetch()

    def fetch(self) -> None:
        """See what the shared repository has."""
        with self.clone.writing() as writer:
            writer.fetch()


def team_in(folder: Path) -> Team:
    git = new_work_tree(folder / "team")
    git.write("README.md", "Bugs.\n")
    clone = open_clone(folder / "data", resolve_remote(str(git.path), "main"))
    return Team(git=git, clone=clone)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return team_in(tmp_path)


def listed(index: BugIndex, **wanted: Any) -> list[str]:
    return [bug.id for bug in index.ask(lambda rows: summaries(rows, BugFilter(**wanted)))]


def found(index: BugIndex, typed: str) -> list[str]:
    return [hit.bug for hit in index.ask(lambda rows: search(rows, typed, most=20))]


def contents(index: BugIndex) -> dict[str, list[tuple[Any, ...]]]:
    """All that it holds, but for the numbers that rows happen to have."""
    index.ask(lambda _: None)

    def read(rows: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
        names = {row[0]: row[1] for row in rows.execute("SELECT bug, id FROM bugs")}
        commits = {row[0]: row[1] for row in rows.execute('SELECT position, "commit" FROM commits')}
        told = {}
        for table in TABLES:
            cursor = rows.execute(f"SELECT * FROM {table}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            known = {"bug": names, "position": commits}
            told[table] = sorted(
                (
                    tuple(
                        known.get(column, {}).get(value, value)
                        for column, value in zip(columns, row, strict=True)
                    )
                    for row in cursor
                ),
                key=repr,
            )
        for table in ("texts_fts", "traits_fts"):
            rows.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        return told

    return index.ask_history(read)


def test_a_record_is_found_as_soon_as_its_commit_is_known(team: Team) -> None:
    index = team.index
    assert listed(index) == []
    team.write(1, "Redis timeout")
    assert listed(index) == ["BUG-0001"]
    team.write(1, "Login fails")
    assert found(index, "redis") == []
    assert found(index, "logi") == ["BUG-0001"]
    team.git("rm", "-q", "bugs/000/BUG-0001.yaml")
    team.git("commit", "-q", "-m", "Gone")
    team.fetch()
    assert listed(index) == []


def test_a_broken_file_is_told_of_and_hides_no_other(team: Team) -> None:
    team.write(1, "Redis timeout")
    team.git.write("bugs/000/BUG-0002.yaml", "schema: 1\nid: BUG-0002\ntitel: typo\n")
    team.git.write("bugs/000/notes.yaml", text_of(3, "In a file of another name"))
    team.git.write("bugs/000/BUG-0001/notes.yaml", "An attachment.\n")
    team.fetch()
    told = team.index.ask(problems)
    assert listed(team.index) == ["BUG-0001"]
    places = {problem.place.path for problem in told}
    assert places == {"bugs/000/BUG-0002.yaml", "bugs/000/notes.yaml"}
    team.git("rm", "-q", "bugs/000/notes.yaml")
    team.write(2, "Mended")
    assert team.index.ask(problems) == ()
    assert listed(team.index) == ["BUG-0002", "BUG-0001"]


def test_a_broken_policy_is_told_of_and_the_last_one_counts(team: Team) -> None:
    team.git.write("bugs/policy.yaml", "ids:\n- {prefix: DH, width: 3}\n")
    team.git.write("bugs/policy.yaml", "idz: []\n")
    team.fetch()
    (problem,) = team.index.ask(policy_problems)
    assert problem.place.path == "bugs/policy.yaml"
    assert [each.of(7) for each in team.index.ask(numberings)] == ["DH-007"]
    team.git.write("bugs/policy.yaml", "{}\n")
    team.fetch()
    assert team.index.ask(policy_problems) == ()


@pytest.mark.parametrize(
    "typed",
    ['"', "redis OR", "title:redis*", "NEAR(redis)", "'; DROP TABLE bugs; --", "a AND", "*", "-x"],
)
def test_no_text_is_syntax(team: Team, typed: str) -> None:
    team.write(1, "Redis timeout")
    found(team.index, typed)
    assert listed(team.index) == ["BUG-0001"]


def test_a_title_comes_before_a_description(team: Team) -> None:
    team.write(1, "Upload stops")
    team.write(2, "Redis timeout")
    text = text_of(3, "Queue is slow").replace("Queue is slow and", "that redis is gone and")
    team.git.write("bugs/000/BUG-0003.yaml", text)
    team.fetch()
    assert found(team.index, "redis") == ["BUG-0002", "BUG-0003"]


@pytest.mark.parametrize("damage", ["garbage", "cut", "gone", "plain file", "other version"])
def test_a_damaged_file_is_made_anew(team: Team, damage: str) -> None:
    team.write(1, "Redis timeout")
    index = team.index
    whole = contents(index)
    file = index.file.path.resolve()
    match damage:
        case "garbage":
            file.write_bytes(b"no database" * 1000)
        case "cut":
            file.write_bytes(file.read_bytes()[:5000])
        case "gone":
            file.unlink()
        case "plain file":
            index.file.path.unlink()
            index.file.path.write_bytes(b"put here by hand")
        case _:
            with sqlite3.connect(file) as other:
                other.execute("PRAGMA user_version = 999")
    for left in file.parent.glob(f"{file.name}-*"):
        left.unlink()
    assert contents(team.index) == whole
    assert listed(index) == ["BUG-0001"]


def test_a_rewritten_history_leaves_nothing_of_the_old_one(team: Team) -> None:
    team.write(1, "Redis timeout")
    base = team.git("rev-parse", "HEAD")
    team.write(2, "Login fails")
    index = team.index
    assert listed(index) == ["BUG-0002", "BUG-0001"]
    contents(index)
    team.git("reset", "-q", "--hard", base)
    team.write(3, "Upload stops")
    assert listed(index) == ["BUG-0003", "BUG-0001"]
    past = contents(index)
    index.rebuild()
    assert contents(index) == past


def test_readers_in_many_threads_and_indexes_agree(team: Team) -> None:
    for number in range(1, 6):
        team.git.write(record_path(f"BUG-{number:04d}"), text_of(number, "Redis timeout"))
    team.fetch()
    shared, answers = team.index, []

    def ask(index: BugIndex) -> None:
        answers.append((len(listed(index)), len(contents(index)["commits"])))

    threads = [threading.Thread(target=ask, args=(each,)) for each in (shared, shared, team.index)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(5, 6)] * 3


def test_the_old_index_answers_while_a_new_one_is_made(team: Team) -> None:
    team.write(1, "Redis timeout")
    reader, seen = team.index, []
    assert listed(reader) == ["BUG-0001"]
    builder = BugIndex(clone=team.clone, progress=lambda *_: seen.append(listed(reader)))
    before = reader.file.target()
    builder.rebuild()
    assert seen == [["BUG-0001"]]
    assert listed(reader) == ["BUG-0001"]
    assert reader.file.target() != before
    assert len(list(reader.file.folder.glob("index-*.sqlite3"))) == 1


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "rename", "remove", "break", "reset", "merge"]),
        st.integers(1, 4),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_an_index_that_followed_is_the_one_that_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, str, bool]]
) -> None:
    team = team_in(tmp_path_factory.mktemp("team"))
    index = team.index
    for kind, number, title, look in edits:
        edit(team.git, kind, number, title)
        if look:
            team.fetch()
            contents(index)
    team.fetch()
    followed = contents(index)
    index.rebuild()
    assert contents(index) == followed
    for number in range(1, 5):
        path = record_path(f"BUG-{number:04d}")
        told = index.ask_history(lambda rows, path=path: log_of_file(rows, path))  # type: ignore[misc]
        asked = team.git("log", "--format=%H", "--full-history", "--no-renames", "--", path)
        assert {entry.commit for entry in told} == set(asked.split())


def edit(git: RealGit, kind: str, number: int, title: str) -> None:
    path = record_path(f"BUG-{number:04d}")
    there = (git.path / path).exists()
    match kind:
        case "rename" if there:
            (git.path / path).unlink()
            new = number + 4
            git("add", "-A")
            git.write(record_path(f"BUG-{new:04d}"), text_of(new, title, formerly=number))
        case "remove" if there:
            git("rm", "-q", path)
            git("commit", "-q", "-m", "Gone")
        case "break":
            git.write(
                path,
                f"schema: 1\nid: BUG-{number:04d}\ntitle: [{title}\n# {git('rev-parse', 'HEAD')}\n",
            )
        case "reset":
            git(
                "reset",
                "-q",
                "--hard",
                "HEAD~1" if int(git("rev-list", "--count", "HEAD")) > 1 else "HEAD",
            )
        case "merge":
            git("switch", "-q", "-c", "side")
            git.write("notes.txt", git("rev-parse", "HEAD"))
            git("switch", "-q", "main")
            git("merge", "-q", "--no-ff", "--no-edit", "side")
            git("branch", "-q", "-D", "side")
        case _:
            git.write(path, text_of(number, title) + f"# {git('rev-parse', 'HEAD')}\n")
