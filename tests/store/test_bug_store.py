"""Records at a commit: one, all, broken ones, the next number, the policy."""

from pathlib import Path

import pytest

from tests.real_git import RealGit, new_work_tree
from tests.store.acting import Replica, replica, report
from tracker.model.bug_id import IdStyle
from tracker.model.bug_number import id_in_path
from tracker.model.policy import Policy
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.bug_store import BugStore
from tracker.store.outcome import Recorded


@pytest.fixture
def team(tmp_path: Path) -> RealGit:
    return new_work_tree(tmp_path / "team")


@pytest.fixture
def one(tmp_path: Path, team: RealGit) -> Replica:
    return replica(tmp_path / "data", team.path)


def newest(one: Replica) -> tuple[BugStore, str | None]:
    with one.path.clone.writing() as writer:
        return one.store, writer.fetch()


def test_an_empty_repository_has_no_bugs_and_the_default_policy(one: Replica) -> None:
    store, tip = newest(one)
    assert tip is None
    assert store.all_bugs(tip).records == ()
    assert store.ids(tip) == ()
    assert store.load("BUG-0001", tip) is None
    assert store.policy(tip) == Policy()
    assert store.next_id(IdStyle(), tip) == "BUG-0001"
    one.close()


def test_a_broken_file_is_a_problem_and_hides_no_other(one: Replica, team: RealGit) -> None:
    assert isinstance(one.act("r-1", report("First")), Recorded)
    assert isinstance(one.act("r-2", report("Second")), Recorded)
    team.write("bugs/000/BUG-0003.yaml", "title: [\n")
    team.write("bugs/000/notes.yaml", "title: No record\n")
    team.write("bugs/000/BUG-0001/screen.yaml", "an attachment\n")
    store, tip = newest(one)
    for _ in range(2):  # the second time from memory
        bugs = store.all_bugs(tip)
        assert [record.title for record in bugs.records] == ["First", "Second"]
        assert {problem.place.path for problem in bugs.problems} == {
            "bugs/000/BUG-0003.yaml",
            "bugs/000/notes.yaml",
        }
    assert store.ids(tip) == ("BUG-0001", "BUG-0002", "BUG-0003")
    with pytest.raises(ProblemsFound):
        store.load("BUG-0003", tip)
    one.close()


def test_each_kind_of_number_counts_for_itself(one: Replica, team: RealGit) -> None:
    for name in ("000/BUG-0999", "001/BUG-1000", "000/DH-789"):
        team.write(f"bugs/{name}.yaml", "x\n")
    store, tip = newest(one)
    assert store.next_id(IdStyle(), tip) == "BUG-1001"
    assert store.next_id(IdStyle(prefix="DH", width=3), tip) == "DH-790"
    assert store.next_id(IdStyle(prefix="OPS"), tip) == "OPS-0001"
    one.close()


def test_a_commit_is_read_as_it_was(one: Replica, team: RealGit) -> None:
    one.act("r-1", report("First"))
    then = one.path.clone.tip()
    file = team.path / "bugs/000/BUG-0001.yaml"
    team.write("bugs/000/BUG-0001.yaml", file.read_text().replace("title: First", "title: Later"))
    store, now = newest(one)
    assert [store.all_bugs(at).records[0].title for at in (then, now)] == ["First", "Later"]
    one.close()


def test_the_policy_of_the_team_is_read_and_its_mistakes_told(one: Replica, team: RealGit) -> None:
    team.write("bugs/policy.yaml", "ids:\n- {prefix: DH, width: 3}\n")
    store, tip = newest(one)
    assert store.policy(tip).ids[0].of(7) == "DH-007"
    team.write("bugs/policy.yaml", "idz: []\n")
    store, tip = newest(one)
    with pytest.raises(ProblemsFound, match="did you mean `ids`"):
        store.policy(tip)
    one.close()


@pytest.mark.parametrize(
    "path",
    [
        "bugs/000/bug-0001.yaml",
        "bugs/001/BUG-0001.yaml",
        "bugs/000/BUG-0001.yml",
        "bugs/policy.yaml",
        "x/bugs/000/BUG-0001.yaml",
        "bugs/000/BUG-0001/BUG-0001.yaml",
    ],
)
def test_only_a_records_own_path_names_a_bug(path: str) -> None:
    assert id_in_path("bugs/000/BUG-0001.yaml") == "BUG-0001"
    assert id_in_path(path) is None


def test_what_is_kept_of_many_records_is_read_again_only_where_something_changed(
    one: Replica, team: RealGit
) -> None:
    one.act("r-1", report("First"))
    one.act("r-2", report("Second"))
    team.write("bugs/000/BUG-0003.yaml", "title: [\n")
    read: list[str] = []

    def title(record: BugRecord) -> str:
        read.append(record.id)
        return record.title

    def titles(as_of: str) -> tuple[str, ...]:
        store, tip = newest(one)
        return store.in_brief(store.paths(tip).items(), title, as_of=as_of)

    assert titles("now") == titles("now") == ("First", "Second")
    assert read == ["BUG-0001", "BUG-0002"]
    file = team.path / "bugs/000/BUG-0002.yaml"
    team.write("bugs/000/BUG-0002.yaml", file.read_text().replace("title: Second", "title: Later"))
    assert titles("now") == ("First", "Later")
    assert read[2:] == ["BUG-0002"]
    assert titles("later") == ("First", "Later")
    assert read[3:] == ["BUG-0001", "BUG-0002"]
    one.close()
