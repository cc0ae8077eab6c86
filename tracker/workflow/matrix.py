"""The decision matrix: six answers make a severity (workflow §1)."""

from tracker.model.matrix import Answer
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.triage import MatrixAnswers


def computed_severity(answers: MatrixAnswers, policy: Policy) -> Severity:
    """The first yes that decides; raised by one for each answer that raises, up to P1."""
    base, raised, decided = Severity.P3, 0, False
    for question, effect in policy.matrix.items():
        answer = Answer.YES if getattr(answers, question) else Answer.NO
        if effect.decides is not None and answer is Answer.YES and not decided:
            base, decided = effect.decides, True
        raised += effect.raises is answer
    return base.raised(raised)
