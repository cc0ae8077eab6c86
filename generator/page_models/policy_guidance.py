"""What the policy tells people: examples, principles, who is called, what shows how things are."""

from generator.page_models.blocks import Table, bullets, label, table, verbatim
from generator.page_models.inline import severity_badge
from generator.page_models.page import Block, Section, section
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.severity import Severity


def severity_guide(policy: Policy) -> Section | None:
    """Examples and the usual response, severity by severity."""
    told = policy.guidance
    return section(
        "Examples and response",
        table(
            "Bugs of each severity, and what a team does about them",
            ("Severity", "Examples", "Response"),
            (
                (
                    severity_badge(level, policy),
                    "; ".join(told.examples.get(level, ())),
                    "; ".join(told.responses.get(level, ())),
                )
                for level in Severity
                if level in told.examples or level in told.responses
            ),
        ),
    )


def principles(policy: Policy) -> Section | None:
    """What to do while fixing, and what not."""
    told = policy.guidance
    return section(
        "Critical rules for fixes",
        label("Do") if told.do else None,
        bullets(told.do, "good"),
        label("Don’t") if told.dont else None,
        bullets(told.dont, "bad"),
    )


def escalation(policy: Policy) -> Section | None:
    """Who is called, one after another, who else hears of it, and how all are reached."""
    return section(
        "Escalation path",
        _path(policy),
        section("Stakeholders", _stakeholders(policy)),
        section(
            "Emergency contacts",
            table(
                "How those who respond to incidents are reached",
                ("Through", "Address"),
                policy.guidance.contacts.items(),
            ),
        ),
    )


def components(policy: Policy) -> Section | None:
    """Parts of the product with their owners, and the commands that show how they are doing."""
    blocks: list[Block | None] = [
        table(
            "Parts of the product",
            ("Component", "Owner", "Code"),
            ((part.name, part.owner, part.repository) for part in policy.components),
        )
    ]
    for part in policy.components:
        commands = "\n".join(part.debug_commands)
        blocks.append(verbatim(commands, "bash", label=f"Debug checklist of {part.name}"))
    return section("Components", *blocks)


def _path(policy: Policy) -> Table | None:
    return table(
        "Who is called while nobody takes the bug",
        ("Severity", "Who", "After", "Unless", "Only if"),
        (
            (
                severity_badge(level, policy),
                step.to,
                in_words(step.after) if step.after else "at once",
                step.unless.value,
                "business-critical" if step.business_critical else None,
            )
            for level, rule in sorted(policy.severities.items())
            for step in rule.escalation
        ),
    )


def _stakeholders(policy: Policy) -> Table | None:
    return table(
        "Who else hears of a bug",
        ("Severity", "Who", "Through"),
        (
            (severity_badge(level, policy), person.who, person.how)
            for level, rule in sorted(policy.severities.items())
            for person in rule.stakeholders
        ),
    )
