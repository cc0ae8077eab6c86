"""The actions, in the order of a bug's life."""

from typing import Final

from tracker.cli.entry import Entry, Group, action

MOVES: Final = Group(
    heading="Moves, in the order of a bug's life",
    entries=(
        action(
            "report",
            "Report a bug.",
            'bugbook report --title "Redemption fails" --what-is-broken "Error 500 on submit" '
            "--environment-stage production",
            "bugbook report --from report.yaml",
        ),
        action(
            "triage",
            "Choose severity, category and pattern.",
            "bugbook triage 42 --from triage.yaml",
            'bugbook triage 42 --severity P1 --category Caching --reason "A big customer is hit"',
        ),
        action(
            "assign",
            "Give the bug to an engineer.",
            'bugbook assign 42 --assignee "Backend Engineer <backend@example.com>" --eta 2h',
        ),
        action(
            "plan",
            "Write down what is known and what to look at.",
            'bugbook plan 42 --known "Only production fails" --unknown "Since when"',
        ),
        Entry(
            name="investigate",
            summary="Gather evidence: similar bugs, commits, code, logs.",
            examples=("bugbook investigate 42 --log service.log",),
            code="tracker.cli.investigate:investigate",
        ),
        action(
            "identify",
            "Name the root cause.",
            'bugbook identify 42 --summary "Old key format" --what "It signs with the old key."',
        ),
        action(
            "cannot-reproduce",
            "Close a bug that nobody could see happen.",
            "bugbook cannot-reproduce 42 --from tried.yaml",
        ),
        action(
            "submit-fix",
            "Hand in the fix for review.",
            "bugbook submit-fix 42 --from fix.yaml",
            'bugbook submit-fix 42 --pull-request "PR #510" --from risk.yaml',
        ),
        action(
            "request-changes",
            "Send the fix back with a reason.",
            'bugbook request-changes 42 --reason "The old client is not tested"',
        ),
        action(
            "approve",
            "Approve the fix.",
            'bugbook approve 42 --comment "Minimal change"',
        ),
        action(
            "pass-tests",
            "Record that the tests pass.",
            "bugbook pass-tests 42 --from tests.yaml",
        ),
        action(
            "fail-tests",
            "The bug persists: back to the fix.",
            'bugbook fail-tests 42 --reason "The old app still fails"',
        ),
        action(
            "regress",
            "The load test shows a regression: back to the fix.",
            'bugbook regress 42 --reason "p99 doubled under load"',
        ),
        action(
            "deploy",
            "Record the deployment to production.",
            "bugbook deploy 42 --version v2.0.2 --method rolling",
            'bugbook deploy 42 --version v2.0.2 --rollback-plan-steps "Deploy v2.0.1 again"',
        ),
        action(
            "close-without-deploy",
            "Close a fix that ships with a later release.",
            'bugbook close-without-deploy 42 --reason "Ships with the next release"',
        ),
        action(
            "roll-back",
            "Take the fix out of production.",
            'bugbook roll-back 42 --reason "The error rate rose to 4 %"',
        ),
        action(
            "verify",
            "Confirm that the bug is gone.",
            'bugbook verify 42 --note "No error for 30 minutes"',
        ),
        action("close", "Close a verified bug.", "bugbook close 42"),
        action(
            "mark-duplicate",
            "Close a bug that repeats another one.",
            "bugbook mark-duplicate 42 --duplicate-of BUG-0007",
        ),
        action(
            "wont-fix",
            "Close a bug that will not be fixed.",
            'bugbook wont-fix 42 --reason "The portal is switched off next month"',
        ),
        action(
            "reopen",
            "Open a closed bug again.",
            'bugbook reopen 42 --reason "Customers see the error again"',
        ),
        action(
            "undo",
            "Take the last move back.",
            'bugbook undo 42 --reason "That was another bug"',
        ),
        action(
            "waive",
            "Waive one condition for this bug.",
            'bugbook waive 42 --gate staging --reason "Staging is down until Monday"',
        ),
    ),
)

EDITS: Final = Group(
    heading="Edits",
    entries=(
        action(
            "note",
            "Add something that happened to the timeline.",
            'bugbook note 42 --text "Rolled staging back" --at 2026-01-15T12:00:00+01:00',
        ),
        action(
            "quote",
            "Put a message into the timeline.",
            'bugbook quote 42 --text "Rolled back" --said-by "Backend Engineer" '
            "--source https://example.slack.com/archives/C1/p2",
        ),
        action(
            "retract",
            "Take a message out of the timeline.",
            "bugbook retract 42 --source https://example.slack.com/archives/C1/p2",
        ),
        action(
            "take-role",
            "Take a role in the incident.",
            "bugbook take-role 42 --role commander",
        ),
        action(
            "snooze",
            "Let reminders rest for a while.",
            'bugbook snooze 42 --until 2026-12-01T09:00:00Z --reason "Waiting for the vendor"',
        ),
        action(
            "mitigate",
            "Record what stopped the damage.",
            'bugbook mitigate 42 --text "Manual code entry offered"',
        ),
        action(
            "impact",
            "Set what is known about the impact.",
            'bugbook impact 42 --users "~5,000" --business critical',
        ),
        action(
            "action",
            "Add or change an action item.",
            'bugbook action 42 --text "Test old clients" --horizon immediate --due 2026-12-01',
        ),
        action(
            "communicate",
            "Record who was told.",
            'bugbook communicate 42 --whom "Support team" --how "briefing call"',
        ),
        action(
            "link",
            "Link another bug, ticket or change.",
            "bugbook link 42 --kind follow_up --ref CR-130",
        ),
        action(
            "join-incident",
            "Make it part of another bug's incident.",
            "bugbook join-incident 42 --incident INC-2026-0007",
        ),
        action(
            "evidence",
            "Record test runs.",
            "bugbook evidence 42 --from tests.yaml",
        ),
        action(
            "monitor",
            "Record metrics and checks after the deployment.",
            "bugbook monitor 42 --error-rate-before 100% --error-rate-after 0%",
        ),
        action(
            "attach",
            "Attach a file, or link to it.",
            "bugbook attach 42 --name error-page.png --kind screenshot "
            "--link https://example.com/error-page.png",
        ),
        action(
            "plan-deployment",
            "Plan the deployment.",
            'bugbook plan-deployment 42 --window "02:00 UTC" --steps "Run the migration"',
        ),
        action(
            "proper-fix",
            "Say how far the later, proper fix is.",
            'bugbook proper-fix 42 --state merged --pull-request "PR #512"',
        ),
    ),
)

DOCUMENTS: Final = Group(
    heading="Documents",
    entries=(
        action(
            "release-notes",
            "Write or extend the release notes.",
            'bugbook release-notes 42 --version v2.0.2 --summary "Old keys work again."',
        ),
        action(
            "postmortem",
            "Write or extend the post-mortem.",
            "bugbook postmortem 42 --from postmortem.yaml",
        ),
        action(
            "approve-document",
            "Consent to a document.",
            'bugbook approve-document 42 --document release_notes --role "Engineering Lead"',
        ),
        action(
            "publish",
            "Publish a document.",
            "bugbook publish 42 --document postmortem",
        ),
    ),
)
