"""What the policy calls internal is nowhere in a site for the public."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.command import site
from tests.builders.full_record import Filled, full_record
from tests.builders.knowledge_base import KnowledgeBase
from tracker.model.record import BugRecord
from tracker.model.seen_record import hiding_faults

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


def _filled() -> Filled:
    filled = full_record()
    filled.values["incident"] = filled.words["incident",] = "INC-2031-7777"  # in no manual
    return filled


def _internal() -> dict[str, str]:
    """Every field with a word in it that may be hidden, by its name, with that word."""
    named = {
        ".".join(f"{step}" for step in path if not isinstance(step, int)): word
        for path, word in _filled().words.items()
    }
    faults = {place for place, _ in hiding_faults(named)}
    return {name: word for place, (name, word) in enumerate(named.items()) if place not in faults}


def _project(root: Path) -> KnowledgeBase:
    """A bug with a word of its own in every field, and a file for its attachment."""
    filled = _filled()
    values = filled.values
    values["report"]["attachments"][0] = {"name": "secret.txt", "kind": "log"}
    record = BugRecord.model_validate(values)
    project = KnowledgeBase.at(root, record)
    beside = project.record_file(record.id).with_suffix("")
    beside.mkdir()
    (beside / "secret.txt").write_text("Words of the file", encoding="utf-8")
    listed = "".join(f"  - {name}\n" for name in (*_internal(), "report.attachments"))
    policy = project.root / "bugs" / "policy.yaml"
    policy.write_text(f"internal_fields:\n{listed}", encoding="utf-8")
    project.commit()
    return project


def _run(project: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.chdir(project.root)
    answer = CliRunner().invoke(site, arguments)
    assert answer.exit_code == 0, answer.output


def _all_bytes(folder: Path) -> bytes:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return b"\n".join(str(path).encode() + path.read_bytes() for path in files)


def _found(folder: Path) -> list[str]:
    whole = _all_bytes(folder)
    words = {**_internal(), "attachment": "Words of the file", "name": "secret.txt"}
    return [name for name, word in words.items() if word.encode() in whole]


def test_nothing_internal_is_in_a_public_site_even_over_one_for_the_team(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, out = _project(tmp_path / "team"), tmp_path / "out"
    _run(project, monkeypatch, "build", "--out", str(out))
    assert len(_found(out)) > 100

    _run(project, monkeypatch, "build", "--audience", "public", "--out", str(out))
    assert _found(out) == []
    assert not list(out.rglob("history"))

    _run(project, monkeypatch, "build", "--out", str(out))
    assert len(_found(out)) > 100


def test_nothing_internal_is_in_a_public_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, out = _project(tmp_path / "team"), tmp_path / "out"

    _run(project, monkeypatch, "export", "--audience", "public", str(out))

    assert _found(out) == []


def test_mkdocs_yml_says_who_reads_where_nobody_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, out = _project(tmp_path / "team"), tmp_path / "out"
    configuration = project.root / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("- bugbook", "- bugbook: {audience: public}"), "utf-8")

    _run(project, monkeypatch, "build", "--out", str(out))

    assert _found(out) == []
