"""The gateway's bug fix workflow: lifecycle, severities, categories, root cause, hotfix."""

from typing import Final

TITLE: Final = "Bug fix workflow of a gateway"
ROWS: Final = """
# Bug Lifecycle
State diagram | status | bug#lifecycle
Reported → Triaged: Initial Review | command triage | workflow#lifecycle
Triaged → Investigating: Assigned | command assign | workflow#lifecycle
Investigating → InProgress: Root Cause Found | command identify | workflow#lifecycle
Investigating → Closed: Cannot Reproduce | command cannot-reproduce | workflow#lifecycle
InProgress → CodeReview: Fix Ready | command submit-fix | workflow#lifecycle
CodeReview → InProgress: Changes Needed | command request-changes | workflow#lifecycle
CodeReview → Testing: Approved | command approve | workflow#lifecycle
Testing → InProgress: Bug Persists | command fail-tests | workflow#lifecycle
Testing → LoadTest: Verified | command pass-tests | workflow#lifecycle
LoadTest → Closed: Performance OK | command close-without-deploy | workflow#lifecycle
LoadTest → InProgress: Regression | command regress | workflow#lifecycle
# Bug Severity
Severity | policy.severities.name | workflow#severities
Impact | policy.severities.means | workflow#severities
Response Time | policy.severities.respond_within | workflow#severities
Example | policy.guidance.examples | workflow#examples-and-response
# Bug Categories
Request Handling | policy.categories.classes | workflow#categories-and-patterns
Authentication/Authorization | policy.categories.classes | workflow#categories-and-patterns
Rate Limiting | policy.categories.classes | workflow#categories-and-patterns
Caching | policy.categories.classes | workflow#categories-and-patterns
Category of a bug | triage.category | bug#severity-decision-matrix
# Bug Investigation
Debug Checklist | policy.components.debug_commands | workflow#components
1. Check gateway logs | investigation.steps.command | root-cause#investigation-steps
2. Check metrics | investigation.steps.command | root-cause#investigation-steps
3. Check Redis state | investigation.steps.findings | root-cause#investigation-steps
4. Check request tracing | investigation.steps.findings | root-cause#investigation-steps
5. Reproduce locally | investigation.reproductions.steps | root-cause#reproduction-steps
# Root Cause Template
Summary | root_cause.summary | root-cause#summary
Timeline | timeline.text | root-cause#timeline
Root Cause | root_cause.what | root-cause#the-cause
Fix | fix.summary | root-cause#immediate-fix
Prevention | postmortem.prevention.text | root-cause#prevention
# Hotfix Process
Critical Bug | triage.chosen | bug#severity-decision-matrix
Declare Incident | hotfix.incident | hotfix#incident
Create Hotfix Branch | hotfix.branch | hotfix#incident
Implement Fix | fix.commits | hotfix#step-implement
Rapid Testing | tests.name | bug#test-runs
Expedited Review | reviews.verdict | bug#reviews
Deploy to Prod | deployments.version | hotfix#deployments
Monitor 30min | monitoring.samples.after | hotfix#monitoring
Backport to Main | hotfix.backport | hotfix#incident
# Hotfix Commands
1. Create hotfix branch | policy.commands | workflow#hotfix-track
Production ref | hotfix.base | hotfix#incident
2. Implement minimal fix | fix.code | bug#code-diff-summary
3. Run critical tests only | tests.command | bug#test-runs
4. Commit with hotfix prefix | fix.commits | bug#technical-changes
Incident trailer | hotfix.incident | hotfix#incident
5. Push and create expedited PR | fix.pull_request | hotfix#incident
6. After approval, deploy directly | deployments.command | hotfix#deployments
Commands that were run | hotfix.steps.command | hotfix#step-backport
# Related Documents
Related Documents | release_notes.documentation.text | release-notes#related-documentation
"""
