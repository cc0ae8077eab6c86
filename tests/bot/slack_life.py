"""The life of a bug as people live it in Slack, over whatever plays Slack."""

from collections.abc import Callable

from demo.form import Answer
from demo.participant import Participant

CHANNEL = "#incidents"
CHECKS: dict[str, Answer] = {
    "Immediate checks (15 minutes)": [
        "Error rate back to normal",
        "No new errors introduced",
        "Core functionality working",
    ],
}
People = Callable[[str], Participant]

TRIAGE: dict[str, Answer] = {
    "Is production down?": "No",
    "Is data at risk?": "No",
    "Is a core feature broken?": "No",
    "Are all users affected?": "No",
    "Is there a workaround?": "No",
    "Is the business hit?": "No",
    "Category": "Authentication and authorization",
}
CAUSE: dict[str, Answer] = {
    "Attempts to reproduce": "staging | the old app is refused | yes",
    "The problem in one sentence": "Signatures do not match",
    "Root cause": "The server signs with SHA512, the app with SHA256.",
    "Why it happened": "No compatibility check",
    "Why it was not caught": "No test with old apps",
    "Fix strategy": "Backward compatible",
}
FIX: dict[str, Answer] = {
    "What was changed": "Both signatures are accepted.",
    "Branch": "fix/both-signatures",
    "Regression test": "test_old_app",
    "What can go wrong?": "Nothing known",
    "Rollback steps": "Deploy the version before",
}
REGRESSION: dict[str, Answer] = {
    "Suite": "Regression",
    "What was tested": "test_old_app",
    "Result": "Passed",
    "Did it fail before the fix?": "Yes",
    "More runs": "unit | all | passed",
}
LOAD: dict[str, Answer] = {"Suite": "Load", "What was tested": "1,000 a second", "Result": "Passed"}


def play_life(people: People) -> None:
    """From a report with an error in it to a closed bug; each step waits for the bot's word."""
    support, oncall, backend, senior = map(people, ("support", "oncall", "backend", "senior"))
    report(support)
    by_form(oncall, "Triage", TRIAGE, "Triaged as P2")
    oncall.slash_command(CHANNEL, "/bug assign 1 @backend eta 2h")
    oncall.await_message(CHANNEL, "Assigned to Backend Engineer, ETA 2h.")
    by_form(backend, "Identify cause", CAUSE, "Root cause")
    by_form(backend, "Submit fix", FIX, "BUG-0001: Fix")
    backend.press(CHANNEL, "Approve")
    backend.await_message(CHANNEL, "Approve is not possible yet for BUG-0001")
    senior.slash_command(CHANNEL, "/bug approve 1 Minimal and right")
    senior.await_message(CHANNEL, "Approved by Senior Engineer.")
    by_form(backend, "Pass tests", REGRESSION, "Tests passed")
    by_form(backend, "Record tests", LOAD, "Evidence: 1,000 a second passed.")
    backend.slash_command(CHANNEL, "/bug release-notes 1 Old apps can redeem again")
    backend.await_message(CHANNEL, "✅ BUG-0001: Release notes: drafted.")
    backend.slash_command(CHANNEL, "/bug publish 1 release-notes")
    backend.await_message(CHANNEL, "✅ BUG-0001: Release notes 1.0 published.")
    backend.slash_command(CHANNEL, "/bug deploy 1 v2.0.2")
    backend.await_message(CHANNEL, "✅ BUG-0001: Deployed v2.0.2.")
    backend.press(CHANNEL, "Verify")
    backend.await_message(CHANNEL, "Verify is not possible yet for BUG-0001")
    by_form(backend, "Record monitoring", CHECKS, "Checks after the deployment")
    backend.press(CHANNEL, "Verify")
    backend.await_message(CHANNEL, "✅ BUG-0001: Verified in production.")
    backend.slash_command(CHANNEL, "/bug close Nothing is left to do")
    backend.await_message(CHANNEL, "✅ BUG-0001: Closed: Nothing is left to do")


def report(person: Participant) -> None:
    """Report by a form that is refused first."""
    person.slash_command(CHANNEL, "/bug Redemption fails")
    refused = person.submit({"Title": "no", "What is broken?": "Redemption fails."})
    assert list(refused.errors) == ["Title"]
    far = 4_000_000_000
    refused = person.submit({"What is broken?": "Redemption fails.", "Reported at": far})
    assert "later than now" in refused.errors["Reported at"]
    assert person.submit({"What is broken?": "Redemption fails."}).closed
    person.await_message(CHANNEL, "✅ BUG-0001: Reported: Redemption fails")


def by_form(person: Participant, button: str, answers: dict[str, Answer], told: str) -> None:
    """Press a button of the bug's message, fill in the form, wait for the answer."""
    person.press(CHANNEL, button)
    submission = person.submit(answers)
    assert submission.errors == {}, submission.errors
    person.await_message(CHANNEL, told)
