"""The hotfix development guide: diagnosis, design, implementation, tests, documentation, proof."""

from typing import Final

TITLE: Final = "Hotfix development guide"
ROWS: Final = """
# Mindset
Fix the bug | fix.summary | hotfix#fix-strategy
Minimize risk | fix.risk.side_effects | hotfix#risk-assessment
Verify thoroughly | tests.result | bug#test-runs
Document clearly | release_notes.summary | release-notes#summary
# 1. Diagnosis Phase
What is the exact error or unexpected behavior? | report.actual | bug#bug-description
When does it occur? | investigation.diagnosis.conditions | root-cause#diagnosis
What is the impact? | impact.affects | bug#severity-assessment
Data loss risk | triage.answers.data_detail | bug#severity-decision-matrix
What was the last working state? | environment.last_working | bug#environment-details
Minimal reproduction case | report.minimal_reproduction | bug#minimal-reproduction
Exact steps to reproduce | report.steps | bug#steps-to-reproduce
Error messages, logs | report.logs | bug#logs
Stack traces | report.stack_trace | bug#stack-trace
Identify the root cause | root_cause.what | root-cause#the-cause
Is this a regression? | investigation.diagnosis.regression | root-cause#diagnosis
Configuration- or code-related? | investigation.diagnosis.configuration | root-cause#diagnosis
Is it environment-specific? | investigation.diagnosis.environments | root-cause#diagnosis
Are there workarounds? | investigation.diagnosis.workaround | root-cause#diagnosis
# 2. Fix Design Phase
Fix Strategy | fix.strategy | hotfix#fix-strategy
Minimal change, no refactoring | policy.guidance.dont | workflow#critical-rules-for-fixes
Backward compatible | fix.compatibility | bug#breaking-changes
Rollback safe | fix.rollback_plan.steps | hotfix#rollback-plan
What could go wrong with this fix? | fix.risk.what_can_go_wrong | hotfix#risk-assessment
Are there side effects? | fix.risk.side_effects | hotfix#risk-assessment
Does it affect other services? | fix.risk.other_services | hotfix#risk-assessment
Can it be rolled back safely? | fix.risk.can_be_rolled_back | hotfix#risk-assessment
Can this be fixed with a small change? | fix.design.small_change | hotfix#fix-design
Does the fix address the root cause? | fix.design.root_cause_addressed | hotfix#fix-design
Are there edge cases to consider? | fix.design.edge_cases | hotfix#fix-design
What tests are needed? | fix.design.tests_needed | hotfix#fix-design
# 3. Implementation Phase
Do | policy.guidance.do | workflow#critical-rules-for-fixes
Don't | policy.guidance.dont | workflow#critical-rules-for-fixes
Hotfix Pattern, before and after | fix.code | bug#code-diff-summary
Error Handling | fix.excerpts.note | bug#code-diff-summary
Validation Fixes | fix.excerpts.code | bug#code-diff-summary
# 4. Testing Phase
Regression Tests | tests.failed_before_fix | bug#test-runs
Edge Cases | fix.design.edge_cases | bug#fix-design
Integration Tests | tests.suite | bug#test-runs
Smoke Tests | tests.after_deployment | release-notes#after-deployment
# 5. Documentation Phase
Update SKILL.md | release_notes.documentation.text | release-notes#related-documentation
Issue | report.what_is_broken | release-notes#issue
Status: Fixed in | release_notes.version | release-notes#release
Problem | release_notes.symptom | release-notes#issue
Solution | fix.summary | release-notes#solution
Migration | fix.compatibility | release-notes#breaking-changes
Add Changelog Entry | release_notes.changelog.text | release-notes#changelog
Fixed, Security | release_notes.changelog.kind | release-notes#changelog
Comment the Fix | fix.code | release-notes#code-diff-summary
# Hotfix Checklist
Before submitting hotfix PR | hotfix.checklist.text | hotfix#hotfix-checklist
Items that are ticked | hotfix.checklist.done | hotfix#hotfix-checklist
Checklist of the team | policy.checklists.hotfix | workflow#for-each-hotfix
# Common Hotfix Patterns
Pattern of the bug | triage.pattern | bug#severity-decision-matrix
Pattern 1: Null/None Handling | policy.patterns | workflow#bug-patterns
Pattern 2: Missing Dictionary Keys | policy.patterns | workflow#bug-patterns
Pattern 3: Type Validation | policy.patterns | workflow#bug-patterns
Pattern 4: API Error Handling | policy.patterns | workflow#bug-patterns
Pattern 5: Race Conditions | policy.patterns | workflow#bug-patterns
Pattern 6: Resource Leaks | policy.patterns | workflow#bug-patterns
# Testing Hotfixes
Unit Test Template | tests.code | bug#test-runs
Integration Test Template | tests.command | bug#test-runs
# Verifying the Fix
Pre-Merge Checklist | hotfix.checklist.done | hotfix#hotfix-checklist
Code reviewed by teammate | reviews.by | bug#reviews
Tested in staging environment | tests.stage | bug#test-runs
Post-Merge Verification | monitoring.immediate.text | hotfix#immediate-15-minutes
Error rates decreased | monitoring.samples.after | hotfix#monitoring
# Example Hotfix
Error | report.logs | bug#logs
Impact | impact.affects | bug#severity-assessment
Severity | triage.chosen | bug#severity-decision-matrix
Root Cause | investigation.code.code | root-cause#relevant-code
Hotfix | fix.code | bug#code-diff-summary
Test | tests.code | bug#test-runs
# Rollback Plan
If the hotfix causes issues | fix.rollback_plan.triggers | hotfix#rollback-plan
Immediate, Verify, Monitor, Communicate | fix.rollback_plan.steps | hotfix#rollback-plan
Rollback Command | fix.rollback_plan.command | hotfix#rollback-plan
Rolled back | deployments.rolled_back_because | hotfix#deployments
# Resources
Resources | related.link | bug#related-issues
# Success Criteria
A hotfix is complete when | release_notes.success_criteria.text | hotfix#success-criteria
"""
