"""The checklists that a team goes through, as its policy lists them."""

from tracker.model.part import Line, Part


class Checklists(Part):
    """Default checklists (seed 003, post-deployment checklist)."""

    immediate: tuple[Line, ...] = (
        "Error rate back to normal",
        "No new errors introduced",
        "Core functionality working",
    )
    """Within 15 minutes of the deployment."""
    short_term: tuple[Line, ...] = (
        "Performance metrics normal",
        "No increased support tickets",
        "Monitoring dashboard green",
    )
    """Within 2 hours."""
    long_term: tuple[Line, ...] = (
        "No regressions detected",
        "User feedback positive",
        "Bug confirmed resolved",
    )
    """Within 24 hours."""
    hotfix: tuple[Line, ...] = (
        "Incident channel created",
        "Stakeholders notified",
        "Rollback plan tested",
    )
    """For each hotfix."""
