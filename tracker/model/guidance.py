"""What the policy tells people rather than the rules: examples, usual responses, principles."""

from pydantic import Field

from tracker.model.part import Line, Part
from tracker.model.severity import Severity

_EXAMPLES: dict[Severity, tuple[str, ...]] = {
    Severity.P0: (
        "All requests failing",
        "Database connection lost",
        "API returning 500 errors",
        "All coupon redemptions failing",
        "User data exposed",
    ),
    Severity.P1: (
        "Authentication not working",
        "Coupon search returns no results",
        "NFC redemption fails intermittently",
        "Email notifications not sending",
        "Mobile app crashes on launch",
    ),
    Severity.P2: (
        "Rate limiting inaccurate",
        "Incorrect date format in specific timezone",
        "UI alignment issue on specific screen size",
        "Error message not localized",
        "Minor validation bug",
    ),
    Severity.P3: (
        "Metrics missing",
        "Button color slightly off",
        "Typo in help text",
        "Console warning (no user impact)",
        "Minor logging improvement",
    ),
}
_RESPONSES: dict[Severity, tuple[str, ...]] = {
    Severity.P0: (
        "Immediate all-hands",
        "Hotfix directly to production",
        "Post-mortem required",
    ),
    Severity.P1: (
        "Priority shift for team",
        "Fast-track through QA",
        "Deploy in next release window",
    ),
    Severity.P2: (
        "Include in current sprint",
        "Normal testing process",
        "Deploy with next batch",
    ),
    Severity.P3: ("Backlog for future sprint", "May be bundled with other fixes"),
}


class Guidance(Part):
    """What people read before they decide; nothing is judged by it (seeds 000, 003, 004)."""

    examples: dict[Severity, tuple[Line, ...]] = Field(default_factory=lambda: dict(_EXAMPLES))
    """Bugs of each severity."""
    responses: dict[Severity, tuple[Line, ...]] = Field(default_factory=lambda: dict(_RESPONSES))
    """What a team does about a bug of each severity."""
    do: tuple[Line, ...] = (
        "Fix the bug, nothing else",
        "Make minimal, targeted changes",
        "Keep the fix backward compatible and easy to roll back",
        "Add tests for the bug fix and test regression thoroughly",
        "Update documentation if behavior changes",
        "Add comments explaining the fix",
        "Log the fix for observability",
        "Have rollback plan ready",
        "Monitor after deployment",
        "Document root cause",
        "Learn from incidents",
    )
    """What to do while fixing."""
    dont: tuple[Line, ...] = (
        "Don’t add features",
        "Don’t refactor unrelated code",
        "Don’t change APIs or interfaces",
        "Don’t update dependencies (unless security-related)",
        "Don’t make architectural changes",
        "Don’t skip tests",
        "Don’t deploy without review (P0/P1)",
        "Don’t ignore root cause",
        "Don’t forget post-mortem (P0/P1)",
    )
    """What not to do while fixing."""
    contacts: dict[str, Line] = Field(
        default_factory=lambda: {"Slack": "#incidents", "E-mail": "incidents@example.com"}
    )
    """How those who respond to incidents are reached: Slack, pager, e-mail."""
