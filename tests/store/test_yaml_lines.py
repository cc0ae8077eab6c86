"""Reading line by line: whatever is read so has the same value as the composer makes of it."""

from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import corpus
from fuzz.targets import CORPUS
from tests.store.hostile_values import records
from tracker.model.problem import ProblemsFound
from tracker.store.yaml_composer import Composer, TooDeep
from tracker.store.yaml_lines import mapping_of_lines
from tracker.store.yaml_reader import parse_events, read_yaml
from tracker.store.yaml_values import OutOfTheOrdinary
from tracker.store.yaml_writer import YamlNotWritten, write_yaml

BUGS = Path(__file__).parents[2] / "bugs"
WRITTEN = (
    *(path.read_text("utf-8") for path in sorted(BUGS.rglob("*.yaml"))),
    *(made.text for made in corpus(20)),
)
SMALL = (
    "a: b\n",
    "a:\n  - b\n  - c: d\n    e: |-\n      x\n\n      y\nf: 1\n",
    "a: |\n  x\n   y\n  \n  z\n\nb:\n  c:\n    d: e\n",
)
PIECES = (
    *(" ", "  ", "\n", "- ", ":", ": ", "#", " #", "'", '"', "|", "|-", "|+", ">", "[", "]", "{"),
    *("}", "&a ", "*a", "!t ", "%", "@", "`", "---\n", "...\n", "? ", "\\", "\\n", "x", "1", "~"),
    *("null", "a: b\n", "é", "\u00a0", "\u3000", "\u200b", "\u00ad", "\U0001f600", "\n\n", "-\n"),
    *("=", ",", "a:\n", "  - b\n", "k: |\n    z\n", "  # c\n", "0x1F", "1e3", "true", "\t", "\r\n"),
)


def same_as_composed(text: str) -> bool:
    """Whether the text can be read line by line, which must give what the composer gives."""
    try:
        value = mapping_of_lines(text)
    except OutOfTheOrdinary:
        return False
    composer = Composer()
    try:
        composer.compose(parse_events(text))
    except (TooDeep, yaml.YAMLError) as error:
        pytest.fail(f"{text!r} is refused by the parser: {error}")
    assert not composer.faults
    assert repr(composer.mapping) == repr(value)
    return True


def test_the_files_of_records_are_read_line_by_line() -> None:
    assert all(same_as_composed(text) for text in WRITTEN)


@given(records)
def test_whatever_the_writer_writes_is_read_alike(record: dict[str, object]) -> None:
    try:
        text = write_yaml(record, schema_comment="../schema.json")
    except YamlNotWritten:
        return
    same_as_composed(text)


def test_what_fuzzing_found_is_read_alike() -> None:
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file():
            _compare(path.read_bytes())


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_pieces_of_yaml_are_read_alike(text: str) -> None:
    _compare(text.encode())


def test_edited_files_are_read_alike() -> None:
    random = Random(11)  # noqa: S311 - a seed, not a secret
    read = sum(_compare(_edited(random).encode()) for _ in range(1500))

    assert read > 300


def _compare(data: bytes) -> bool:
    """Compare where no character is unsafe, which is looked at before."""
    try:
        text = read_yaml(data, "bugs/000/BUG-0001.yaml").text
    except ProblemsFound as error:
        if any(each.rule in {"yaml-character", "yaml-encoding"} for each in error.problems):
            return False
        text = data.decode()
    return same_as_composed(text)


def _edited(random: Random) -> str:
    """A file, or some lines of one, after a few slips of a hand."""
    text = random.choice((*SMALL, *SMALL, random.choice(WRITTEN)))
    if len(text) > 1000:
        lines = text.split("\n")
        start = random.randrange(len(lines))
        text = "k:\n" + "\n".join(lines[start : start + 12]) + "\n"
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        at = random.randrange(len(text) + 1)
        if random.random() < 0.6:
            text = text[:at] + random.choice(PIECES) + text[at:]
        else:
            text = text[:at] + text[at + random.randrange(1, 4) :]
    return text
