"""The bug investigation template: from the report to metrics and cost."""

from typing import Final

TITLE: Final = "Bug investigation template"
ROWS: Final = """
# Head
Bug Title | title | bug
Date | reported.at | bug#reported-by
Reporter | reported.by | bug#reported-by
Severity | triage.chosen | bug#severity-decision-matrix
Status | status | root-cause#summary
Related Issue | related.ref | bug#related-issues
# Summary
One-line Description | title | bug
Affected users | impact.users | bug#severity-assessment
Affected functionality | impact.functionality | bug#severity-assessment
Business impact | impact.business_detail | bug#severity-assessment
Environment | environment.stage | bug#reported-by
Version/Commit | environment.production_version | bug#environment-details
Deployment date | environment.deployed_at | bug#environment-details
# Bug Report
Steps to Reproduce | report.steps | bug#steps-to-reproduce
Minimal Reproduction | report.minimal_reproduction | bug#minimal-reproduction
Language of the reproduction | report.reproduction_language | bug#minimal-reproduction
Expected Behavior, with example | report.expected | bug#bug-description
Actual Behavior, with example | report.actual | bug#bug-description
Error Logs | report.logs | bug#logs
Stack Trace | report.stack_trace | bug#stack-trace
Screenshot of error page | report.attachments.name | bug#attachments
Video of reproduction | report.attachments.link | bug#attachments
Network request/response | report.attachments.kind | bug#attachments
# Investigation
What do we know? | investigation.known | root-cause#known
What don't we know? | investigation.unknown | root-cause#unknown
Primary Hypothesis | investigation.hypotheses.statement | root-cause#hypotheses
Supporting Evidence | investigation.hypotheses.evidence_for | root-cause#hypotheses
Alternative Hypotheses | investigation.hypotheses.statement | root-cause#hypotheses
Investigation Steps | investigation.steps.title | root-cause#investigation-steps
Command | investigation.steps.command | root-cause#investigation-steps
Findings | investigation.steps.findings | root-cause#investigation-steps
Analysis | investigation.steps.analysis | root-cause#investigation-steps
# Root Cause
Root Cause | root_cause.summary | root-cause#summary
Details | root_cause.chain | root-cause#the-cause
Why This Happened | root_cause.why_it_happened | root-cause#why-it-happened
Why Wasn't It Caught | root_cause.why_not_caught | root-cause#why-it-wasnt-caught
# Timeline
Time | timeline.at | root-cause#timeline
Event | timeline.text | root-cause#timeline
Time to Detect | impact.detected | root-cause#time-to-detect-and-identify
Time to Identify | root_cause.identified_at | root-cause#time-to-detect-and-identify
# Immediate Fix
Action | fix.summary | root-cause#immediate-fix
Commands | deployments.command | bug#deployments
Status: Applied at | deployments.at | bug#deployments
Verification | tests.name | release-notes#after-deployment
# Proper Fix
Changes Required | fix.proper_changes.note | root-cause#proper-fix
Code of the changes | fix.proper_changes.code | root-cause#proper-fix
PR | fix.proper_pull_request | root-cause#proper-fix
Status | fix.proper_state | root-cause#proper-fix
# Testing
Verification Steps | tests.result | bug#test-runs
Regression Test | tests.code | bug#test-runs
Manual Testing Checklist | fix.manual_checks | bug#manual-testing-checklist
# Prevention
Immediate Actions | actions.text | bug#action-items
Short-term Actions (Next Sprint) | actions.horizon | bug#action-items
Long-term Actions (Next Quarter) | actions.due | bug#action-items
Actions that are done | actions.done_at | bug#action-items
# Lessons Learned
What Went Well | postmortem.went_well | post-mortem#what-went-well
What Could Be Better | postmortem.went_wrong | post-mortem#what-went-wrong
Process Improvements | postmortem.prevention.text | post-mortem#prevention-measures
# Related Issues
Similar Issues | related.title | bug#related-issues
Prevented By This Fix | fix.prevents | root-cause#prevented-by-this-fix
# Metrics
Users affected | impact.users | post-mortem#incident-summary
Failed logins | impact.measures.before | post-mortem#metrics-and-cost
Support tickets | impact.measures.name | post-mortem#metrics-and-cost
Revenue impact | impact.cost | post-mortem#metrics-and-cost
Time to detect | impact.detected | post-mortem#metrics-and-cost
Time to fix | fix.submitted_at | release-notes#actual-timeline
Total downtime | postmortem.ended | post-mortem#metrics-and-cost
Engineering time | impact.costs.amount | post-mortem#cost
Support time | impact.costs.what | post-mortem#cost
Customer impact | impact.costs.detail | post-mortem#cost
# Appendix
Relevant Code | investigation.code.code | root-cause#relevant-code
Place of the code | investigation.code.place | root-cause#relevant-code
Configuration (before fix) | investigation.code.note | root-cause#relevant-code
Configuration (after fix) | fix.excerpts.code | bug#code-diff-summary
Investigation Complete | root_cause.identified_at | root-cause#identified
Fix Applied | deployments.at | bug#deployments
Verified | tests.at | bug#test-runs
Status: Resolved | resolution.kind | bug#resolution
# Template Usage Guide
When to Use This Template | policy.severities.means | workflow#severities
How to Fill Out | command plan | commands#plan
Tip: Be detailed | report.frequency | bug#bug-description
Tip: Include evidence | report.attachments.description | bug#attachments
Tip: Timeline matters | impact.started | bug#environment-details
Tip: Think prevention | postmortem.prevention.kind | post-mortem#prevention-measures
Tip: Share learnings | postmortem.shared_with | post-mortem#team-review
Template Version | release_notes.published.version | release-notes#publication
"""
