"""The JSON Schema of files that people edit, for editors that complete and check YAML."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import ModelSchema

from tracker.model.meaning import described
from tracker.model.part import Part

Examples = Mapping[str, Mapping[str, Any]]
"""By the name of a part and of its field."""


def schema_text(model: type[Part], examples: Examples) -> str:
    """The schema as the file holds it, each field with its meaning and an example."""
    schema = model.model_json_schema(by_alias=True, schema_generator=_Described)
    for name, part in _parts(model.__name__, schema):
        for key, field in part.get("properties", {}).items():
            _describe(field, schema)
            if "examples" not in field and key in examples.get(name, {}):
                field["examples"] = [examples[name][key]]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


class _Described(GenerateJsonSchema):
    def model_schema(self, schema: ModelSchema) -> dict[str, Any]:
        """A part with the meanings of its fields."""
        found = super().model_schema(schema)
        part: type[BaseModel] = schema["cls"]
        for name, field in described(part).items():
            shown = found.get("properties", {}).get(field.alias or name, {})
            if field.description:
                shown.setdefault("description", field.description)
        return found


def _parts(name: str, schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield name, schema
    yield from schema.get("$defs", {}).items()


def _describe(field: dict[str, Any], schema: dict[str, Any]) -> None:
    """Repeat a part's own words where pydantic leaves them out: when the field's are the same."""
    part = schema.get("$defs", {}).get(field.get("$ref", "").rpartition("/")[2], {})
    if "description" not in field and "description" in part:
        field["description"] = part["description"]
