"""The decision matrix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.triage import MatrixAnswers
from tracker.workflow.matrix import computed_severity

ANSWERS = st.builds(
    MatrixAnswers,
    **{
        name: st.booleans()
        for name, field in MatrixAnswers.model_fields.items()
        if field.annotation is bool
    },
)


@pytest.mark.parametrize(
    ("yes", "severity"),
    [
        ({"production_down"}, "P0"),
        ({"data_at_risk", "workaround"}, "P0"),
        ({"core_feature_broken", "all_users_affected", "workaround", "business_impact"}, "P1"),
        ({"core_feature_broken", "workaround"}, "P1"),
        ({"workaround"}, "P3"),
        ({"workaround", "business_impact"}, "P2"),
        (set(), "P2"),
        ({"business_impact"}, "P1"),
    ],
)
def test_answers_give_the_severity_of_the_workflow(yes: set[str], severity: str) -> None:
    names = [name for name, field in MatrixAnswers.model_fields.items() if field.annotation is bool]
    answers = MatrixAnswers.model_validate({name: name in yes for name in names})

    assert computed_severity(answers, Policy()) == severity


@given(ANSWERS)
def test_only_an_outage_or_data_at_risk_makes_a_p0(answers: MatrixAnswers) -> None:
    is_p0 = computed_severity(answers, Policy()) is Severity.P0

    assert is_p0 == (answers.production_down or answers.data_at_risk)


@given(ANSWERS)
def test_a_workaround_never_makes_it_worse(answers: MatrixAnswers) -> None:
    with_one = answers.model_copy(update={"workaround": True})
    without = answers.model_copy(update={"workaround": False})

    assert computed_severity(with_one, Policy()).rank >= computed_severity(without, Policy()).rank
