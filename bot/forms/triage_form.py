"""Triage and assignment."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import product

from bot.blocks.elements import Block, context, plain, section
from bot.blocks.words import command, severity_words
from bot.forms.choices import Offer
from bot.forms.inputs import Input, choice, line, lines, person, prose, yes_no
from bot.forms.layout import Form, flattened
from bot.forms.scene import Scene
from tracker.model.duration import in_words
from tracker.model.matrix import Question
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.severity import Severity
from tracker.model.triage import MatrixAnswers
from tracker.workflow.matrix import computed_severity

_QUESTIONS = (
    ("production_down", "Is production down?", "production_detail", "Production: details"),
    ("data_at_risk", "Is data at risk?", "data_detail", "Data: details"),
    ("core_feature_broken", "Is a core feature broken?", "feature_detail", "Feature: details"),
    ("all_users_affected", "Are all users affected?", "users_detail", "Users: details"),
    ("workaround", "Is there a workaround?", "workaround_detail", "Workaround: details"),
    ("business_impact", "Is the business hit?", "business_detail", "Business: details"),
)


def _untriaged(scene: Scene) -> bool:
    return scene.record is None or scene.record.triage is None


def _triage_start(record: BugRecord) -> Mapping[str, object]:
    known = flattened(record.triage)
    chosen, computed = known.get("chosen"), known.get("computed")
    return {**known, "severity": chosen if chosen is not computed else None}


def _assignment_start(record: BugRecord) -> Mapping[str, object]:
    """All but the time: an assignment that is changed is changed now."""
    return {name: said for name, said in flattened(record.assignment).items() if name != "at"}


def _computed(scene: Scene) -> list[Block]:
    """How the severity comes about, and what it is once no open question can change it."""
    recorded = scene.record.triage.answers if scene.record and scene.record.triage else None
    said = {
        name: scene.prefill.get(f"answers.{name}") or getattr(recorded, name, None)
        for name, *_ in _QUESTIONS
    }
    blocks = [context(plain(_effects(scene.policy)))]
    if (level := _decided(said, scene.policy)) is not None:
        words = severity_words(level, scene.policy)
        blocks.append(section(plain(f"These answers make it {words}.{_clocks(level, scene)}")))
    return [*blocks, *_likenesses(scene)]


def _decided(said: Mapping[str, object], policy: Policy) -> Severity | None:
    """The severity, where it is the same whatever the questions without an answer are given."""
    known = {name: value for name, value in said.items() if value is not None}
    unknown = said.keys() - known.keys()
    levels = {
        computed_severity(MatrixAnswers.model_validate({**dict(given), **known}), policy)
        for given in product(*([(name, "yes"), (name, "no")] for name in unknown))
    }
    return levels.pop() if len(levels) == 1 else None


def _clocks(level: Severity, scene: Scene) -> str:
    """What a severity asks for, from the report on."""
    rule, record = scene.policy.rule(level), scene.record
    spans = (("Respond", rule.respond_within), ("Fix", rule.fix_within))
    told = [
        f"{what} within {in_words(span)}{_by(record, span)}"
        for what, span in spans
        if span is not None
    ]
    if rule.fix_within is None:
        told.append("no target for the fix")
    monitoring = f" Watch production for {in_words(rule.monitor_for)}." if rule.monitor_for else ""
    return f" {', '.join(told)}.{monitoring}"


def _by(record: BugRecord | None, span: timedelta) -> str:
    return f" (by {record.reported.at + span:%Y-%m-%d %H:%M %Z})" if record is not None else ""


def _likenesses(scene: Scene) -> list[Block]:
    """Open bugs that may be the same."""
    if scene.record is None or not scene.similar:
        return []
    lines = "\n".join(scene.similar)
    told = f"Is it one of these? Then close it with {command('mark-duplicate', scene.record.id)}."
    return [section(plain(lines)), context(plain(told))]


def _effects(policy: Policy) -> str:
    """What each answer does."""
    said = [
        f"{question.ask} Yes: {question.decides}."
        for question in policy.matrix.values()
        if question.decides
    ]
    raising = [
        f"{question.ask} {question.raises.value.capitalize()}: one level worse, up to P1."
        for question in policy.matrix.values()
        if question.raises
    ]
    return " ".join((*said, "Otherwise P3.", *raising))


def _asked(name: str) -> Callable[[Scene], str]:
    """A question as the policy asks it."""
    return lambda scene: scene.policy.matrix[Question(name)].ask


def _severities(scene: Scene) -> tuple[Offer, ...]:
    return tuple(
        Offer(
            text=severity_words(level, scene.policy),
            value=level.value,
            description=scene.policy.rule(level).means,
        )
        for level in Severity
    )


def _categories(scene: Scene) -> tuple[Offer, ...]:
    return tuple(
        Offer(text=item.name, value=item.name, description=", ".join(item.classes))
        for item in scene.policy.categories
    )


def _patterns(scene: Scene) -> tuple[Offer, ...]:
    return tuple(Offer(text=name, value=name) for name in scene.policy.patterns)


def _questions() -> tuple[Input, ...]:
    found: list[Input] = []
    for name, question, detail, label in _QUESTIONS:
        found += (
            yes_no(
                f"answers.{name}", question, required=_untriaged, live=True, worded=_asked(name)
            ),
            line(f"answers.{detail}", label),
        )
    return tuple(found)


def _needs_backup(scene: Scene) -> bool:
    record = scene.record
    if record is None or record.severity is None or not scene.policy.rule(record.severity).backup:
        return False
    return record.assignment is None or record.assignment.backup is None


FORMS = (
    Form(
        verb="triage",
        title="Triage",
        submit="Triage",
        main="severity",
        start=_triage_start,
        introduction=_computed,
        aliases={"answers": "answers.production_down"},
        inputs=(
            *_questions(),
            choice(
                "severity", "Severity", _severities, "Leave it empty to take what the answers make"
            ),
            line(
                "reason",
                "Reason",
                "Needed when you choose another severity than the answers make, or change it later",
            ),
            choice("category", "Category", _categories, required=_untriaged),
            choice("pattern", "Bug pattern", _patterns),
            prose("initial_findings", "Initial findings", "What the first quick look showed"),
        ),
    ),
    Form(
        verb="assign",
        title="Assign",
        submit="Assign",
        main="assignee",
        words_suffice=True,
        start=_assignment_start,
        inputs=(
            person("assignee", "Assignee", "Who fixes it", required=lambda _: True),
            person(
                "backup", "Backup", "Who takes over; needed for P0 and P1", required=_needs_backup
            ),
            line("eta", "ETA", "When the fix is expected", example="2h"),
            lines("notified", "Notified", "Who was told, one a line", grows=True),
            line("channel", "Status channel", example="#incident-bug-0042"),
        ),
    ),
)
