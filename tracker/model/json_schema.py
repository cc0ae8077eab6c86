"""The JSON Schema of files that people edit, for editors that complete and check YAML."""

import json

from tracker.model.part import Part


def schema_text(model: type[Part]) -> str:
    """The schema as the file holds it, with an end of line."""
    return json.dumps(model.model_json_schema(by_alias=True), indent=2) + "\n"
