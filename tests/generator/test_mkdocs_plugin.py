"""The real MkDocs, strict, on a project with records."""

import json
import re
from html import escape
from pathlib import Path

import pytest

from tests.builders.incident import NFC, finished
from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import life_at

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(_guarded_session: None, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Two records, one of them closed, both committed."""
    root = tmp_path_factory.mktemp("project")
    made = KnowledgeBase.at(root / "team", finished(NFC), life_at("triaged").bug)
    made.commit()
    return made


@pytest.fixture(scope="module")
def site(project: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the strict build."""
    out = tmp_path_factory.mktemp("site")
    answer = project.build(out)
    assert answer.returncode == 0, answer.stderr
    return out


def test_a_strict_build_makes_a_page_for_each_document(site: Path) -> None:
    for page in ("", "root-cause", "hotfix", "release-notes", "post-mortem"):
        assert (site / "bugs" / "BUG-0456" / page / "index.html").is_file()
    assert (site / "bugs" / "index.html").is_file()
    assert (site / "dashboard" / "index.html").is_file()


def test_two_builds_of_one_commit_are_the_same_bytes(
    project: KnowledgeBase, site: Path, tmp_path: Path
) -> None:
    assert project.build(tmp_path).returncode == 0

    first = {path.relative_to(site): path.read_bytes() for path in site.rglob("*.html")}
    second = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.html")}
    assert first == second
    index = "search/search_index.json"
    assert (site / index).read_bytes() == (tmp_path / index).read_bytes()


def test_the_search_knows_the_words_of_a_bug_and_what_its_result_shows(site: Path) -> None:
    words = json.loads((site / "search" / "words" / "nf.json").read_text("utf-8"))
    bugs = json.loads((site / "search" / "bugs.json").read_text("utf-8"))
    shown = json.loads((site / "search" / "shown" / "7.json").read_text("utf-8"))

    assert words["nfc"].startswith("8:")
    assert bugs["prefixes"] == ["BUG"]
    assert shown["456"][:2] == [f"BUG-0456 {finished(NFC).title}", "bugs/BUG-0456/"]


def test_the_index_of_the_guides_has_no_bug(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))

    assert not any("BUG-" in entry["location"] for entry in index["docs"])


def test_a_page_leads_to_its_record_to_edit_it(site: Path) -> None:
    page = (site / "bugs" / "BUG-0456" / "index.html").read_text("utf-8")

    assert "https://example.com/team/bugs/edit/main/bugs/000/BUG-0456.yaml" in page


def test_a_page_names_the_commit_of_its_record(project: KnowledgeBase, site: Path) -> None:
    page = (site / "bugs" / "BUG-0456" / "index.html").read_text("utf-8")
    commit = re.search(r"as of commit <a [^>]*><code>([0-9a-f]{40})</code>", page)

    assert commit is not None
    assert (project.root / ".git").is_dir()


def test_menus_lead_to_the_index_pages_and_to_no_record(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")

    assert 'href="bugs/"' in page
    assert 'href="dashboard/"' in page
    assert "BUG-0456" not in page


def test_the_table_of_contents_lists_the_sections(site: Path) -> None:
    page = (site / "bugs" / "BUG-0456" / "post-mortem" / "index.html").read_text("utf-8")

    assert '<a href="#what-went-well" class="md-nav__link">' in page


def test_a_title_full_of_markup_is_text_in_every_part_of_the_theme(tmp_path: Path) -> None:
    spell = "</title><script>alert(1)</script><img src=x onerror=alert(2)> & {{ config }}"
    bug = life_at("triaged").bug.model_copy(update={"title": spell})
    out = tmp_path / "out"

    answer = KnowledgeBase.at(tmp_path / "team", bug).build(out)

    assert answer.returncode == 0, answer.stderr
    pages = {path: path.read_text("utf-8") for path in out.rglob("*.html")}
    assert any(escape(spell, quote=False) in html for html in pages.values())
    for path, html in pages.items():
        assert "<script>alert" not in html, path
        assert "<img src=x" not in html, path


def test_a_mistake_in_a_record_ends_the_build_with_its_place(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    file = project.record_file("BUG-0001")
    file.write_text(file.read_text("utf-8").replace("status: triaged", "status: treaged"), "utf-8")

    answer = project.build(tmp_path / "out")

    assert answer.returncode != 0
    assert re.search(r"bugs/000/BUG-0001\.yaml:\d+:\d+: .*`triaged`", answer.stderr)


def test_a_record_that_contradicts_itself_or_the_policy_ends_a_strict_build(
    tmp_path: Path,
) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    file = project.record_file("BUG-0001")
    text = file.read_text("utf-8").replace("status: triaged", "status: verified")
    file.write_text(text.replace("category: Caching", "category: Weather"), "utf-8")

    strict = project.build(tmp_path / "out")
    lenient = project.build(tmp_path / "out", "--no-strict")

    assert strict.returncode != 0
    assert re.search(
        r"bugs/000/BUG-0001\.yaml:5:9: .*the timeline ends at `triaged`", strict.stderr
    )
    assert re.search(r"bugs/000/BUG-0001\.yaml:\d+:\d+: `Weather` is not a category", strict.stderr)
    assert lenient.returncode == 0, lenient.stderr


def test_what_a_record_leans_on_and_is_not_there_ends_a_strict_build(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.lean_on_nothing("BUG-0001")

    strict = project.build(tmp_path / "out")

    assert strict.returncode != 0
    assert "bugs/000/BUG-0001.yaml:8:10: There is no BUG-9999" in strict.stderr
    assert re.search(r"BUG-0001\.yaml:\d+:\d+: There is no file `gone\.log`", strict.stderr)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    first, second = life_at("triaged").bug, life_at("reported").bug
    project = KnowledgeBase.at(
        tmp_path / "team", first, second.model_copy(update={"id": "BUG-0002"})
    )
    for bug_id in ("BUG-0001", "BUG-0002"):
        file = project.record_file(bug_id)
        file.write_text(file.read_text("utf-8") + "\nstatuss: closed\n", encoding="utf-8")

    answer = project.build(tmp_path / "out")

    assert "bugs/000/BUG-0001.yaml:" in answer.stderr
    assert "bugs/000/BUG-0002.yaml:" in answer.stderr


def test_a_project_without_records_builds_and_says_so(tmp_path: Path) -> None:
    answer = KnowledgeBase.at(tmp_path / "team").build(tmp_path / "out")

    assert answer.returncode == 0, answer.stderr
    page = (tmp_path / "out" / "bugs" / "index.html").read_text("utf-8")
    assert "No bug is recorded yet." in page


def test_pages_without_directories_link_to_one_another(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", finished(NFC))

    assert project.build(tmp_path / "out", "--no-directory-urls").returncode == 0
    page = (tmp_path / "out" / "bugs" / "BUG-0456" / "index.html").read_text("utf-8")
    assert 'href="release-notes.html"' in page


def test_an_old_number_leads_to_the_new_one(tmp_path: Path) -> None:
    record = life_at("reported").bug.model_copy(update={"formerly": ("BUG-0007",)})

    assert KnowledgeBase.at(tmp_path / "team", record).build(tmp_path / "out").returncode == 0
    page = (tmp_path / "out" / "bugs" / "BUG-0007" / "index.html").read_text("utf-8")
    assert 'href="../BUG-0001/"' in page
