"""What the policy decides by itself: the matrix, exceptions to conditions, quiet hours."""

from generator.page_models.blocks import Table, facts, table
from generator.page_models.inline import Code, joined, sentence_case
from generator.page_models.page import Section, section
from tracker.model.matrix import MatrixQuestion
from tracker.model.policy import Policy
from tracker.workflow.gates.names import GATES


def matrix(policy: Policy) -> Table | None:
    """The questions in their order, and what an answer does."""
    return table(
        "Six questions make a severity",
        ("Question", "Answer"),
        ((question.ask, _effect(question)) for question in policy.matrix.values()),
    )


def exceptions_allowed(policy: Policy) -> Section | None:
    """Conditions that may be waived, and by whom; conditions that are not applied, and why."""
    return section(
        "Exceptions",
        table(
            "Conditions that may be waived for one bug, with a reason",
            ("Condition", "Asks for", "Who may waive it"),
            (
                (Code(text=gate), sentence_case(GATES.get(gate, gate)), role.replace("_", " "))
                for gate, role in policy.waivers.items()
            ),
        ),
        table(
            "Conditions that this team does not apply",
            ("Condition", "Asks for", "Why not"),
            (
                (Code(text=gate), sentence_case(GATES.get(gate, gate)), reason)
                for gate, reason in policy.relaxations.items()
            ),
        ),
    )


def quiet_hours(policy: Policy) -> Section | None:
    """When reminders wait."""
    hours = policy.quiet_hours
    night = f"{hours.begin} to {hours.end}" if hours.begin != hours.end else "none"
    return section(
        "Quiet hours",
        facts(
            ("At night", night),
            ("Working days", joined(tuple(sentence_case(day.value) for day in hours.weekdays))),
            ("Time zone", hours.time_zone),
            ("Never quiet for", joined(tuple(level.value for level in hours.except_for))),
        ),
    )


def _effect(question: MatrixQuestion) -> str:
    said = [f"yes: {question.decides}"] if question.decides else []
    if question.raises:
        said.append(f"{question.raises}: one level up, but never above P1")
    return "; ".join(said) or "only told"
