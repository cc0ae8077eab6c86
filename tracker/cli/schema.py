"""Print the JSON Schema of records or of the policy."""

import click

from tracker.model.part import Part
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.operations.schema_text import schema_text

_MODELS: dict[str, type[Part]] = {"record": BugRecord, "policy": Policy}


@click.command()
@click.argument("what", type=click.Choice(list(_MODELS)), default="record")
def schema(what: str) -> None:
    """Print the JSON Schema that editors complete and check YAML files with.

    `bugbook schema > bugs/schema.json` and `bugbook schema policy > bugs/policy-schema.json`
    bring the files of a repository up to date.
    """
    click.echo(schema_text(_MODELS[what]), nl=False)
