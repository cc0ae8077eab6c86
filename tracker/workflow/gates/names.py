"""Every condition by its name: what waivers and the policy's relaxations are about."""

from types import MappingProxyType
from typing import Final

from tracker.model.fix import Suite

GATES: Final = MappingProxyType(
    {
        "severity": "a severity",
        "category": "a category of the policy",
        "pattern": "a bug pattern of the policy",
        "assignee": "an assignee",
        "backup": "a backup beside the assignee",
        "reproduction": "an attempt to reproduce the bug",
        "root-cause": "the root cause",
        "why-it-happened": "why it happened",
        "why-not-caught": "why it was not caught",
        "strategy": "a fix strategy",
        "summary": "a summary of the fix",
        "branch": "the branch or the pull request of the fix",
        "risk": "the answers to the risk questions",
        "regression_test": "the name of the regression test",
        "own-fix": "an approval by somebody other than the fix's author",
        "approvals": "the number of approvals",
        "senior-approval": "the approval of a senior",
        "regression-test": "a regression test that failed before the fix",
        "failing-test": "no failing test",
        **{f"suite-{suite}": f"passing {suite} tests" for suite in Suite},
        "load-test": "the load test",
        "rollback-plan": "the rollback plan",
        "release-notes": "the release notes",
        "staging": "the smoke test on staging",
        "deployment": "a deployment",
        "monitoring-window": "the monitoring window",
        "immediate-checks": "the immediate checks after the deployment",
        "short-term-checks": "the short-term checks after the deployment",
        "long-term-checks": "the long-term checks after the deployment",
        "error-rate": "the error rate before and after",
        "postmortem": "the post-mortem",
        "action-items": "owners and due dates of action items",
        "backport": "the backport of the hotfix",
        "follow-up": "a follow-up of technical debt",
    }
)
"""The names of all conditions of the transition table, and what each asks for."""

FIXED: Final = frozenset({"severity", "assignee", "root-cause", "strategy", "deployment"})
"""Conditions that later rules stand on: nobody waives or relaxes them."""
