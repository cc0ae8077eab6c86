"""The steps of the hotfix track, in their order, and a look at it."""

from typing import Final

from tracker.cli.entry import Entry, action

LOOKS: Final[tuple[Entry, ...]] = (
    Entry(
        name="status",
        summary="Show what is done, what comes next, and the commands for it.",
        examples=("bugbook hotfix status 42",),
        code="tracker.cli.hotfix_status:status",
    ),
)

HOTFIX: Final[tuple[Entry, ...]] = (
    action(
        "declare",
        "Declare the incident.",
        "bugbook hotfix declare 42 --commander lead@example.com --channel '#inc-2026-0007'",
    ),
    action(
        "branch",
        "Create the hotfix branch from the production ref.",
        "bugbook hotfix branch 42 --branch hotfix/rate-limit-failover --base v2.0.1",
    ),
    action("implement", "Hand in the minimal fix.", "bugbook hotfix implement 42 --from fix.yaml"),
    action(
        "test",
        "Run the critical suites: those that the severity asks for.",
        "bugbook hotfix test 42 --from tests.yaml",
    ),
    action("review", "Approve it.", 'bugbook hotfix review 42 --comment "Minimal and safe"'),
    action("deploy", "Deploy it.", "bugbook hotfix deploy 42 --version hotfix-abc123"),
    action(
        "monitor",
        "Watch production.",
        "bugbook hotfix monitor 42 --error-rate-before 100% --error-rate-after 0%",
    ),
    action("backport", "Bring it to main.", 'bugbook hotfix backport 42 --reference "PR #512"'),
)
