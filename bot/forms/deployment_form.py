"""Deploy, watch, verify, go back."""

from collections.abc import Callable, Mapping

from bot.forms.choices import Ticks
from bot.forms.fix_form import ALIASES, ROLLBACK
from bot.forms.inputs import Input, always, line, lines, prose, rows
from bot.forms.layout import Data, Form
from bot.forms.measure_rows import (
    CHECK_SYNTAX,
    MEASURE_SYNTAX,
    read_checks,
    read_samples,
    write_checks,
    write_samples,
)
from bot.forms.scene import Scene
from tracker.model.checklist import ChecklistItem
from tracker.model.record import BugRecord
from tracker.workflow.history import standing_checks

_CHECKS = {
    "immediate": "Immediate checks (15 minutes)",
    "short_term": "Short-term checks (2 hours)",
    "long_term": "Long-term checks (24 hours)",
}

DEPLOYMENT: tuple[Input, ...] = (
    line("version", "Version", "A version, tag or image", required=always),
    line("target", "Target", "The service or stack that was updated"),
    line("method", "Method", example="Emergency hotfix, fast-track or next release"),
    prose("command", "Deployment command"),
    lines("steps", "Deployment steps", "One step a line"),
    line("load_test_waived", "Load test waived because", "Only P0 and P3 may waive it"),
    *ROLLBACK,
)


def recorded(name: str) -> Callable[[Scene], tuple[ChecklistItem, ...]]:
    """The checks that the record holds in one list of its monitoring, as they stand now."""

    def items(scene: Scene) -> tuple[ChecklistItem, ...]:
        if scene.record is None:
            return ()
        return standing_checks(scene.record, getattr(scene.record.monitoring, name))

    return items


def usual(name: str) -> Callable[[Scene], tuple[ChecklistItem, ...]]:
    """The checks that the policy asks for in one list."""

    def items(scene: Scene) -> tuple[ChecklistItem, ...]:
        return tuple(ChecklistItem(text=text) for text in getattr(scene.policy.checklists, name))

    return items


def _checks() -> tuple[Input, ...]:
    found: list[Input] = []
    for name, label in _CHECKS.items():
        kind = Ticks(recorded=recorded(name), usual=usual(name))
        more = label.replace(" checks", " checks, more")
        found += (
            Input(name=name, label=label, kind=kind),
            rows(f"{name}_more", more, CHECK_SYNTAX, read=read_checks, write=write_checks),
        )
    return tuple(found)


MONITORING: tuple[Input, ...] = (
    line("error_rate_before", "Error rate before", example="100% of NFC redemptions"),
    line("error_rate_after", "Error rate after", example="0%"),
    rows("samples", "Other metrics", MEASURE_SYNTAX, read=read_samples, write=write_samples),
    *_checks(),
)


def with_checks(data: Data, scene: Scene) -> Data:
    """Ticked checks and written ones as one list each."""
    del scene
    found = dict(data)
    for name in (*_CHECKS, "checklist"):
        more = found.pop(f"{name}_more", None)
        if more:
            found[name] = [*found.get(name, []), *more]
    return found


def monitoring_start(record: BugRecord) -> Mapping[str, object]:
    """The error rate before the fix, so that it is typed once."""
    rates = [sample.before for sample in record.monitoring.samples if sample.metric == "Error rate"]
    return {"error_rate_before": rates[-1] if rates else None}


def deployment_start(record: BugRecord) -> Mapping[str, object]:
    """The way back that the fix named."""
    plan = record.fix.rollback_plan if record.fix else None
    names = type(plan).model_fields if plan else ()
    return {f"rollback_plan.{name}": getattr(plan, name) for name in names}


FORMS = (
    Form(
        verb="deploy",
        title="Deploy the fix",
        submit="Deployed",
        main="version",
        words_suffice=True,
        start=deployment_start,
        aliases={**ALIASES, "load_test": "load_test_waived"},
        inputs=DEPLOYMENT,
    ),
    Form(
        verb="close-without-deploy",
        title="Close without deploying",
        submit="Close the bug",
        main="reason",
        words_suffice=True,
        inputs=(prose("reason", "Why no deployment is needed", required=always),),
    ),
    Form(
        verb="roll-back",
        title="Roll back",
        submit="Rolled back",
        main="reason",
        words_suffice=True,
        inputs=(line("reason", "What was seen", required=always),),
    ),
    Form(
        verb="monitor",
        title="Record monitoring",
        submit="Record",
        start=monitoring_start,
        finish=with_checks,
        inputs=MONITORING,
    ),
    Form(
        verb="verify",
        title="Verify the fix",
        submit="Verified",
        main="note",
        words_suffice=True,
        bare=True,
        inputs=(prose("note", "What shows that it is gone"),),
    ),
)
