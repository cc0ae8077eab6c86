"""The schemas that lie beside the records, with examples for editors to show."""

from pathlib import Path
from typing import Final

from tracker.model.json_schema import schema_text as text_of
from tracker.model.part import Part
from tracker.store.yaml_reader import read_yaml

EXAMPLES: Final = Path(__file__).parents[1] / "starter" / "field-examples.yaml"


def schema_text(model: type[Part]) -> str:
    """The schema of records or of the policy, as its file holds it."""
    return text_of(model, read_yaml(EXAMPLES.read_bytes(), EXAMPLES.name).value)
