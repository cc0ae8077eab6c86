"""`bugbook site export`: the pages as Markdown, which Zensical builds."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.command import site
from tests.builders.incident import NFC, finished
from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import life_at
from tracker.model.record import BugRecord

pytestmark = pytest.mark.slow


class _Page(HTMLParser):
    """Where a page leads, and what headings it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.headings: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and not urlsplit(given.get("href", "")).netloc:
            self.links.add(given.get("href", ""))
        if tag in {"h2", "h3"} and "id" in given:
            self.headings.add(given["id"])


def _records() -> tuple[BugRecord, ...]:
    strange = life_at("triaged").bug.model_copy(
        update={"id": "BUG-0007", "title": "<script>alert(1)</script> {{ config }} [x](y)"}
    )
    return finished(NFC), strange


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    made = KnowledgeBase.at(tmp_path / "team", *_records())
    welcome = "---\ntitle: Home\ntemplate: home.html\n---\n"
    (made.root / "docs" / "index.md").write_text(welcome, encoding="utf-8")
    (made.root / "docs" / "rules.md").write_text("# Rules\n\n[Now](dashboard.md#clocks)\n", "utf-8")
    monkeypatch.chdir(made.root)
    return made


def _export(folder: Path) -> Result:
    return CliRunner().invoke(site, ["export", str(folder)])


def _zensical(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zensical", "build"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def _broken(folder: Path) -> set[str]:
    broken = set()
    for path in folder.rglob("*.html"):
        here = path.parent.relative_to(folder).as_posix()
        for link in _Page(path.read_text("utf-8")).links:
            way = unquote(urlsplit(link).path)
            target = folder / normpath(f"{here}/{way}" if way else here)
            if not way.startswith("/") and not (
                target.is_file() or (target / "index.html").is_file()
            ):
                broken.add(f"{here}: {link}")
    return broken


@pytest.mark.usefixtures("project")
def test_zensical_builds_every_page_of_an_export_and_its_titles_stay_text(tmp_path: Path) -> None:
    out = tmp_path / "out"

    answer = _export(out)
    built = _zensical(out)

    assert answer.exit_code == 0, answer.output
    assert built.returncode == 0, built.stdout + built.stderr
    written = {path.relative_to(out / "docs") for path in (out / "docs").rglob("*.md")}
    assert len(written) > 30
    for path in written:
        address = path.parent if path.name == "index.md" else path.with_suffix("")
        assert (out / "site" / address / "index.html").is_file(), path
    assert _broken(out / "site") == set()
    overview = _Page((out / "site/bugs/BUG-0456/index.html").read_text("utf-8"))
    assert {"clocks", "what-happened"} <= overview.headings
    strange = (out / "site/bugs/BUG-0007/index.html").read_text("utf-8")
    assert "<script>alert" not in strange
    assert "<title>BUG-0007 &lt;script&gt;alert(1)&lt;/script&gt; {{ config }} [x](y)" in strange


@pytest.mark.usefixtures("project")
def test_plain_mkdocs_builds_an_export_without_a_warning(tmp_path: Path) -> None:
    _export(tmp_path / "out")

    built = KnowledgeBase(tmp_path / "out").build(tmp_path / "plain")

    assert built.returncode == 0, built.stderr
    assert (tmp_path / "plain/bugs/BUG-0456/post-mortem/index.html").is_file()


def test_an_export_has_guides_and_data_beside_the_pages(
    project: KnowledgeBase, tmp_path: Path
) -> None:
    _export(tmp_path / "out")
    docs = tmp_path / "out" / "docs"

    assert (docs / "rules.md").read_text("utf-8") == (
        "# Rules\n\n[Now](dashboard/index.md#clocks)\n"
    )
    assert "[Dashboard](dashboard/index.md)" in (docs / "index.md").read_text("utf-8")
    assert (docs / "bugs/BUG-0456/BUG-0456.yaml").read_bytes() == project.record_file(
        "BUG-0456"
    ).read_bytes()
    assert (docs / "api/bugs.json").is_file()
    settings = yaml.safe_load((tmp_path / "out" / "mkdocs.yml").read_text("utf-8"))
    assert (settings["site_name"], settings["plugins"]) == ("Scratch", ["search"])


def test_a_second_export_removes_pages_that_are_gone_and_nothing_else(
    project: KnowledgeBase, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    _export(out)
    (out / "docs" / "ours.md").write_text("# Ours\n", encoding="utf-8")
    kept = (out / "docs/bugs/BUG-0456/index.md").stat().st_mtime_ns
    project.record_file("BUG-0007").unlink()

    answer = _export(out)

    assert answer.exit_code == 0, answer.output
    assert not (out / "docs/bugs/BUG-0007/index.md").exists()
    assert (out / "docs/ours.md").is_file()
    assert (out / "docs/bugs/BUG-0456/index.md").stat().st_mtime_ns == kept


@pytest.mark.usefixtures("project")
def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")

    answer = _export(tmp_path / "mine")

    assert answer.exit_code == 1
    assert "holds files that no export wrote" in answer.output
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_an_export_into_the_guides_is_refused(project: KnowledgeBase) -> None:
    answer = _export(project.root / "docs" / "out")

    assert answer.exit_code == 1
    assert "Choose a folder elsewhere" in answer.output


def test_a_broken_record_ends_an_export_before_it_writes(
    project: KnowledgeBase, tmp_path: Path
) -> None:
    project.record_file("BUG-0007").write_text("id: BUG-0007\n", encoding="utf-8")

    answer = _export(tmp_path / "out")

    assert answer.exit_code == 1
    assert "bugs/000/BUG-0007.yaml:1:1" in answer.output
    assert not (tmp_path / "out").exists()
