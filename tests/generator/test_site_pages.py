"""All pages of a folder: what is broken, what was renumbered, what time it is."""

from datetime import timedelta
from pathlib import Path

from generator.page_models.page import Page
from generator.site_pages import site_pages
from tests.builders.incident import REDIS, until
from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import START, life_at
from tests.builders.pages import pages_of
from tracker.operations.read_work_tree import WorkTree, read_work_tree


def _pages(tree: WorkTree) -> dict[str, Page]:
    return {page.path: page for page in site_pages(tree)}


def test_a_folder_without_records_has_its_index_pages(tmp_path: Path) -> None:
    assert {"bugs/index.md", "dashboard.md"} <= set(_pages(read_work_tree(tmp_path)))


def test_a_record_that_cannot_be_read_has_a_page_with_its_problems(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.record_file("BUG-0002").write_text("id: BUG-0002\n", encoding="utf-8")

    pages = _pages(read_work_tree(project.root))

    broken = pages["bugs/BUG-0002/index.md"]
    assert all("bugs/000/BUG-0002.yaml:1:1" in notice.sentence for notice in broken.notices)
    assert broken.notices == pages["dashboard.md"].notices == pages["bugs/index.md"].notices
    assert pages["bugs/BUG-0001/index.md"].notices == ()


def test_a_broken_edit_is_told_on_the_page_of_the_committed_version(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.commit()
    file = project.record_file("BUG-0001")
    file.write_text(file.read_text("utf-8") + "\nno-such-key: 1\n", encoding="utf-8")

    page = _pages(read_work_tree(project.root))["bugs/BUG-0001/index.md"]

    assert page.heading == "Redemption fails"
    assert "`no-such-key`" in page.notices[0].sentence


def test_a_broken_policy_is_told_on_the_index_pages_and_has_no_page(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    (project.root / "bugs" / "policy.yaml").write_text("versoin: 1\n", encoding="utf-8")

    pages = _pages(read_work_tree(project.root))

    assert "bugs/policy.yaml:1:1" in pages["dashboard.md"].notices[0].sentence
    assert not any("policy" in path for path in pages if path.startswith("bugs/"))


def test_an_old_number_has_a_page_unless_another_bug_took_it(tmp_path: Path) -> None:
    moved = life_at("reported").bug.model_copy(update={"formerly": ("BUG-0002", "BUG-0003")})
    other = life_at("reported").bug.model_copy(update={"id": "BUG-0003"})

    pages = _pages(read_work_tree(KnowledgeBase.at(tmp_path / "team", moved, other).root))

    assert pages["bugs/BUG-0002/index.md"].title == "BUG-0002 is now BUG-0001"
    assert pages["bugs/BUG-0003/index.md"].kind == "overview"


def test_clocks_without_git_stand_still_at_the_last_entry(tmp_path: Path) -> None:
    record = life_at("investigating").bug

    first = _pages(read_work_tree(KnowledgeBase.at(tmp_path / "a", record).root))
    second = _pages(read_work_tree(KnowledgeBase.at(tmp_path / "b", record).root))

    assert first == second


def test_a_clock_that_runs_is_read_against_the_given_moment() -> None:
    record = life_at("triaged", "P1").bug

    early = pages_of(record, now=START + timedelta(hours=7))["index"]
    late = pages_of(record, now=START + timedelta(hours=20))["index"]
    over = pages_of(record, now=START + timedelta(hours=25))["index"]

    assert "On track" in early
    assert "17 h left" in early
    assert "At risk" in late
    assert "Breached" in over
    assert "1 h over" in over


def test_the_next_step_of_a_hotfix_is_the_step_of_its_track() -> None:
    page = pages_of(until(REDIS, "hotfix-implement"))["index"]

    assert page.index("/hotfix test 789") < page.index("/bug approve 789")
