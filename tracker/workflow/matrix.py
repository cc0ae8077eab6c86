"""The decision matrix: six answers make a severity (workflow §1)."""

from tracker.model.severity import Severity
from tracker.model.triage import MatrixAnswers


def computed_severity(answers: MatrixAnswers) -> Severity:
    """The first yes decides; no workaround and business impact each raise by one, up to P1."""
    if answers.production_down or answers.data_at_risk:
        return Severity.P0
    base = Severity.P1 if answers.core_feature_broken or answers.all_users_affected else Severity.P3
    return base.raised(int(not answers.workaround) + int(answers.business_impact))
