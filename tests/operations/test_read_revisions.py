"""The history of a record in a real repository."""

from pathlib import Path

from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import life_at
from tests.real_git import RealGit
from tracker.model.bug_id import record_path
from tracker.operations.read_revisions import Versions, list_revisions
from tracker.workflow.field_changes import Revision


def revisions(root: Path, memory: Path | None = None) -> tuple[Revision, ...]:
    commits = list_revisions(root, memory).by_path.get(record_path("BUG-0001"), ())
    return Versions(root).compared(commits)


def test_each_commit_tells_the_fields_that_it_changed(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("reported").bug)
    project.commit()
    project.write(life_at("triaged").bug)
    project.commit()

    newest, first = revisions(project.root)

    assert first.first
    assert first.changes == ()
    assert newest.changes is not None
    assert "status" in [change.field for change in newest.changes]
    assert (newest.subject, len(newest.commit)) == ("Save", 40)


def test_a_merge_tells_only_what_no_branch_told(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("reported").bug)
    project.commit()
    git = RealGit(project.root)
    git("branch", "side")
    (project.root / "docs" / "index.md").write_text("# Other\n", encoding="utf-8")
    project.commit()
    git("checkout", "--quiet", "side")
    project.write(life_at("triaged").bug)
    project.commit()
    git("checkout", "--quiet", "-")
    git("merge", "--quiet", "--no-edit", "side")

    assert len(revisions(project.root)) == 2


def test_a_version_that_cannot_be_read_is_not_compared(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("reported").bug)
    project.commit()
    file = project.record_file("BUG-0001")
    file.write_text("a: [\n", encoding="utf-8")
    project.commit()

    assert revisions(project.root)[0].changes is None


def test_a_folder_without_git_has_no_history(tmp_path: Path) -> None:
    root = KnowledgeBase.at(tmp_path / "team", life_at("reported").bug).root

    assert (revisions(root), list_revisions(root).remote) == ((), "")


def test_what_is_remembered_is_continued_and_nothing_else_is_told(tmp_path: Path) -> None:
    project, memory = KnowledgeBase.at(tmp_path / "team", life_at("reported").bug), tmp_path / "m"
    project.commit()
    first = revisions(project.root, memory)
    project.write(life_at("triaged").bug)
    project.commit()

    assert revisions(project.root, memory) == revisions(project.root)
    assert revisions(project.root, memory)[1:] == first


def test_a_memory_of_another_history_is_not_believed(tmp_path: Path) -> None:
    project, memory = KnowledgeBase.at(tmp_path / "team", life_at("reported").bug), tmp_path / "m"
    project.commit()
    revisions(project.root, memory)
    RealGit(project.root)("commit", "--quiet", "--amend", "--message", "Otherwise")

    assert [each.subject for each in revisions(project.root, memory)] == ["Otherwise"]
    memory.write_text("not json", encoding="utf-8")
    assert len(revisions(project.root, memory)) == 1
