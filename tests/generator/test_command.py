"""`bugbook site build`, and what it says when it cannot."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.command import site
from tests.builders.knowledge_base import KnowledgeBase
from tests.builders.life import life_at

pytestmark = pytest.mark.slow


def _run(project: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.chdir(project.root)
    return CliRunner().invoke(site, arguments)


def test_the_site_is_built_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)

    answer = _run(project, monkeypatch, "build", "--strict", "--out", str(tmp_path / "out"))

    assert answer.exit_code == 0, answer.output
    assert f"The site is in {tmp_path / 'out'}." in answer.output
    assert (tmp_path / "out" / "bugs" / "BUG-0001" / "index.html").is_file()


def test_a_broken_record_ends_the_build_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.record_file("BUG-0001").write_text("id: BUG-0001\n", encoding="utf-8")

    answer = _run(project, monkeypatch, "build", "--out", str(tmp_path / "out"))

    assert answer.exit_code == 1
    assert "bugs/000/BUG-0001.yaml:1:1" in answer.output


def test_a_warning_ends_a_strict_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = KnowledgeBase.at(tmp_path / "team")
    (project.root / "docs" / "index.md").write_text("[x](missing.md)\n", encoding="utf-8")

    answer = _run(project, monkeypatch, "build", "--strict", "--out", str(tmp_path / "out"))

    assert answer.exit_code == 1


@pytest.mark.parametrize("command", [("build",), ("serve",), ("export", "out")])
def test_a_folder_without_a_site_is_told(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    answer = CliRunner().invoke(site, command)

    assert answer.exit_code == 1
    assert "There is no mkdocs.yml here." in answer.output


def test_a_port_that_is_taken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = KnowledgeBase.at(tmp_path / "team")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = _run(project, monkeypatch, "serve", "--port", str(port))

    assert answer.exit_code == 1
    assert f"Port {port} cannot be used" in answer.output
