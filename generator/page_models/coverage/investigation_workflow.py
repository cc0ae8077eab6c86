"""The investigation workflow: research, targeted fix, validation."""

from typing import Final

TITLE: Final = "Investigation workflow"
ROWS: Final = """
# The Problem Scenario
The Problem Scenario | report.what_is_broken | bug#bug-description
Intermittent failure | report.frequency | bug#bug-description
# Step 1: Research and Analysis
Question to the code | triage.initial_findings | bug#initial-investigation
Code Components Found | investigation.code.place | root-cause#relevant-code
Potential Issue Patterns | investigation.hypotheses.statement | root-cause#hypotheses
Critical Code Locations | investigation.code.note | root-cause#relevant-code
Database Analysis | investigation.known | root-cause#known
Recent Error Patterns | investigation.steps.findings | root-cause#investigation-steps
Hypothesis | investigation.hypotheses.verdict | root-cause#hypotheses
# Step 2: Targeted Fix Implementation
What the fix does | investigation.fix_plan | root-cause#fix-plan
Generated Test (RED Phase) | investigation.failing_test | root-cause#fix-plan
Test seen failing before the fix | tests.failed_before_fix | bug#test-runs
Code of the test | tests.code | bug#test-runs
Generated Implementation (GREEN Phase) | fix.code | bug#code-diff-summary
Middleware | fix.excerpts.code | bug#code-diff-summary
Database Migration | fix.excerpts.place | bug#code-diff-summary
# Step 3: Validation and Deployment
Unit Tests | tests.suite | bug#test-runs
Integration Tests | tests.name | bug#test-runs
Load Testing | tests.detail | bug#test-runs
Average response time, before and now | impact.measures.after | bug#impact-assessment
Security Validation | tests.result | bug#test-runs
Database Migration | tests.stage | bug#test-runs
Backward compatibility confirmed | fix.compatibility | bug#breaking-changes
# Deployment Plan
1. Deploy during low-traffic window | fix.deployment_plan.window | bug#deployment-plan
2. Database migration | fix.deployment_plan.steps | bug#deployment-plan
3. Application deployment | fix.deployment_plan.steps | bug#deployment-plan
4. Monitor authentication error rates | monitoring.samples.metric | bug#monitoring
5. Rollback triggers | fix.rollback_plan.triggers | bug#rollback-plan
# Monitoring Setup
Monitoring Setup | fix.deployment_plan.watch | bug#monitoring-setup
# Production Readiness
Production Readiness | status | bug#next-step
# Key Learning Points
Systematic Investigation | investigation.conclusion | root-cause#reproduction-steps
Targeted Implementation | fix.strategy_reason | bug#technical-changes
Production Safety | fix.rollback_plan.steps | bug#rollback-plan
Workflow Pattern Applications | triage.pattern | bug#severity-decision-matrix
When to Use This Workflow | policy.severities.means | workflow#severities
Command Synergy | command identify | workflow#lifecycle
# Variations and Extensions
Performance investigation | impact.measures.before | bug#impact-assessment
Security issue | release_notes.changelog.kind | release-notes#changelog
Integration problem | fix.risk.other_services | bug#risk-assessment
Code review integration | reviews.comment | bug#reviews
# Success Metrics
Faster Problem Resolution | root_cause.identified_at | post-mortem#metrics-and-cost
Higher Fix Quality | fix.regression_test | bug#technical-changes
Reduced Production Risk | fix.risk.what_can_go_wrong | bug#risk-assessment
Better Team Confidence | postmortem.went_well | post-mortem#what-went-well
"""
