"""An editor completes, explains and checks both kinds of files by their schemas."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from tests.guards import RECORDS
from tracker.model.part import Part
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.operations.policy_text import policy_text
from tracker.operations.schema_text import EXAMPLES, schema_text
from tracker.store.yaml_reader import read_yaml

Schema = dict[str, Any]
MODELS: tuple[type[Part], ...] = (BugRecord, Policy)
SCHEMAS: dict[str, Schema] = {each.__name__: json.loads(schema_text(each)) for each in MODELS}
POLICY = RECORDS / "policy.yaml"
FILES = sorted(RECORDS.glob("*/*.yaml"))


def _fields() -> Iterator[tuple[str, Schema, Schema]]:
    """Each field of each part: its name, its own schema, and the whole one."""
    for name, schema in SCHEMAS.items():
        for part, held in {name: schema, **schema["$defs"]}.items():
            for key, field in held.get("properties", {}).items():
                yield f"{part}.{key}", field, schema


FIELDS = {name: (field, schema) for name, field, schema in _fields()}


def _complaints(data: bytes, schema: Schema) -> list[str]:
    document = read_yaml(data, "a file").value
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.json_path for error in validator.iter_errors(document)]


def _explains_itself(field: Schema, schema: Schema) -> bool:
    """Whether an editor offers the values or the keys by itself."""
    if "$ref" in field:
        return _explains_itself(schema["$defs"][field["$ref"].rpartition("/")[2]], schema)
    if "anyOf" in field:
        return all(_explains_itself(each, schema) for each in field["anyOf"])
    inner = field.get("items") or field.get("additionalProperties")
    if isinstance(inner, dict):
        return _explains_itself(inner, schema)
    known = {"enum", "const", "properties", "examples"}
    return bool(known & set(field)) or field.get("type") in {"boolean", "null"}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_title_or_a_name_and_says_what_it_means(name: str) -> None:
    assert FIELDS[name][0].get("description", "").endswith((".", "?", "…", "`"))


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_shows_an_example_or_offers_its_values(name: str) -> None:
    field, schema = FIELDS[name]
    assert "examples" in field or _explains_itself(field, schema), f"Add one to {EXAMPLES.name}."


@pytest.mark.parametrize("name", [name for name in FIELDS if "examples" in FIELDS[name][0]])
def test_an_example_is_what_its_field_takes(name: str) -> None:
    field, schema = FIELDS[name]
    validator = Draft202012Validator({**field, "$defs": schema["$defs"]})
    for example in field["examples"]:
        validator.validate(example)


def test_no_example_is_left_of_a_field_that_is_gone() -> None:
    given = read_yaml(EXAMPLES.read_bytes(), EXAMPLES.name).value
    names = {f"{part}.{key}" for part, fields in given.items() for key in fields}
    assert names - set(FIELDS) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_record_fits_the_schema(path: Any) -> None:
    assert _complaints(path.read_bytes(), SCHEMAS["BugRecord"]) == []


def test_a_real_policy_and_the_one_of_a_new_team_fit_the_schema() -> None:
    assert _complaints(POLICY.read_bytes(), SCHEMAS["Policy"]) == []
    assert _complaints(policy_text(Policy()).encode(), SCHEMAS["Policy"]) == []


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("status", "done", "$.status"),
        ("severity", "P9", "$.severity"),
        ("title", ["a", "list"], "$.title"),
        ("title", "two\nlines", "$.title"),
        ("id", "../../x", "$.id"),
        ("assigned_to", "somebody", "$"),
        ("timeline", [{"at": "yesterday"}], "$.timeline[0]"),
        ("schema", 99, "$.schema"),
    ],
)
def test_a_mistake_is_marked_where_it_is(key: str, value: object, place: str) -> None:
    record = read_yaml(FILES[0].read_bytes(), FILES[0].name).value
    wrong = yaml.safe_dump({**record, key: value}).encode()

    assert place in _complaints(wrong, SCHEMAS["BugRecord"])


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("severities", {"P0": {"name": "x", "means": "y", "respond_within": "soon"}}, None),
        ("at_risk_from", 2, "$.at_risk_from"),
        ("severties", {}, "$"),
        ("roles", {"lead": ["nobody@"]}, None),
    ],
)
def test_a_mistake_in_a_policy_is_marked(key: str, value: object, place: str | None) -> None:
    found = _complaints(yaml.safe_dump({"version": 1, key: value}).encode(), SCHEMAS["Policy"])

    assert found
    assert place is None or place in found
