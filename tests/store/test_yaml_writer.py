import copy
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.store.hostile_values import HOSTILE_TEXTS, records, texts
from tracker.store.yaml_reader import read_yaml
from tracker.store.yaml_writer import YamlNotWritten, fingerprint, write_yaml

SCHEMA = "../schema.json"


def meaning(text: str) -> dict[str, Any]:
    return read_yaml(text.encode(), "written").value


@given(records)
def test_what_is_written_reads_back_as_the_same_value(record: dict[str, Any]) -> None:
    assert fingerprint(meaning(write_yaml(record, schema_comment=SCHEMA))) == fingerprint(record)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_every_hostile_text_survives_as_value_item_and_key_value(text: str) -> None:
    record = {"value": text, "items": [text, {"inner": text}, [text]], "x": {"y": text}}

    assert meaning(write_yaml(record, schema_comment=SCHEMA)) == record


@given(texts)
def test_a_text_means_the_same_to_a_reader_of_yaml_1_1(text: str) -> None:
    record = {"value": text, "items": [text]}

    assert yaml.safe_load(write_yaml(record, schema_comment=SCHEMA)) == record


@given(texts)
def test_a_text_means_the_same_to_the_yaml_parser_written_in_python(text: str) -> None:
    written = write_yaml({"value": text}, schema_comment=SCHEMA)

    assert yaml.load(written, Loader=yaml.BaseLoader) == {"value": text}


def test_a_new_file_is_pleasant_to_read() -> None:
    record = {
        "schema": 1,
        "id": "BUG-0042",
        "title": "Checkout: nobody can pay",
        "labels": ["checkout", "no"],
        "severity": "P1",
        "report": {
            "description": "It fails.\n\nAlways.\n",
            "steps": [],
            "at": "2026-11-21T10:00:00Z",
        },
        "timeline": [{"id": "t1", "text": "One line"}, {"id": "t2", "text": "Two\nlines"}],
    }

    assert write_yaml(record, schema_comment=SCHEMA) == (
        "# yaml-language-server: $schema=../schema.json\n"
        "schema: 1\n"
        "id: BUG-0042\n"
        'title: "Checkout: nobody can pay"\n'
        "\n"
        "labels:\n"
        "  - checkout\n"
        '  - "no"\n'
        "\n"
        "severity: P1\n"
        "\n"
        "report:\n"
        "  description: |\n"
        "    It fails.\n"
        "\n"
        "    Always.\n"
        "  steps: []\n"
        '  at: "2026-11-21T10:00:00Z"\n'
        "\n"
        "timeline:\n"
        "  - id: t1\n"
        "    text: One line\n"
        "  - id: t2\n"
        "    text: |-\n"
        "      Two\n"
        "      lines\n"
    )


@pytest.mark.parametrize(
    "text", ["Checkout fails", "50% of users", "it's", "a/b", "1.2.3", "BUG-0042", "日本語"]
)
def test_harmless_texts_are_not_quoted(text: str) -> None:
    assert f"value: {text}\n" in write_yaml({"value": text}, schema_comment=SCHEMA)


@pytest.mark.parametrize(
    "value", [{1: "a"}, {"a": float("nan")}, {"a": object()}, {"a": 2**70}, {"a": "\x00"}]
)
def test_a_value_that_yaml_cannot_keep_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(YamlNotWritten):
        write_yaml(value, schema_comment=SCHEMA)


def test_nesting_deeper_than_files_may_be_is_refused() -> None:
    deep: object = "x"
    for _ in range(40):
        deep = [deep]

    with pytest.raises(YamlNotWritten, match="deeper than 32 levels"):
        write_yaml({"a": deep}, schema_comment=SCHEMA)


@given(records)
@example({"a": 1.0, "b": [True, None]})
def test_writing_does_not_change_the_value(record: dict[str, Any]) -> None:
    kept = copy.deepcopy(record)

    write_yaml(record, schema_comment=SCHEMA)

    assert record == kept


@given(st.text(st.sampled_from("ab \n"), max_size=12))
def test_line_ends_and_blank_lines_of_a_text_are_kept(text: str) -> None:
    record = {"first": text, "second": text, "third": {"inner": [text, text]}}

    assert meaning(write_yaml(record, schema_comment=SCHEMA)) == record
