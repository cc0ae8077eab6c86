"""Fields for every command, so that random lives can do anything."""

from typing import Any

from tests.builders.life import USUAL, answers

BECAUSE = {"reason": "because"}
FIELDS: dict[str, dict[str, Any]] = {
    **USUAL,
    "triage": {"category": "Caching", "answers": answers("P1"), "reason": "because"},
    "note": {"text": "something happened"},
    "quote": {"text": "Rolled back", "source": "https://example.com/p1", "said_by": "QA Team"},
    "retract": {"source": "https://example.com/p1"},
    "take-role": {"role": "commander"},
    "snooze": {"until": "2026-03-02T12:00:00Z"},
    "mitigate": {"text": "flag switched off"},
    "plan": {"known": ["it is broken"]},
    "impact": {"users": "many"},
    "action": {"text": "Add a test", "horizon": "immediate", "due": "2027-01-01"},
    "communicate": {"whom": "everybody", "how": "e-mail"},
    "link": {"kind": "similar", "ref": "BUG-0002"},
    "attach": {"name": "screen.png", "link": "https://example.com/screen.png"},
    "plan-deployment": {"steps": ["Deploy"]},
    "proper-fix": {"state": "planned"},
    "publish": {"document": "release_notes"},
    "approve-document": {"document": "postmortem", "role": "lead"},
    "mark-duplicate": {"duplicate_of": "BUG-0002"},
    "waive": {"gate": "staging", "reason": "because"},
    "join-incident": {"incident": "INC-2026-0007"},
    "cannot-reproduce": {},
    "hotfix-declare": {"reason": "because"},
    "hotfix-branch": {"branch": "hotfix/x"},
    "hotfix-implement": USUAL["submit-fix"],
    "hotfix-test": USUAL["pass-tests"],
    "hotfix-review": {},
    "hotfix-deploy": {"version": "v3", "load_test_waived": "because"},
    "hotfix-monitor": USUAL["monitor"],
    "hotfix-backport": {"reference": "PR 1"},
}
"""By verb; one that is not here takes a reason alone."""
OTHERWISE: dict[str, dict[str, Any]] = {
    "hotfix-branch": {"branch": "hotfix/y", "base": "v1.9"},
    "hotfix-backport": {"reference": "PR 2"},
}
"""Other fields for commands of which a second one in the same words is refused."""
