"""A build over an earlier one gives the bytes of a clean build, and touches only what changed.

`make edits` runs the random edits at a larger scale.
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from benchmarks.corpus import write_corpus
from generator.incremental_build import build_incrementally
from generator.last_build import CACHE, LastBuild
from generator.mkdocs_run import build_site
from generator.records_build import build_records
from generator.site_writer import Done
from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import life_at
from tracker.model.record import BugRecord
from tracker.store.record_file import read_record

pytestmark = pytest.mark.slow
BUGS = int(os.environ.get("BUGBOOK_TEST_BUGS", "24"))
EDITS = int(os.environ.get("BUGBOOK_TEST_EDITS", "200"))
GROUPS = 4
EDITS_OF_A_SINGLE = 30
"""After the groups, one build over a single edit for so many edits."""
_TICK = 0.02
"""Seconds after which a file system gives another time to a file."""


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


def _project(root: Path, bugs: int) -> KnowledgeBase:
    made = KnowledgeBase.at(root)
    write_corpus(root, bugs)
    return made


def _build(project: KnowledgeBase, out: Path, *, clean: bool = False) -> Done:
    return build_incrementally(load_config(str(project.root / "mkdocs.yml")), out, clean=clean)


def _build_as_asked(project: KnowledgeBase, out: Path) -> bool:
    """Build as the command does; whether MkDocs was not needed."""
    time.sleep(_TICK)
    last = LastBuild.asked(project.root / "mkdocs.yml", out, None)
    if last.standing() is None and last.is_framed and build_records(last, iter([last.look()])):
        return True
    build_site(last, out, audience=None, strict=False, clean=False)
    return False


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _times(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


class _Editor:
    """Somebody who changes records at random, the same way in each run."""

    def __init__(self, project: KnowledgeBase) -> None:
        self._project = project
        self._chance = random.Random(20260301)  # noqa: S311 - not for secrets
        self._next = BUGS + 1

    def edit(self) -> None:
        kinds: tuple[Callable[[], None], ...] = (
            self._retitle,
            self._retitle,
            self._relate,
            self._remove,
            self._add,
            self._renumber,
            self._become_another,
            self._share_a_part,
            self._rename_a_component,
        )
        self._chance.choice(kinds)()
        if self._chance.random() < 0.1:
            self._retitle()
            self._project.commit()

    def _files(self) -> list[Path]:
        return sorted((self._project.root / "bugs").glob("*/*.yaml"))

    def _any(self) -> BugRecord:
        return self._read(self._chance.choice(self._files()))

    def _read(self, path: Path) -> BugRecord:
        return read_record(path.read_bytes(), path.relative_to(self._project.root).as_posix())

    def _retitle(self) -> None:
        record = self._any()
        told = f"{record.title.split(' (')[0]} ({self._chance.randrange(10_000)})"
        self._project.write(record.model_copy(update={"title": told}))

    def _relate(self) -> None:
        values = self._any().model_dump(mode="json", by_alias=True, exclude_unset=True)
        values["related"] = [{"ref": self._any().id, "kind": "similar"}]
        self._project.write(BugRecord.model_validate(values))

    def _remove(self) -> None:
        if len(self._files()) > BUGS // 2:
            self._chance.choice(self._files()).unlink()

    def _add(self) -> None:
        self._project.write(self._any().model_copy(update={"id": f"BUG-{self._next:04}"}))
        self._next += 1

    def _renumber(self) -> None:
        record = self._any()
        self._project.record_file(record.id).unlink()
        told = {"id": f"BUG-{self._next:04}", "formerly": (*record.formerly, record.id)}
        self._project.write(record.model_copy(update=told))
        self._next += 1

    def _become_another(self) -> None:
        """Move a bug into all groups of another one, its status and month among them."""
        record = self._any()
        self._project.write(self._any().model_copy(update={"id": record.id, "formerly": ()}))

    def _share_a_part(self) -> None:
        """Move a bug into some groups of another one."""
        name = self._chance.choice(("environment", "assignment", "actions", "postmortem"))
        given = {name: getattr(self._any(), name)}
        self._project.write(self._any().model_copy(update=given))

    def _rename_a_component(self) -> None:
        named = (name for path in self._files() for name in self._read(path).environment.components)
        old, new = self._chance.choice(sorted({*named})), f"part-{self._chance.randrange(100)}"
        for path in self._files():
            text = path.read_text("utf-8")
            if f"- {old}\n" in text:
                path.write_text(text.replace(f"- {old}\n", f"- {new}\n"), "utf-8")

    def change_the_policy(self) -> None:
        """Give the worst bugs another target."""
        path, hours = self._project.root / "bugs" / "policy.yaml", self._chance.randrange(5, 40)
        told = path.read_text("utf-8").replace("fix_within: 4h", f"fix_within: {hours}h", 1)
        path.write_text(told, "utf-8")


def test_builds_over_random_edits_give_the_bytes_of_a_clean_build(tmp_path: Path) -> None:
    project = _project(tmp_path / "team", BUGS)
    project.commit()
    out, anew = tmp_path / "out", tmp_path / "anew"
    _build_as_asked(project, out)
    editor = _Editor(project)

    quick = 0
    for _ in range(GROUPS):
        for _ in range(EDITS // GROUPS):
            editor.edit()
        quick += _build_as_asked(project, out)
    editor.change_the_policy()
    quick += _build_as_asked(project, out)
    for _ in range(EDITS // EDITS_OF_A_SINGLE):
        editor.edit()
        quick += _build_as_asked(project, out)
    _build(project, anew, clean=True)

    assert quick
    assert _differences(out, anew) == []


def _differences(grown: Path, clean: Path) -> list[str]:
    ours, theirs = _bytes(grown), _bytes(clean)
    assert ours.keys() == theirs.keys()
    return [path for path, data in theirs.items() if ours[path] != data]


def test_nothing_is_touched_when_nothing_changed(tmp_path: Path) -> None:
    project = _project(tmp_path / "team", 3)
    project.commit()
    _build(project, tmp_path / "out")
    before = _times(tmp_path / "out")

    done = _build(project, tmp_path / "out")

    assert _times(tmp_path / "out") == before
    assert done.counts.pages == done.counts.reused


def test_a_saved_record_changes_its_own_pages_and_those_of_all(tmp_path: Path) -> None:
    project = _project(tmp_path / "team", 3)
    project.commit()
    _build(project, tmp_path / "out")
    before = _times(tmp_path / "out")
    file = project.record_file("BUG-0002")
    file.write_text(file.read_text("utf-8").replace("title: ", "title: Again, "), "utf-8")

    _build(project, tmp_path / "out")

    after = _times(tmp_path / "out")
    touched = {path for path, time in after.items() if before.get(path) != time}
    assert "bugs/BUG-0002/index.html" in touched
    assert "bugs/index.html" in touched
    assert not any("BUG-0001" in path or "BUG-0003" in path for path in touched)


def test_a_page_that_somebody_deleted_or_changed_is_written_again(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    _build(project, tmp_path / "out")
    before = _bytes(tmp_path / "out")
    (tmp_path / "out" / "bugs" / "BUG-0001" / "index.html").unlink()
    (tmp_path / "out" / "index.html").write_text("spoiled", encoding="utf-8")

    _build(project, tmp_path / "out")

    assert _bytes(tmp_path / "out") == before


def test_pages_of_a_record_that_is_gone_are_removed(tmp_path: Path) -> None:
    other = life_at("reported").bug.model_copy(update={"id": "BUG-0002"})
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug, other)
    _build(project, tmp_path / "out")
    project.record_file("BUG-0002").unlink()

    _build(project, tmp_path / "out")

    assert (tmp_path / "out" / "bugs" / "BUG-0001").is_dir()
    assert not (tmp_path / "out" / "bugs" / "BUG-0002").exists()


def test_a_link_to_a_record_that_is_gone_is_a_link_no_more(tmp_path: Path) -> None:
    other = life_at("reported").bug.model_copy(update={"id": "BUG-0002"})
    values = life_at("triaged").bug.model_dump(mode="json", by_alias=True, exclude_unset=True)
    values["related"] = [{"ref": "BUG-0002", "kind": "similar"}]
    project = KnowledgeBase.at(tmp_path / "team", BugRecord.model_validate(values), other)
    page = tmp_path / "out" / "bugs" / "BUG-0001" / "index.html"
    _build(project, tmp_path / "out")
    linked = page.read_text("utf-8")
    project.record_file("BUG-0002").unlink()

    _build(project, tmp_path / "out")

    link = 'href="../BUG-0002/"'
    assert (link in linked, link in page.read_text("utf-8")) == (True, False)


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    _build(project, tmp_path / "out")
    before = _bytes(tmp_path / "out")
    for kept in (project.root / CACHE).rglob("*"):
        if kept.is_file():
            kept.write_bytes(b"\x00" * 200)

    _build(project, tmp_path / "out")

    assert _bytes(tmp_path / "out") == before


def test_a_build_that_fails_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    _build(project, tmp_path / "out")
    before = _bytes(tmp_path / "out")
    project.record_file("BUG-0001").write_text("id: BUG-0001\n", encoding="utf-8")

    with pytest.raises(Abort):
        _build(project, tmp_path / "out")

    assert _bytes(tmp_path / "out") == before


def test_mkdocs_itself_builds_the_same_bytes(tmp_path: Path) -> None:
    project = _project(tmp_path / "team", 3)
    project.commit()
    _build(project, tmp_path / "ours")

    assert project.build(tmp_path / "theirs").returncode == 0
    assert _bytes(tmp_path / "ours") == _bytes(tmp_path / "theirs")
