import time
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.events import Event

from tests.store.hostile_values import records
from tracker.model.problem import Place, ProblemsFound
from tracker.store.yaml_composer import Composer
from tracker.store.yaml_reader import (
    MAXIMUM_SIZE,
    ParseEvents,
    ValuePath,
    parse_events,
    read_yaml,
)
from tracker.store.yaml_values import OutOfTheOrdinary, plain_mapping
from tracker.store.yaml_writer import write_yaml

PATH = "bugs/000/BUG-0042.yaml"
PIECES = (
    *("a: ", "b: ", "- ", "  ", "\n", "? ", "'x'", '"y"', '"\\0"', "|\n  z\n", "[", "]", "{", "}"),
    *("1", "-7", "1e3", ".inf", "~", "no", "true", "2026-11-21", "9" * 30, ", ", "# c\n", "\t"),
    *("&k ", "*k", "!t ", "---\n", "...\n", "%YAML 1.2\n"),
)  # fmt: skip


def parse_in_python(text: str) -> Iterable[Event]:
    """What a PyYAML without its C library does."""
    return yaml.parse(text, Loader=yaml.SafeLoader)


@pytest.fixture(params=[parse_events, parse_in_python], ids=["fastest parser", "pure parser"])
def parse(request: pytest.FixtureRequest) -> ParseEvents:
    chosen: ParseEvents = request.param
    return chosen


def problems_of(data: bytes, parse: ParseEvents = parse_events) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read_yaml(data, PATH, parse=parse)
    problems = found.value.problems
    assert all(problem.place.path == PATH for problem in problems)
    assert all(problem.message.endswith(".") for problem in problems)
    return [f"{p.place.line}:{p.place.column} {p.rule}" for p in problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[(word, word) for word in ("no", "Yes", "on", "y", "N", "tRUE", "none", "=", "<<x")],
        *[(word, word) for word in ("2026-11-21", "2026-11-21T10:00:00Z", "12:30", "1_000", "0b1")],
        *[(word, word) for word in ("1.2.3", "0o8", "0xg", "--", "+", ".", "e3", "-0x1", "\uff11")],
        *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
        *[("true", True), ("True", True), ("FALSE", False)],
        *[("12", 12), ("-7", -7), ("+7", 7), ("007", 7), ("0o17", 15), ("0xfF", 255)],
        *[("1e3", 1000.0), ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("-1E-2", -0.01)],
        *[('"1"', "1"), ("'no'", "no"), ('"a\\nb"', "a\nb"), ("[]", []), ("{}", {})],
    ],
)
def test_scalars_mean_what_yaml_1_2_says(parse: ParseEvents, written: str, value: object) -> None:
    read = read_yaml(f"a: {written}\n".encode(), PATH, parse=parse).value

    assert read == {"a": value}
    assert type(read["a"]) is type(value)


def test_block_texts_lists_comments_and_windows_line_ends_are_read(parse: ParseEvents) -> None:
    data = b"\xef\xbb\xbf# c\r\na: |\r\n  x\r\n\r\n  y\r\nb:\r\n- 1 # c\r\n- {c: [d]}\r\n"

    assert read_yaml(data, PATH, parse=parse).value == {"a": "x\n\ny\n", "b": [1, {"c": ["d"]}]}


def test_tabs_inside_texts_and_comments_are_read(parse: ParseEvents) -> None:
    data = b"a: |\n  x\n  \ty\nb: 'x\ty' #\tc\nc: x#y #\tz\n#\tc\n"

    assert read_yaml(data, PATH, parse=parse).value == {"a": "x\n\ty\n", "b": "x\ty", "c": "x#y"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["1:1 yaml-empty"]),
        (b"# only a comment\n", ["1:1 yaml-empty"]),
        (b"---\n...\n", ["1:1 yaml-empty"]),
        (b"\n- a\n", ["2:1 yaml-root"]),
        (b"text", ["1:1 yaml-root"]),
        (b"a: 1\nb: {c: 1, c: 2}\na: 3\n", ["2:11 yaml-duplicate-key", "3:1 yaml-duplicate-key"]),
        (b"a: &x 1\nb: *x\n", ["1:4 yaml-anchor", "2:4 yaml-alias"]),
        (b"a: &x b\n*x : c\n", ["1:4 yaml-anchor", "2:1 yaml-alias"]),
        (b"a: !!python/name:os.abort\nb: !t {}\n", ["1:4 yaml-tag", "2:4 yaml-tag"]),
        (b"a: ! d\n", ["1:4 yaml-tag"]),
        (b"a: 1\n---\nb: 1\n", ["2:1 yaml-document"]),
        (b"a: 1\n---\nb: 2\nc # \td\ne: f\n", ["2:1 yaml-document"]),
        (b"%YAML 1.1\n---\na: 1\n", ["1:1 yaml-directive"]),
        (b"1: a\n? [d]\n: e\n~: c\n", ["1:1 yaml-key", "2:3 yaml-key", "4:1 yaml-key"]),
        (b"a: .inf\nb: .nan\nc: 1e999\n", [f"{line}:4 yaml-number" for line in (1, 2, 3)]),
        (b"a: 9223372036854775808\n", ["1:4 yaml-number"]),
        (b"a: " + b"9" * 5_000, ["1:4 yaml-number"]),
        (b"a: x\x00y\n\x1b: 1\n", ["1:5 yaml-character", "2:1 yaml-character"]),
        ("a: x\u202ey\u2028\n".encode(), ["1:5 yaml-character", "1:7 yaml-character"]),
        (b"a: x\rb: y\n", ["1:5 yaml-character"]),
        (b'a: "\\0"\n"\\u202e": 1\n', ["1:4 yaml-character", "2:1 yaml-character"]),
        (b"a: 1\nb: \xff\n", ["2:4 yaml-encoding"]),
        ("a: 1\n".encode("utf-16"), ["1:1 yaml-encoding"]),
        (b"a: [1,\t2]\n", ["1:7 yaml-tab"]),
        (b"a: 1\t# c\n", ["1:5 yaml-tab"]),
        (b"a:\n\tb: 1\n", ["2:1 yaml-tab"]),
        (b"a: x#y\tz\n", ["1:7 yaml-tab"]),
        (b"a: b: c\n", ["1:5 yaml-syntax"]),
        (b"a: 'x\n", ["2:1 yaml-syntax"]),
        (b"a: 1\na: 2\nb: @x\n", ["2:1 yaml-duplicate-key", "3:4 yaml-syntax"]),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_place(
    parse: ParseEvents, data: bytes, expected: list[str]
) -> None:
    assert problems_of(data, parse) == expected


def test_a_problem_says_what_is_wrong_and_what_to_do() -> None:
    with pytest.raises(ProblemsFound) as found:
        read_yaml(b"title: a\nstatus: b\ntitle: c\n", PATH)

    assert str(found.value) == (
        "bugs/000/BUG-0042.yaml:3:1: The key `title` is here twice; the first is on line 1."
        " Keep one. [yaml-duplicate-key]"
    )


def test_nesting_to_the_limit_is_read_and_one_level_more_is_refused(parse: ParseEvents) -> None:
    data = b"a: " + b"[" * 31 + b"]" * 31

    assert read_yaml(data, PATH, parse=parse).value["a"]
    assert problems_of(data.replace(b"[]", b"[[]]"), parse) == ["1:35 yaml-depth"]


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_refused() -> None:
    data = b"a: " + b"x" * (MAXIMUM_SIZE - 3)

    assert len(read_yaml(data, PATH).value["a"]) == MAXIMUM_SIZE - 3
    assert problems_of(data + b"x") == ["1:1 yaml-size"]


def test_a_value_that_is_reused_without_end_is_one_problem() -> None:
    assert problems_of(BOMBS["billion laughs"]) == ["1:4 yaml-alias"]


BOMBS = {
    "open brackets": b"[" * 100_000,
    "open braces": b"{" * 100_000,
    "dashes": b"- " * 50_000,
    "question marks": b"? " * 100_000,
    "brackets and braces": b"[{" * 50_000,
    "ten megabytes": b"x" * 10_000_000,
    "billion laughs": b"a: &a [x, x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (name, name, b", ".join([b"*%c" % (name - 1)] * 9))
        for name in b"bcdefghij"
    ),
    "aliases": b"a: &a 1\nb: [" + b"*a," * 80_000 + b"]",
    "anchors": b"&a " * 80_000,
    "escapes": b'a: ["' + b'\\u202e", "' * 20_000 + b'"]',
    "control characters": b"a: " + b"\x01" * 200_000,
    "duplicate keys": b"a: 1\n" * 50_000,
    "a long key": b"x" * 200_000 + b": 1",
    "quotes": b'"' * 200_000,
    "colons": b": " * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_hostile_file_is_refused_quickly_and_in_few_words(bomb: str) -> None:
    started = time.perf_counter()

    problems = problems_of(BOMBS[bomb])

    assert 1 <= len(problems) <= 100
    assert time.perf_counter() - started < 10


@given(
    st.binary(max_size=60) | st.text("ab:-? \n\t#'\"[]{},&*!|>%@\\", max_size=40).map(str.encode)
)
def test_whatever_the_bytes_are_the_answer_is_a_mapping_or_problems(data: bytes) -> None:
    for parse in (parse_events, parse_in_python):
        try:
            answer: object = read_yaml(data, PATH, parse=parse).value
        except ProblemsFound as found:
            answer = found.problems
        assert isinstance(answer, dict) or answer


@given(records)
def test_both_parsers_find_the_same_values_at_the_same_places(record: dict[str, Any]) -> None:
    data = write_yaml(record, schema_comment="../schema.json").encode()

    fast, pure = read_yaml(data, PATH), read_yaml(data, PATH, parse=parse_in_python)

    assert fast.value == pure.value
    for where in paths_in(fast.value):
        assert fast.place_of(where) == pure.place_of(where)
        assert fast.key_place(where) == pure.key_place(where)


def paths_in(value: object, where: ValuePath = ()) -> Iterator[ValuePath]:
    """The way to each value, through keys and list positions."""
    yield where
    steps: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list):
        steps = enumerate(value)
    for step, item in steps:
        yield from paths_in(item, (*where, step))


@given(
    records.map(lambda record: write_yaml(record, schema_comment="s"))
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
)
def test_the_quick_way_and_the_composer_make_the_same_values(text: str) -> None:
    composer = Composer()
    try:
        quick = plain_mapping(parse_events(text))
    except (OutOfTheOrdinary, yaml.YAMLError):
        return
    composer.compose(parse_events(text))

    assert not composer.faults
    assert repr(composer.mapping) == repr(quick)


def test_a_usual_file_goes_the_quick_way() -> None:
    data = b"a: 1\nb:\n  - c: 'x'\n    d: |\n      y\n  - [true, ~, \"\\n\", {}]\n"

    assert plain_mapping(parse_events(data.decode())) == read_yaml(data, PATH).value


def test_what_is_wrong_on_several_lines_is_told_at_once() -> None:
    data = b"a: x\x00y\nb: &k 1\nb: 2\nc: [1,\t2]\nd: .inf\n"

    assert problems_of(data) == [
        "1:5 yaml-character",
        "2:4 yaml-anchor",
        "3:1 yaml-duplicate-key",
        "4:7 yaml-tab",
        "5:4 yaml-number",
    ]


def test_every_value_and_key_knows_its_place() -> None:
    document = read_yaml(
        "title: é  # c\nreport:\n  steps:\n    - open\n    - {do: pay}\nempty:\n".encode(), PATH
    )
    at = partial(Place, path=PATH)

    assert document.place_of(("title",)) == at(line=1, column=8)
    assert document.key_place(("title",)) == at(line=1, column=1)
    assert document.place_of(("report", "steps", 0)) == at(line=4, column=7)
    assert document.key_place(("report", "steps", 0)) == at(line=4, column=7)
    assert document.place_of(("report", "steps", 1, "do")) == at(line=5, column=12)
    assert document.key_place(("report", "steps", 1, "do")) == at(line=5, column=8)
    assert document.key_place(("empty",)) == at(line=6, column=1)


def test_what_is_missing_is_placed_at_its_nearest_parent() -> None:
    document = read_yaml(b"a: 1\nreport:\n  steps: []\n", PATH)

    assert document.place_of(("report", "who")) == document.place_of(("report",))
    assert document.key_place(("report", "steps", 0, "x")) == Place(path=PATH, line=3, column=3)
    assert document.key_place(("impact", "people")) == Place(path=PATH, line=1, column=1)
