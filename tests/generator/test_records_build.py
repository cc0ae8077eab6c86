"""Where only records changed, a build without MkDocs gives the bytes of a build with it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from click import ClickException
from mkdocs.config import load_config

from generator.incremental_build import build_incrementally
from generator.knowledge_base import knowledge_base, setting_of
from generator.last_build import CACHE, LastBuild
from generator.making import code_version
from generator.mkdocs_run import build_site
from generator.page_cache import PageCache
from generator.records_build import build_records
from generator.site_address import SiteAddress
from generator.site_writer import Done
from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import life_at
from tracker.operations.read_revisions import FileHistories
from tracker.operations.read_work_tree import list_work_tree

pytestmark = pytest.mark.slow
_TICK = 0.02
"""Seconds after which a file system gives another time to a file."""


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


@pytest.fixture
def project(tmp_path: Path) -> KnowledgeBase:
    """Two bugs, of which one has every document, and a guide that leads to both; it is built."""
    reported = life_at("reported").bug.model_copy(update={"id": "BUG-0002"})
    made = KnowledgeBase.at(tmp_path / "team", life_at("closed").bug, reported)
    guide = "See [one](bugs/BUG-0001/index.md) and [another](bugs/BUG-0002/index.md).\n"
    (made.root / "docs" / "guide.md").write_text(guide, encoding="utf-8")
    configuration = made.root / "mkdocs.yml"
    kept = configuration.read_text("utf-8")
    configuration.write_text(f"site_url: https://bugs.example.com/\n{kept}", encoding="utf-8")
    made.commit()
    last = _asked(made)
    build_site(last, _out(made), audience=None, strict=False, clean=False)
    return made


def _out(project: KnowledgeBase) -> Path:
    return project.root.parent / "out"


def _asked(project: KnowledgeBase) -> LastBuild:
    time.sleep(_TICK)
    last = LastBuild.asked(project.root / "mkdocs.yml", _out(project), None)
    assert last.standing() is None
    return last


def _build(project: KnowledgeBase) -> Done | None:
    last = _asked(project)
    return build_records(last, iter([last.look()]))


def _retitle(project: KnowledgeBase) -> None:
    path = project.record_file("BUG-0001")
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Again, ", 1), "utf-8")


def _retitle_and_commit(project: KnowledgeBase) -> None:
    _retitle(project)
    project.commit()


def _add_a_bug(project: KnowledgeBase) -> None:
    project.write(life_at("triaged").bug.model_copy(update={"id": "BUG-0003"}))


def _attach_a_file(project: KnowledgeBase) -> None:
    (project.record_file("BUG-0002").parent / "BUG-0002").mkdir()
    (project.record_file("BUG-0002").parent / "BUG-0002" / "a.txt").write_text("a", "utf-8")


def _differences(ours: Path, theirs: Path) -> list[str]:
    found, wanted = _bytes(ours), _bytes(theirs)
    assert found.keys() == wanted.keys()
    return [path for path, data in wanted.items() if found[path] != data]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_only_records_changed(project: KnowledgeBase, tmp_path: Path) -> None:
    for change in (_retitle, _retitle_and_commit, _add_a_bug, _attach_a_file):
        change(project)
        assert _build(project) is not None, change

    last = LastBuild.asked(project.root / "mkdocs.yml", _out(project), None)
    assert last.standing() is not None
    config = load_config(str(project.root / "mkdocs.yml"))
    build_incrementally(config, tmp_path / "anew", clean=True)
    assert _differences(_out(project), tmp_path / "anew") == []


def _remove_a_bug_that_a_guide_leads_to(project: KnowledgeBase) -> None:
    project.record_file("BUG-0002").unlink()


def _break_a_record(project: KnowledgeBase) -> None:
    project.record_file("BUG-0002").write_text("id: BUG-0002\n", encoding="utf-8")


def _commit_on_another_day(project: KnowledgeBase) -> None:
    subprocess.run(
        ["git", "commit", "--quiet", "--allow-empty", "--message", "Later"],
        cwd=project.root,
        check=True,
        env={"GIT_COMMITTER_DATE": "2031-01-01T00:00:00Z", "PATH": "/usr/bin:/bin", **_NOBODY},
    )


_NOBODY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
}


_LEFT_TO_MKDOCS = (_break_a_record, _remove_a_bug_that_a_guide_leads_to, _commit_on_another_day)


def test_what_mkdocs_alone_can_show_is_left_to_it(project: KnowledgeBase) -> None:
    before = _bytes(_out(project))
    kept_at = next((project.root / CACHE).glob("last-*.json"))
    kept, record = kept_at.read_bytes(), project.record_file("BUG-0002").read_bytes()

    for change in _LEFT_TO_MKDOCS:
        change(project)
        assert _build(project) is None, change
        assert _bytes(_out(project)) == before
        kept_at.write_bytes(kept)
        project.record_file("BUG-0002").write_bytes(record)
    (project.root / "docs" / "guide.md").write_text("# Other\n", encoding="utf-8")
    assert not _asked(project).is_framed


def test_a_cache_that_somebody_committed_is_not_believed(
    project: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    (project.root / ".gitignore").unlink()
    project.commit()
    _retitle(project)

    assert _build(project) is None
    with pytest.raises(ClickException, match="not built"):
        build_site(_asked(project), _out(project), audience=None, strict=False, clean=False)
    assert "is in git, but what a build keeps there is believed" in caplog.text


def test_mkdocs_is_not_loaded() -> None:
    code = (
        "import sys, generator.records_build; "
        "print(sorted({'bot', 'markdown', 'material', 'mkdocs'} & set(sys.modules)))"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "[]\n"


def test_a_record_that_is_saved_while_pages_are_made_is_made_again(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    file = project.record_file("BUG-0001")
    text = file.read_text("utf-8")
    title = life_at("triaged").bug.title

    def titles(saved: str) -> list[str]:
        """The bugs' titles on the pages, where a record is saved after it was looked at."""
        tree = list_work_tree(project.root)
        file.write_text(saved, encoding="utf-8")
        setting = setting_of(tree, SiteAddress(name="Bugs"), commits_at="")
        with PageCache.open(tmp_path / "pages.sqlite", code_version()) as cache:
            base = knowledge_base(
                tree, cache, setting, found=(), progress=lambda *_: None, past=FileHistories()
            )
            return [facts.title for facts in base.bugs.facts.values()]

    assert titles(text.replace(title, "Saved meanwhile")) == ["BUG-0001 Saved meanwhile"]
    file.write_text(text, encoding="utf-8")
    assert titles(text) == [f"BUG-0001 {title}"]
