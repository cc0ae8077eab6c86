"""How the fix is meant to reach users, written before anybody deploys."""

from tracker.model.part import Line, Part


class DeploymentPlan(Part):
    """When and how to deploy, and what to watch."""

    window: Line | None = None
    """When: a time of little traffic, a release window."""
    steps: tuple[Line, ...] = ()
    """What to do, in order, with how long each step takes."""
    watch: tuple[Line, ...] = ()
    """What is watched during the deployment and after it."""
