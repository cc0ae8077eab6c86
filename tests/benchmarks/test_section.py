"""What a measurement has to be for its numbers to count."""

from pathlib import Path

import pytest

from benchmarks.section import ProgramChangedError, Section, Told, measured_steadily


def test_a_program_that_is_edited_while_it_is_measured_has_no_numbers(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("FIRST = 1", encoding="utf-8")

    def edited(folder: Path, tell: Told) -> Section:
        section = _measured(folder, tell)
        code.write_text("SECOND = 2", encoding="utf-8")
        return section

    with pytest.raises(ProgramChangedError, match="Measure again in a clone that nobody edits"):
        measured_steadily(edited, tmp_path, _hear, code.read_text)


def test_a_program_that_stays_as_it_is_has_its_numbers(tmp_path: Path) -> None:
    section = measured_steadily(_measured, tmp_path, _hear, lambda: "one version")

    assert section.title == "Speed"


def _measured(folder: Path, tell: Told) -> Section:
    tell(f"Measuring in {folder}.")
    return Section(title="Speed", about="", samples=())


def _hear(sentence: str) -> None:
    assert sentence.startswith("Measuring in ")
