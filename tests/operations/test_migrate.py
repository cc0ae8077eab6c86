"""Migration: older records reach the newest version with their comments, or none of them does."""

from pathlib import Path
from typing import Any, get_args

import pytest

from tests.builders.life import life_at
from tracker.model.record import BugRecord
from tracker.operations.migrate import STEPS, migrate
from tracker.store.record_file import new_text

NEW = "bugs/000/BUG-0001.yaml"
OLD = "bugs/000/BUG-0002.yaml"


def rename_title(values: dict[str, Any]) -> dict[str, Any]:
    return {"headline" if name == "title" else name: item for name, item in values.items()}


def add_region(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "region": f"of {values['headline']}"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "bugs/000").mkdir(parents=True)
    write(tmp_path, NEW, new_text(life_at("reported").bug))
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).write_bytes(text.encode())


def test_the_steps_lead_to_the_version_that_records_have_now() -> None:
    (current,) = get_args(BugRecord.model_fields["schema_version"].annotation)

    assert len(STEPS) == current - 1


def test_a_record_of_the_newest_version_stays_as_it_is(root: Path) -> None:
    before = (root / NEW).read_bytes()
    done = migrate(root, dry_run=False)

    assert (done.target, done.current, done.changed, done.problems) == (1, (NEW,), (), ())
    assert (root / NEW).read_bytes() == before


def test_a_record_takes_every_step_that_it_lacks_and_keeps_its_comments(root: Path) -> None:
    write(root, NEW, "schema: 1 # first\r\n# why\r\ntitle: It fails\r\n")
    write(root, OLD, "schema: 2\nheadline: Half way\n")
    done = migrate(root, dry_run=False, steps=(rename_title, add_region))

    assert (done.target, done.changed, done.problems) == (3, (NEW, OLD), ())
    first = (root / NEW).read_bytes().decode()
    assert "schema: 3 # first\r\n" in first
    assert "headline: It fails\r\n" in first
    assert "region: of It fails" in first
    second = (root / OLD).read_text("utf-8").splitlines()
    assert sorted(second) == ["headline: Half way", "region: of Half way", "schema: 3"]
    again = migrate(root, dry_run=False, steps=(rename_title, add_region))
    assert (again.current, again.changed) == ((NEW, OLD), ())


def test_a_dry_run_names_files_and_changes_none(root: Path) -> None:
    before = (root / NEW).read_bytes()

    assert migrate(root, dry_run=True, steps=(rename_title,)).changed == (NEW,)
    assert (root / NEW).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("title: x\nschema: 2\n", f"{OLD}:2:9", "is unknown, and 1 is known here"),
        ("schema: 0\n", f"{OLD}:1:9", "is unknown"),
        ("schema: true\n", f"{OLD}:1:9", "is unknown"),
        ("schema: '1'\n", f"{OLD}:1:9", "is unknown"),
        ("title: x\n", f"{OLD}:1:1", "add `schema: 1`"),
        ("schema: [1\n", OLD, "not valid YAML"),
    ],
)
def test_an_unknown_version_is_a_problem_with_its_place(
    root: Path, text: str, place: str, words: str
) -> None:
    write(root, OLD, text)
    done = migrate(root, dry_run=False)

    (problem,) = done.problems
    assert str(problem).startswith(place)
    assert words in problem.message
    assert done.current == (NEW,)


def test_one_broken_record_keeps_all_others_as_they_are(root: Path) -> None:
    before = (root / NEW).read_bytes()
    write(root, OLD, "schema: 99\n")
    done = migrate(root, dry_run=False, steps=(rename_title,))

    assert "1 to 2 is known here" in done.problems[0].message
    assert (root / NEW).read_bytes() == before
