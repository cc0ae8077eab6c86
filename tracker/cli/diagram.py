"""Print the lifecycle."""

import click

from tracker.workflow.diagram import lifecycle_diagram


@click.command()
def diagram() -> None:
    """Print the lifecycle as a Mermaid diagram, drawn from the table that the rules use."""
    click.echo(lifecycle_diagram(), nl=False)
