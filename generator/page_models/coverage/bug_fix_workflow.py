"""The bug fix workflow, phases 1 to 3: triage, root cause, fix."""

from typing import Final

TITLE: Final = "Bug fix workflow: triage, root cause, fix"
ROWS: Final = """
# Bug Severity Classification
P0 - Critical (Fix within 4 hours) | policy.severities.fix_within | workflow#severities
P1 - High (Fix within 24 hours) | policy.severities.fix_within | workflow#severities
P2 - Medium (Fix within 1 week) | policy.severities.fix_within | workflow#severities
P3 - Low (Fix when convenient) | policy.severities.fix_within | workflow#severities
Meaning of a severity | policy.severities.means | workflow#severities
Response | policy.guidance.responses | workflow#examples-and-response
Examples | policy.guidance.examples | workflow#examples-and-response
Post-mortem required | policy.severities.postmortem | workflow#severities
# 1.1 Initial Report
Reporter | reported.by | bug#reported-by
Source | reported.source | bug#reported-by
Date | reported.at | bug#reported-by
Environment | environment.stage | bug#reported-by
Initial Severity | triage.changes.after | bug#severity-decision-matrix
Affects | impact.affects | bug#severity-assessment
Business Impact | impact.business | bug#severity-assessment
What's broken | report.what_is_broken | bug#bug-description
Expected behavior | report.expected | bug#bug-description
Actual behavior | report.actual | bug#bug-description
Frequency | report.frequency | bug#bug-description
Steps to Reproduce | report.steps | bug#steps-to-reproduce
Platform | environment.platform | bug#environment-details
App Version | environment.app_version | bug#environment-details
API Version | environment.api_version | bug#environment-details
Affected Portals | environment.portals | bug#environment-details
Started | impact.started | bug#environment-details
# 1.2 Severity Validation
1. Is production down? | triage.answers.production_down | bug#severity-decision-matrix
2. Is data at risk? | triage.answers.data_at_risk | bug#severity-decision-matrix
3. Is core feature broken? | triage.answers.core_feature_broken | bug#severity-decision-matrix
4. Are all users affected? | triage.answers.all_users_affected | bug#severity-decision-matrix
5. Is there a workaround? | triage.answers.workaround | bug#severity-decision-matrix
6. Is business impacted? | triage.answers.business_impact | bug#severity-decision-matrix
This Bug: Production | triage.answers.production_detail | bug#severity-decision-matrix
This Bug: Data | triage.answers.data_detail | bug#severity-decision-matrix
This Bug: Core feature | triage.answers.feature_detail | bug#severity-decision-matrix
This Bug: All users | triage.answers.users_detail | bug#severity-decision-matrix
This Bug: Workaround | triage.answers.workaround_detail | bug#severity-decision-matrix
This Bug: Business impact | triage.answers.business_detail | bug#severity-decision-matrix
Computed severity | triage.computed | bug#severity-decision-matrix
Final Severity | triage.chosen | bug#severity-decision-matrix
Why it was changed | triage.changes.reason | bug#severity-decision-matrix
# 1.3 Initial Investigation
Quick checks | triage.initial_findings | bug#initial-investigation
Check recent deployments | investigation.steps.command | root-cause#investigation-steps
Check error logs | investigation.steps.findings | root-cause#investigation-steps
Check monitoring | investigation.steps.analysis | root-cause#investigation-steps
# 1.4 Assignment
Assigned To | assignment.assignee | bug#bug-assignment
Backup | assignment.backup | bug#bug-assignment
Notified | assignment.notified | bug#bug-assignment
ETA | assignment.eta | bug#bug-assignment
Status Channel | assignment.channel | bug#bug-assignment
# Outputs and Gates of Phase 1
Bug Report | report.what_is_broken | bug#bug-description
Severity Classification | severity | bug
Assignment | assignment.at | bug#bug-assignment
Gate: severity and assignment | command assign | workflow#lifecycle
# 2.1 Reproduce the Bug
Local, Staging, Production | investigation.reproductions.where | root-cause#reproduction-steps
Reproduction Steps | investigation.reproductions.steps | root-cause#reproduction-steps
Result | investigation.reproductions.result | root-cause#reproduction-steps
Works or fails | investigation.reproductions.reproduced | root-cause#reproduction-steps
Conclusion | investigation.conclusion | root-cause#reproduction-steps
# 2.2 Investigate Logs
Backend logs | investigation.steps.command | root-cause#investigation-steps
Output | investigation.steps.findings | root-cause#investigation-steps
Database queries | investigation.steps.title | root-cause#investigation-steps
# 2.3 Identify Root Cause
The Problem | report.actual | root-cause#the-problem
The Cause | root_cause.what | root-cause#the-cause
Chain of events | root_cause.chain | root-cause#the-cause
Why It Happened | root_cause.why_it_happened | root-cause#why-it-happened
Why It Wasn't Caught | root_cause.why_not_caught | root-cause#why-it-wasnt-caught
Contributing Factors | root_cause.contributing_factors | root-cause#contributing-factors
# Outputs and Gates of Phase 2
Root Cause Document | root_cause.identified_by | root-cause#identified
Fix Strategy (preliminary) | fix.strategy | root-cause#immediate-fix
Gate: root cause identified | command identify | workflow#lifecycle
# Fix Strategy Selection
Option 1: Rollback | policy.strategies | workflow#fix-strategies
Option 2: Backward Compatible Fix | policy.strategies | workflow#fix-strategies
Option 3: Hotfix | policy.strategies | workflow#fix-strategies
When to use | policy.strategies.when | workflow#fix-strategies
Pros | policy.strategies.pros | workflow#fix-strategies
Cons | policy.strategies.cons | workflow#fix-strategies
Strategy that was chosen | fix.strategy | hotfix#fix-strategy
Why that one | fix.strategy_reason | hotfix#fix-strategy
# Implementation
Fix for the bug | fix.code | bug#code-diff-summary
Files that change | fix.files.path | bug#technical-changes
# Testing
Test code | tests.code | bug#test-runs
Regression | fix.regression_test | bug#technical-changes
Test result | tests.result | bug#test-runs
# Outputs and Gates of Phase 3
Fix Implementation | fix.summary | bug#solution
Tests Passing | tests.result | bug#test-runs
Peer reviewed | reviews.by | bug#reviews
Senior engineer approved | reviews.senior | bug#reviews
Gate: tests and review | command pass-tests | workflow#lifecycle
# Bug Fix Checklist
All Bugs | command verify | bug#all-bugs
P0/P1 Only | policy.severities.postmortem | workflow#severities
Incident channel created | hotfix.channel | hotfix#incident
Stakeholders notified | hotfix.stakeholders | hotfix#incident
Rollback plan tested | policy.checklists.hotfix | workflow#for-each-hotfix
Technical Debt | fix.technical_debt | bug#technical-debt
Follow-up ticket for cleanup | related.kind | bug#related-issues
Schedule debt paydown | actions.due | bug#action-items
# Critical Rules
Do's | policy.guidance.do | workflow#critical-rules-for-fixes
Don'ts | policy.guidance.dont | workflow#critical-rules-for-fixes
# Emergency Contacts
Escalation Path | policy.severities.escalation | workflow#escalation-path
Stakeholders | policy.severities.stakeholders | workflow#stakeholders
Contact Info | policy.guidance.contacts | workflow#emergency-contacts
"""
