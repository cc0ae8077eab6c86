"""The root-cause phase: plan, identify, give up reproducing."""

from collections.abc import Mapping

from bot.blocks.elements import Block, mrkdwn, section
from bot.blocks.text import literal
from bot.forms.choices import Offer
from bot.forms.excerpt_rows import EXCERPT_SYNTAX, read_excerpts, write_excerpts
from bot.forms.inputs import always, choice, line, lines, prose, rows
from bot.forms.inquiry_rows import (
    HYPOTHESIS_SYNTAX,
    REPRODUCTION_EXAMPLE,
    REPRODUCTION_SYNTAX,
    STEP_SYNTAX,
    read_hypotheses,
    read_reproductions,
    read_steps,
    write_hypotheses,
    write_reproductions,
    write_steps,
)
from bot.forms.layout import Form, flattened
from bot.forms.scene import Scene
from tracker.model.fix import Strategy
from tracker.model.record import BugRecord


def strategies(scene: Scene) -> tuple[Offer, ...]:
    """The ways to fix a bug, each with when it is right."""
    return tuple(
        Offer(
            text=strategy.words.capitalize(),
            value=strategy.value,
            description="; ".join(advice.when) if advice else "",
        )
        for strategy in Strategy
        for advice in [scene.policy.strategies.get(strategy)]
    )


def strategy_advice(scene: Scene) -> list[Block]:
    """When to use each strategy, what speaks for it and against it."""
    told = []
    for strategy, advice in scene.policy.strategies.items():
        parts = [
            literal(f"{sign} {'; '.join(points)}", 300)
            for sign, points in (("When:", advice.when), ("+", advice.pros), ("–", advice.cons))
            if points
        ]
        told.append("\n".join((f"*{literal(strategy.words.capitalize())}*", *parts)))
    return [section(mrkdwn("\n".join(told)))] if told else []


def _untried(scene: Scene) -> bool:
    return scene.record is None or not scene.record.investigation.reproductions


def _attempts(record: BugRecord) -> tuple[str, ...]:
    return tuple(
        f"{attempt.where}: {attempt.result}" for attempt in record.investigation.reproductions
    )


def _plan_start(record: BugRecord) -> Mapping[str, object]:
    plan = record.investigation
    return {
        "reproductions": _attempts(record),
        "conclusion": plan.conclusion,
        "known": plan.known,
        "unknown": plan.unknown,
        "hypotheses": tuple(f"{item.statement} ({item.verdict})" for item in plan.hypotheses),
        "steps": tuple(step.title for step in plan.steps),
        **flattened(plan.diagnosis, "diagnosis."),
        "code": tuple(item.place for item in plan.code),
        "fix_plan": plan.fix_plan,
        "failing_test": plan.failing_test,
    }


def _identify_start(record: BugRecord) -> Mapping[str, object]:
    fix = record.fix
    return {
        **flattened(record.root_cause),
        "reproductions": _attempts(record),
        "strategy": fix.strategy if fix else None,
        "strategy_reason": fix.strategy_reason if fix else None,
    }


_REPRODUCTIONS = rows(
    "reproductions",
    "Attempts to reproduce",
    REPRODUCTION_SYNTAX,
    example=REPRODUCTION_EXAMPLE,
    read=read_reproductions,
    write=write_reproductions,
    grows=True,
    required=_untried,
)

FORMS = (
    Form(
        verb="plan",
        title="Investigation",
        submit="Save",
        start=_plan_start,
        inputs=(
            rows(
                "reproductions",
                "Attempts to reproduce",
                REPRODUCTION_SYNTAX,
                example=REPRODUCTION_EXAMPLE,
                read=read_reproductions,
                write=write_reproductions,
                grows=True,
            ),
            prose("conclusion", "Conclusion", "What the attempts say"),
            lines("known", "Known", "What is certain, one fact a line", grows=True),
            lines("unknown", "Unknown", "What is still open, one question a line", grows=True),
            rows(
                "hypotheses",
                "Hypotheses",
                HYPOTHESIS_SYNTAX,
                read=read_hypotheses,
                write=write_hypotheses,
                grows=True,
            ),
            rows(
                "steps",
                "Investigation steps",
                STEP_SYNTAX,
                read=read_steps,
                write=write_steps,
                grows=True,
            ),
            line("diagnosis.conditions", "When does it occur?", "Timing, conditions, inputs"),
            line("diagnosis.regression", "Is it a regression?", "Did it work before?"),
            line("diagnosis.configuration", "Configuration or code?"),
            line("diagnosis.environments", "Specific to an environment?"),
            line("diagnosis.workaround", "Is there a workaround?"),
            rows(
                "code",
                "Code and configuration",
                EXCERPT_SYNTAX,
                read=read_excerpts,
                write=write_excerpts,
                grows=True,
            ),
            lines("fix_plan", "Fix plan", "What the fix will do, one step a line", grows=True),
            line("failing_test", "Test that must fail first"),
        ),
    ),
    Form(
        verb="identify",
        title="Identify the root cause",
        submit="Identify",
        main="summary",
        start=_identify_start,
        introduction=strategy_advice,
        inputs=(
            _REPRODUCTIONS,
            line("summary", "The problem in one sentence", required=always),
            prose("what", "Root cause", "What exactly causes it", required=always),
            lines("chain", "Chain of events", "How one thing led to another, one a line"),
            lines("why_it_happened", "Why it happened", "One reason a line", required=always),
            lines("why_not_caught", "Why it was not caught", "One reason a line", required=always),
            lines("contributing_factors", "Contributing factors"),
            choice("strategy", "Fix strategy", strategies, radio=True, required=always),
            line("strategy_reason", "Why this strategy"),
        ),
    ),
    Form(
        verb="cannot-reproduce",
        title="Cannot reproduce",
        submit="Close the bug",
        main="reason",
        start=lambda record: {"reproductions": _attempts(record)},
        inputs=(
            _REPRODUCTIONS,
            prose("reason", "Remarks", "Anything else that a later reader should know"),
        ),
    ),
)
