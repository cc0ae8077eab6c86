"""A build that has nothing to do ends before MkDocs is loaded, and no other build does."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config

from generator.build_sources import build_sources
from generator.command import site
from generator.last_build import LastBuild, Sources, git_files
from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import life_at
from tests.real_git import RealGit

_TICK = 0.02
"""Seconds after which a file system gives another time to a file."""


@dataclass(frozen=True)
class _Project:
    """A project whose build is kept."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "public"

    @property
    def record(self) -> Path:
        return self.root / "bugs" / "000" / "BUG-0001.yaml"

    @property
    def sources(self) -> Sources:
        return Sources(
            frame=(self.root / "docs",), records=(self.root / "bugs",), commits_of=(self.root,)
        )

    def asked(self) -> LastBuild:
        return LastBuild.asked(self.root / "mkdocs.yml", self.out, None)

    def stands(self) -> bool:
        return self.asked().standing() is not None


@pytest.fixture
def project(tmp_path: Path) -> _Project:
    made = _Project(tmp_path / "team")
    for path in (made.record, made.root / "docs" / "index.md", made.out / "bugs" / "index.html"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as it is", encoding="utf-8")
    (made.root / "mkdocs.yml").write_text("site_url: !ENV BUGBOOK_SITE_URL\n", encoding="utf-8")
    RealGit(made.root)("init", "--quiet")
    RealGit(made.root)("add", "--all")
    RealGit(made.root)("commit", "--quiet", "--message", "Begin")
    time.sleep(_TICK)
    last = made.asked()
    last.begin(made.sources)
    last.keep(made.out, 7)
    return made


def test_a_site_stands_while_nothing_changes(project: _Project) -> None:
    found = project.asked().standing()

    assert found is not None
    assert (found.folder, found.words) == (project.out, "0 pages built, 7 reused")


def _rewrite_in_the_same_size(project: _Project) -> None:
    project.record.write_text("as it wa", encoding="utf-8")


def _commit_what_is_there(project: _Project) -> None:
    RealGit(project.root)("commit", "--quiet", "--allow-empty", "--message", "Again")


def _put_a_file_beside(project: _Project) -> None:
    (project.record.parent / "screen.png").write_bytes(b"")


_CHANGES: tuple[Callable[[_Project], object], ...] = (
    _rewrite_in_the_same_size,
    _commit_what_is_there,
    _put_a_file_beside,
    lambda project: project.record.unlink(),
    lambda project: (project.root / "docs" / "index.md").write_text("# Other\n", "utf-8"),
    lambda project: (project.root / "mkdocs.yml").write_text("site_name: Other\n", "utf-8"),
    lambda project: (project.out / "bugs" / "index.html").write_text("spoiled!", "utf-8"),
    lambda project: (project.out / "bugs" / "index.html").unlink(),
    lambda project: (project.out / "stray.html").write_text("", "utf-8"),
    lambda project: project.asked().kept_at.write_bytes(b"\x00" * 200),
    lambda project: project.asked().kept_at.unlink(),
    lambda project: RealGit(project.root)("remote", "add", "origin", "https://example.com/a"),
)


@pytest.mark.parametrize("change", _CHANGES)
def test_every_change_is_seen(change: Callable[[_Project], object], project: _Project) -> None:
    change(project)

    assert not project.stands()


def test_a_variable_that_mkdocs_yml_names_is_seen(
    project: _Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUGBOOK_SITE_URL", "https://example.com/")

    assert not project.stands()


def test_another_audience_and_another_folder_are_other_builds(project: _Project) -> None:
    configuration = project.root / "mkdocs.yml"

    assert LastBuild.asked(configuration, project.out, "public").standing() is None
    assert LastBuild.asked(configuration, None, None).standing() is None


def test_a_build_during_which_something_changed_is_not_kept(project: _Project) -> None:
    last = project.asked()
    last.begin(project.sources)
    project.record.write_text("while it was built", encoding="utf-8")
    last.keep(project.out, 7)

    assert not project.stands()


def test_a_file_that_changed_just_now_may_change_again_unseen(project: _Project) -> None:
    last = project.asked()
    later = time.time_ns() + 1_000_000_000
    os.utime(project.record, ns=(later, later))
    last.begin(project.sources)
    last.keep(project.out, 7)

    assert not project.stands()


def test_a_work_tree_of_its_own_leads_to_the_commits(project: _Project, tmp_path: Path) -> None:
    RealGit(project.root)("worktree", "add", "--quiet", str(tmp_path / "other"))

    found = git_files(tmp_path / "other")

    assert (project.root / ".git" / "worktrees" / "other" / "HEAD") in found
    assert (project.root / ".git" / "refs").resolve() in [path.resolve() for path in found]


@pytest.mark.parametrize(
    "setting",
    [
        "strict: true",
        "hooks: [hook.py]",
        "plugins: [bugbook, tags]",
        "plugins: [search]",
        "markdown_extensions: [pymdownx.snippets]",
    ],
)
def test_what_reads_other_files_is_never_kept(setting: str, tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team")
    (project.root / "hook.py").write_text("", encoding="utf-8")
    kept = (project.root / "mkdocs.yml").read_text("utf-8").partition("plugins:")[0]
    plugins = "" if "plugins" in setting else "plugins: [bugbook]\n"
    (project.root / "mkdocs.yml").write_text(f"{kept}{plugins}{setting}\n", encoding="utf-8")

    assert build_sources(load_config(str(project.root / "mkdocs.yml"))) is None


@pytest.mark.slow
def test_a_second_build_looks_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    time.sleep(_TICK)
    first = CliRunner().invoke(site, ("build",))
    second = CliRunner().invoke(site, ("build",))
    (project.root / "site" / "bugs" / "BUG-0001" / "index.html").write_text("spoiled", "utf-8")
    third = CliRunner().invoke(site, ("build",))

    assert "INFO: " in first.output
    assert "INFO: " not in second.output
    assert second.output.startswith("0 pages built, ")
    assert "INFO: " in third.output
    page = project.root / "site" / "bugs" / "BUG-0001" / "index.html"
    assert page.read_text("utf-8") != "spoiled"


@pytest.mark.slow
def test_warnings_are_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = KnowledgeBase.at(tmp_path / "team")
    (project.root / "docs" / "index.md").write_text("[x](missing.md)\n", encoding="utf-8")
    monkeypatch.chdir(project.root)
    time.sleep(_TICK)
    CliRunner().invoke(site, ("build",))

    assert "missing.md" in CliRunner().invoke(site, ("build",)).output


def test_the_command_loads_neither_mkdocs_nor_the_models() -> None:
    told = "import sys, generator.command; print({'mkdocs', 'pydantic'} & {*sys.modules})"

    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"
