"""Records as they lie in a folder."""

from pathlib import Path

from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import life_at
from tests.real_git import RealGit
from tracker.model.policy import Policy
from tracker.operations.read_work_tree import read_work_tree


def test_a_folder_without_records_is_empty(tmp_path: Path) -> None:
    found = read_work_tree(tmp_path)

    assert found.records == ()
    assert found.policy == Policy()
    assert found.problems == ()
    assert found.tip is None


def test_records_are_read_without_git(tmp_path: Path) -> None:
    record = life_at("triaged").bug
    KnowledgeBase.at(tmp_path / "team", record)

    found = read_work_tree(tmp_path / "team")

    assert found.records == (record,)
    assert found.as_of == {}


def test_a_record_knows_the_commit_that_touched_it_last(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    touched = project.commit()
    project.write(life_at("reported").bug.model_copy(update={"id": "BUG-0002"}))
    newest = project.commit()

    found = read_work_tree(project.root)

    assert found.as_of["BUG-0001"].commit == touched
    assert found.as_of["BUG-0002"].commit == newest
    assert found.tip is not None
    assert found.tip.commit == newest
    assert not found.as_of["BUG-0001"].modified


def test_a_record_that_was_never_committed_has_no_commit(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.commit()
    project.write(life_at("reported").bug.model_copy(update={"id": "BUG-0002"}))

    assert "BUG-0002" not in read_work_tree(project.root).as_of


def test_an_edited_record_is_read_as_it_lies_there(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.commit()
    file = project.record_file("BUG-0001")
    file.write_text(file.read_text("utf-8").replace("Redemption fails", "Slow"), encoding="utf-8")

    found = read_work_tree(project.root)

    assert found.records[0].title == "Slow"
    assert found.as_of["BUG-0001"].modified


def test_a_broken_record_is_a_problem_and_stands_as_it_was_committed(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.commit()
    file = project.record_file("BUG-0001")
    file.write_text(file.read_text("utf-8") + "\nno such key: 1\n", encoding="utf-8")

    found = read_work_tree(project.root)

    assert [str(problem.place.path) for problem in found.problems] == ["bugs/000/BUG-0001.yaml"]
    assert [record.id for record in found.records] == ["BUG-0001"]


def test_a_broken_record_without_history_hides_no_other(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    broken = project.record_file("BUG-0002")
    broken.write_text("id: BUG-0002\n", encoding="utf-8")

    found = read_work_tree(project.root)

    assert [record.id for record in found.records] == ["BUG-0001"]
    assert {problem.place.path for problem in found.problems} == {"bugs/000/BUG-0002.yaml"}


def test_a_broken_policy_is_a_problem(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    (project.root / "bugs" / "policy.yaml").write_text("versoin: 1\n", encoding="utf-8")

    found = read_work_tree(project.root)

    assert [problem.place.path for problem in found.problems] == ["bugs/policy.yaml"]
    assert len(found.records) == 1


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret: 1\n", encoding="utf-8")
    project.record_file("BUG-0002").symlink_to(outside)

    found = read_work_tree(project.root)

    assert found.problems == ()
    assert len(found.records) == 1


def test_a_project_inside_a_repository_is_found(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "whole" / "team", life_at("triaged").bug)
    git = RealGit(tmp_path / "whole")
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Save")

    assert read_work_tree(project.root).as_of["BUG-0001"].commit == git("rev-parse", "HEAD")


def test_a_shallow_clone_names_the_oldest_commit_that_it_has(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.commit()
    project.write(life_at("reported").bug.model_copy(update={"id": "BUG-0002"}))
    newest = project.commit()
    address = f"file://{project.root}"
    RealGit(tmp_path)("clone", "--quiet", "--depth", "1", address, "shallow")

    found = read_work_tree(tmp_path / "shallow")

    assert found.as_of["BUG-0001"].commit == newest


def test_a_merge_does_not_claim_what_it_merged(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.commit()
    git = RealGit(project.root)
    trunk = git("symbolic-ref", "--short", "HEAD")
    git("checkout", "--quiet", "-b", "side")
    project.write(life_at("reported").bug.model_copy(update={"id": "BUG-0002"}))
    side = project.commit()
    git("checkout", "--quiet", trunk)
    project.write(life_at("reported").bug.model_copy(update={"id": "BUG-0003"}))
    project.commit()
    git("merge", "--quiet", "--no-edit", "side")

    assert read_work_tree(project.root).as_of["BUG-0002"].commit == side


def test_a_repository_without_a_commit_has_no_history(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    RealGit(project.root)("init", "--quiet")

    found = read_work_tree(project.root)

    assert len(found.records) == 1
    assert found.tip is None


def test_a_repository_without_records_has_a_tip(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team")
    newest = project.commit()

    found = read_work_tree(project.root)

    assert found.tip is not None
    assert found.tip.commit == newest


def test_a_folder_that_is_committed_as_a_file_has_no_records(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team")
    (project.root / "bugs").write_text("not a folder\n", encoding="utf-8")
    project.commit()

    assert read_work_tree(project.root).records == ()


def test_a_damaged_repository_does_not_hide_the_records(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.commit()
    (project.root / ".git" / "HEAD").write_text("ref: refs/heads/\n", encoding="utf-8")

    found = read_work_tree(project.root)

    assert len(found.records) == 1
    assert found.tip is None


def test_a_record_that_was_broken_when_it_was_committed_is_a_problem(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.record_file("BUG-0001").write_text("id: BUG-0001\n", encoding="utf-8")
    project.commit()

    found = read_work_tree(project.root)

    assert found.records == ()
    assert found.problems
