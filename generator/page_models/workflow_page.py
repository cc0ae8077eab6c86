"""The team's process as the code judges it: severities, moves, hotfix steps, from the policy."""

import inspect
from collections.abc import Iterable
from datetime import timedelta

from generator.page_models.blocks import Paragraph, Table, bullets, label, table
from generator.page_models.field_words import marked
from generator.page_models.inline import (
    Cell,
    Code,
    Value,
    joined,
    sentence_case,
    severity_badge,
    status_badge,
)
from generator.page_models.lifecycle import lifecycle_map
from generator.page_models.page import Page, Section, present, section
from generator.page_models.policy_guidance import (
    components,
    escalation,
    principles,
    severity_guide,
)
from generator.page_models.policy_rules import exceptions_allowed, matrix, quiet_hours
from generator.page_paths import WORKFLOW_REFERENCE
from tracker.model.deployment import HotfixStep
from tracker.model.duration import in_words
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.workflow.gates.gate import Gate
from tracker.workflow.transitions import TRANSITIONS


def workflow_page(policy: Policy) -> Page:
    """The process in one page, with the values of this team's policy."""
    return Page(
        path=WORKFLOW_REFERENCE,
        kind="reference",
        title="Workflow and policy",
        heading="How a bug is worked on",
        kicker="Reference",
        sections=present(
            section("Severities", _severities(policy), _documents(policy), severity_guide(policy)),
            section("Decision matrix", _lead(_MATRIX_LEAD), matrix(policy)),
            section(
                "Lifecycle",
                lifecycle_map(),
                _lead(_MOVES_LEAD),
                _moves(),
                exceptions_allowed(policy),
            ),
            section("Hotfix track", _lead(_HOTFIX_LEAD), _hotfix(policy), *_checklists(policy)),
            section("Fix strategies", _strategies(policy)),
            section("Categories and patterns", _categories(policy), _patterns(policy)),
            principles(policy),
            components(policy),
            section("People", *_people(policy)),
            escalation(policy),
            quiet_hours(policy),
        ),
        summary="Severities and their targets, the decision matrix, every move with its "
        "conditions, the hotfix steps, strategies, categories and roles.",
    )


_MATRIX_LEAD = (
    "Triage asks six questions. The first yes that decides makes the severity, otherwise it is a "
    "P3; others raise it. A person may choose another level and says why."
)
_MOVES_LEAD = (
    "A move is refused while one of its conditions is not met; the refusal names all of them. "
    "Any open bug may also be closed with `mark-duplicate` or `wont-fix`."
)
_HOTFIX_LEAD = (
    "Eight steps in this order. They make the moves above and skip none of their conditions. "
    "The commands are filled in for the bug at hand."
)


def _lead(text: str) -> Paragraph:
    return Paragraph(content=marked(text))


def _span(span: timedelta | None) -> str:
    return in_words(span) if span else ""


def _severities(policy: Policy) -> Table | None:
    return table(
        "What each severity means",
        ("Severity", "Means", "Respond within", "Fix within", "Approvals", "Watch for"),
        (
            (
                severity_badge(level, policy),
                rule.means,
                _span(rule.respond_within),
                _span(rule.fix_within) or "no target",
                f"{rule.approvals}, by a senior" if rule.senior_approval else f"{rule.approvals}",
                _span(rule.monitor_for) or "not required",
            )
            for level, rule in sorted(policy.severities.items())
        ),
    )


def _documents(policy: Policy) -> Table | None:
    notes = {"before": "before the deployment", "after": "after it", "optional": "optional"}
    hotfix = {"always": "always", "by_choice": "by choice", "with_reason": "with a reason"}
    return table(
        "What each severity asks for",
        ("Severity", "Test suites", "Load test", "Release notes", "Post-mortem", "Hotfix"),
        (
            (
                severity_badge(level, policy),
                ", ".join(rule.suites),
                "may be waived" if rule.load_test_waivable else "required",
                notes[rule.release_notes]
                + (
                    f", within {_span(rule.release_notes_within)}"
                    if rule.release_notes_within
                    else ""
                ),
                "required" if rule.postmortem else "optional",
                hotfix[rule.hotfix],
            )
            for level, rule in sorted(policy.severities.items())
        ),
    )


def _moves() -> Table | None:
    return table(
        "Every move and its conditions",
        ("From", "Command", "To", "Conditions"),
        (
            (
                status_badge(source) if source else "Not reported yet",
                Code(text=verb),
                status_badge(transition.to),
                _conditions(transition.gates),
            )
            for source, row in TRANSITIONS.items()
            for verb, transition in row.items()
            if verb not in {"mark-duplicate", "wont-fix"}
        ),
    )


def _conditions(gates: Iterable[Gate]) -> Cell:
    return marked(" ".join((inspect.getdoc(gate) or "").partition("\n")[0] for gate in gates))


def _hotfix(policy: Policy) -> Table | None:
    return table(
        "The eight steps",
        ("Step", "Command", "What to run"),
        (
            (
                f"{number}. {sentence_case(step.value)}",
                Code(text=f"/hotfix {step}"),
                joined(tuple(Code(text=line) for line in policy.commands.get(step, ())), " then "),
            )
            for number, step in enumerate(HotfixStep, start=1)
        ),
    )


def _checklists(policy: Policy) -> tuple[Section | None, ...]:
    lists = policy.checklists
    return (
        section("For each hotfix", bullets(lists.hotfix)),
        section(
            "After each deployment",
            label("Within 15 minutes"),
            bullets(lists.immediate),
            label("Within 2 hours"),
            bullets(lists.short_term),
            label("Within 24 hours"),
            bullets(lists.long_term),
        ),
    )


def _strategies(policy: Policy) -> Table | None:
    return table(
        "Ways to fix a bug",
        ("Strategy", "When", "For it", "Against it"),
        (
            (
                sentence_case(strategy.words),
                "; ".join(advice.when),
                "; ".join(advice.pros),
                "; ".join(advice.cons),
            )
            for strategy, advice in policy.strategies.items()
        ),
    )


def _categories(policy: Policy) -> Table | None:
    return table(
        "Kinds of bugs",
        ("Category", "Typical bugs"),
        ((category.name, "; ".join(category.classes)) for category in policy.categories),
    )


def _patterns(policy: Policy) -> Section | None:
    return section("Bug patterns", bullets(policy.patterns))


def _people(policy: Policy) -> tuple[Table | Paragraph | None, ...]:
    roles = {**policy.user_groups, **policy.roles}
    if not roles and not policy.permissions:
        return (_lead("The policy names no roles: everybody may do everything."),)
    return (
        table(
            "Who holds which role",
            ("Role", "Members"),
            ((sentence_case(role.replace("_", " ")), policy.holders(role)) for role in roles),
        ),
        table(
            "Commands for certain roles",
            ("Command", "Role"),
            (
                (Code(text=verb), role.replace("_", " "))
                for verb, role in policy.permissions.items()
            ),
        ),
    )


def _names(people: tuple[Person, ...]) -> Value:
    return ", ".join(person.name for person in people) or "everybody"
