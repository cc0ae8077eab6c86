"""Which sections of a record the sentences of its timeline tell of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TOLD_BY: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        section: frozenset(verbs.split())
        for section, verbs in {
            "assignment": "assign",
            "deployments": "deploy roll-back hotfix-deploy",
            "fix": "identify submit-fix proper-fix hotfix-implement hotfix-test hotfix-backport",
            "hotfix": "take-role hotfix-declare hotfix-branch hotfix-implement hotfix-test"
            " hotfix-review hotfix-deploy hotfix-monitor hotfix-backport",
            "impact": "mitigate",
            "incident": "join-incident hotfix-declare",
            "investigation": "identify cannot-reproduce",
            "monitoring": "monitor hotfix-monitor verify",
            "postmortem": "publish",
            "related": "mark-duplicate",
            "release_notes": "publish",
            "reported": "report",
            "resolution": "close close-without-deploy cannot-reproduce mark-duplicate wont-fix"
            " reopen",
            "responders": "take-role",
            "reviews": "request-changes approve hotfix-review",
            "root_cause": "identify",
            "severity": "triage",
            "tests": "fail-tests pass-tests regress evidence hotfix-test verify",
            "triage": "triage",
            "waivers": "waive",
        }.items()
    }
)
"""The commands whose sentences hold what a section says; other sections are told by none.

The sentence of a report has the title alone, and that of an undone move only its name.
"""
