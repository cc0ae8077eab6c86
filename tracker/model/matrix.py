"""The decision matrix as the team asks it: six questions, and what each answer does."""

from enum import StrEnum

from tracker.model.part import Line, Part
from tracker.model.severity import Severity


class Question(StrEnum):
    """The six questions (workflow §1), by the names of their answers."""

    PRODUCTION_DOWN = "production_down"
    DATA_AT_RISK = "data_at_risk"
    CORE_FEATURE_BROKEN = "core_feature_broken"
    ALL_USERS_AFFECTED = "all_users_affected"
    WORKAROUND = "workaround"
    BUSINESS_IMPACT = "business_impact"


class Answer(StrEnum):
    """What a question is answered with."""

    YES = "yes"
    NO = "no"


class MatrixQuestion(Part):
    """One question: it decides the severity, raises it, or only informs."""

    ask: Line
    """The question."""
    decides: Severity | None = None
    """The severity that a yes gives, unless a question before it decided."""
    raises: Answer | None = None
    """The answer that makes it one level worse, but never worse than P1."""
