"""The bug fix workflow, phases 4 and 5: release notes, deployment, post-mortem."""

from typing import Final

TITLE: Final = "Bug fix workflow: deployment and post-mortem"
ROWS: Final = """
# Release Notes
Release Date | deployments.at | release-notes#deployments
Bug Ticket | id | release-notes#release
Severity | severity | release-notes#release
Version | release_notes.version | release-notes#release
Type | hotfix.incident | release-notes#related-documentation
Affected Components | release_notes.components | release-notes#release
Components of the bug | environment.components | bug#environment-details
Summary | release_notes.summary | release-notes#summary
# Bug Description
What was broken | report.what_is_broken | release-notes#issue
Symptom | release_notes.symptom | release-notes#issue
Started | impact.started | release-notes#issue
Impact | impact.affects | release-notes#issue
Affected Users | impact.users | release-notes#issue
Root Cause | root_cause.what | release-notes#root-cause
# Fix Applied
Solution | fix.steps | release-notes#solution
File Modified | fix.files.path | release-notes#technical-changes
Lines Changed | fix.files.lines | release-notes#technical-changes
Method | fix.files.functions | release-notes#technical-changes
Strategy | fix.strategy | release-notes#technical-changes
Code Diff Summary | fix.code | release-notes#code-diff-summary
# Deployment Details
Deployment Type | release_notes.deployment_type | release-notes#deployment-type
Deployment Steps | deployments.steps | release-notes#deployment-steps
Bug Reported | reported.at | release-notes#actual-timeline
Root Cause Identified | root_cause.identified_at | release-notes#actual-timeline
Fix Implemented | fix.submitted_at | release-notes#actual-timeline
Tests Passed | command pass-tests | release-notes#actual-timeline
Deployed to Production | deployments.at | release-notes#deployments
Verified Resolved | command verify | release-notes#actual-timeline
Total Time | reported.at | release-notes#actual-timeline
# Impact Assessment
Before Fix: Error Rate | impact.measures.before | release-notes#before-fix
Before Fix: Affected Users | impact.measures.name | release-notes#before-fix
Before Fix: Support Tickets | impact.measures.before | release-notes#before-fix
Before Fix: Business Impact | impact.business_detail | release-notes#before-fix
After Fix: Error Rate | impact.measures.after | release-notes#after-fix
After Fix: Successful Redemptions | impact.measures.after | release-notes#after-fix
After Fix: Support Tickets | impact.measures.after | release-notes#after-fix
After Fix: Business Impact | impact.measures.name | release-notes#after-fix
# Testing Performed
Before Deployment | tests.name | release-notes#before-deployment
After Deployment | tests.name | release-notes#after-deployment
# Breaking Changes
Breaking Changes | fix.breaking_changes | release-notes#breaking-changes
Old and new clients | fix.compatibility | release-notes#breaking-changes
User action, data migration | fix.compatibility | release-notes#breaking-changes
# Related Documentation
Post-mortem created | postmortem.published.version | post-mortem#publication
Runbook updated | release_notes.documentation.done | release-notes#related-documentation
Incident report filed | hotfix.incident | release-notes#related-documentation
Knowledge base article | release_notes.documentation.text | release-notes#related-documentation
# Rollback Plan
Revert to previous version | fix.rollback_plan.version | release-notes#rollback-plan
Command | fix.rollback_plan.command | release-notes#rollback-plan
Rollback time | fix.rollback_plan.duration | release-notes#rollback-plan
Data loss | fix.rollback_plan.data_loss | release-notes#rollback-plan
Steps | fix.rollback_plan.steps | release-notes#rollback-plan
# Success Criteria
Success Criteria | release_notes.success_criteria.text | release-notes#success-criteria
# Prevention Measures
Immediate Actions Taken | release_notes.prevention_now | release-notes#immediate-actions-taken
Long-term Improvements | release_notes.prevention_later | release-notes#long-term-improvements
# Team
Reported By | reported.by | release-notes#team
Triaged By | triage.changes.by | bug#severity-decision-matrix
Fixed By | fix.submitted_by | release-notes#team
Reviewed By | reviews.by | bug#reviews
Deployed By | deployments.by | release-notes#deployments
Verified By | timeline.by | release-notes#timeline
# Communication
Stakeholders Notified | communication.whom | release-notes#stakeholders-notified
Through what | communication.how | release-notes#stakeholders-notified
Communication Timeline | communication.message | release-notes#communication-timeline
# Timeline
Time | timeline.at | release-notes#timeline
Event | timeline.text | release-notes#timeline
# Related Issues
Similar Past Issue | related.ref | release-notes#related-issues
Related Enhancement | related.title | release-notes#related-issues
Follow-up Work | related.kind | release-notes#related-issues
# Publication
Approved By | approvals.role | post-mortem#approved-by
Name of the approver | approvals.by | post-mortem#approved-by
Date of the approval | approvals.at | post-mortem#approved-by
Published By | release_notes.published.by | release-notes#publication
Publication Date | release_notes.published.at | release-notes#publication
# Deployment Strategy by Severity
P0 - Emergency Hotfix | policy.severities.hotfix | workflow#severities
P1 - Fast-Track | policy.severities.staging_smoke_test | workflow#lifecycle
P2/P3 - Normal Release | command close-without-deploy | workflow#lifecycle
Deploy | deployments.command | bug#deployments
Method | deployments.method | bug#deployments
Where to | deployments.target | bug#deployments
Smoke test on staging | tests.stage | bug#test-runs
Announcement | communication.message | bug#communication-timeline
# Monitoring Post-Deployment
Immediate (15 minutes) | monitoring.immediate.text | bug#immediate-15-minutes
Short-term (2 hours) | monitoring.short_term.text | bug#short-term-2-hours
Long-term (24 hours) | monitoring.long_term.text | bug#long-term-24-hours
Monitoring Data | monitoring.samples.metric | bug#monitoring
Gate: rollback if new issues | command roll-back | workflow#lifecycle
# Post-Mortem
Date | impact.started | post-mortem#incident-summary
Duration | postmortem.ended | post-mortem#incident-summary
Severity | severity | post-mortem#incident-summary
Impact | impact.affects | post-mortem#incident-summary
Users Affected | impact.users | post-mortem#incident-summary
Incident Summary | postmortem.summary | post-mortem#incident-summary
Timeline | timeline.text | post-mortem#timeline
Root Cause | root_cause.what | post-mortem#root-cause
What Went Well | postmortem.went_well | post-mortem#what-went-well
What Went Wrong | postmortem.went_wrong | post-mortem#what-went-wrong
Immediate (This Week) | actions.text | post-mortem#action-items
Short-term (This Month) | actions.horizon | post-mortem#action-items
Long-term (This Quarter) | actions.text | post-mortem#long-term-this-quarter
Testing, Process, Deployment… | postmortem.prevention.kind | post-mortem#prevention-measures
Prevention Measures | postmortem.prevention.text | post-mortem#prevention-measures
Lessons Learned | postmortem.lessons | post-mortem#lessons-learned
# Outputs and Gates of Phase 5
Assigned owners | actions.owner | post-mortem#action-items
Due dates | actions.due | post-mortem#action-items
Tracked in backlog | actions.link | post-mortem#action-items
Team Review: meeting held | postmortem.meeting | post-mortem#team-review
Team Review: lessons shared | postmortem.shared_with | post-mortem#team-review
"""
