"""The hotfix sheet: the eight steps, their commands, risk, checklists and the way back."""

from generator.page_models.blocks import (
    Checklist,
    Missing,
    Paragraph,
    Tick,
    bullets,
    checklist,
    facts,
    label,
    narrative,
    verbatim,
)
from generator.page_models.commands import commands_for
from generator.page_models.document_state import state_of
from generator.page_models.dossier import Dossier
from generator.page_models.evidence import deployments, post_deployment
from generator.page_models.fix import commits, design, later_work, risk, rollback_plan
from generator.page_models.frame import bug_document
from generator.page_models.inline import Code, joined, link_to, sentence_case
from generator.page_models.next_step import command_words, due_on_track
from generator.page_models.page import Block, Page, Section, section
from generator.page_paths import Document
from tracker.model.deployment import Hotfix, HotfixStep, StepTaken
from tracker.workflow.hotfix_commands import hotfix_branch, hotfix_commands
from tracker.workflow.hotfix_progress import hotfix_steps, is_behind
from tracker.workflow.incident_channel import hotfix_checks, incident_channel
from tracker.workflow.next_moves import next_hotfix_step

_STEPS = {
    HotfixStep.DECLARE: "Declare Incident",
    HotfixStep.BRANCH: "Create Hotfix Branch",
    HotfixStep.IMPLEMENT: "Implement Fix",
    HotfixStep.TEST: "Rapid Testing",
    HotfixStep.REVIEW: "Expedited Review",
    HotfixStep.DEPLOY: "Deploy to Production",
    HotfixStep.MONITOR: "Monitor",
    HotfixStep.BACKPORT: "Backport to Main",
}


def hotfix_page(dossier: Dossier) -> Page:
    """The whole sheet; a hotfix that has to be declared says how."""
    hotfix = dossier.record.hotfix
    if hotfix is None:
        sections: tuple[Section | None, ...] = (_undeclared(dossier),)
        summary = f"Hotfix of {dossier.record.id}"
    else:
        sections = (
            _incident(dossier, hotfix),
            _steps_at_a_glance(dossier),
            *(_step(dossier, hotfix, step) for step in HotfixStep),
            _strategy(dossier),
            design(dossier.record.fix),
            risk(dossier.record.fix),
            section("Hotfix Checklist", checklist(hotfix_checks(dossier.record))),
            rollback_plan(dossier, required=True),
            deployments(dossier.record),
            post_deployment(dossier.record),
            _success(dossier),
            *later_work(dossier.record.fix),
        )
        summary = f"{hotfix.incident} {hotfix.branch or ''}"
    return bug_document(dossier, Document.HOTFIX, sections, summary=summary)


def _undeclared(dossier: Dossier) -> Section | None:
    record = dossier.record
    return section(
        "Hotfix",
        Missing(
            sentence=f"{record.severity} bugs are hotfixed: declare the incident.",
            commands=commands_for("hotfix-declare", record.id),
        ),
    )


def _incident(dossier: Dossier, hotfix: Hotfix) -> Section | None:
    fix = dossier.record.fix
    return section(
        "Incident",
        facts(
            ("Document", state_of(dossier, Document.HOTFIX).badge),
            ("Incident", hotfix.incident),
            ("Commander", hotfix.commander),
            ("Channel", incident_channel(dossier.record)),
            ("Stakeholders told", joined(hotfix.stakeholders)),
            ("Why a hotfix", hotfix.reason),
            ("Production ref", Code(text=hotfix.base) if hotfix.base else None),
            ("Branch", Code(text=hotfix_branch(dossier.record)) if hotfix.branch else None),
            ("Pull request", link_to(fix.pull_request) if fix else None),
            ("Backport", link_to(hotfix.backport)),
        ),
    )


def _steps_at_a_glance(dossier: Dossier) -> Section | None:
    taken, waiting = hotfix_steps(dossier.record), next_hotfix_step(dossier.record)
    ticks = tuple(
        Tick(
            content=(f"{position}. {_STEPS[step]}",),
            done=step in taken,
            note=("next",) if step is waiting else (),
        )
        for position, step in enumerate(HotfixStep, start=1)
    )
    return section("Hotfix Process", Checklist(items=ticks))


def _step(dossier: Dossier, hotfix: Hotfix, step: HotfixStep) -> Section | None:
    """What was done, or the commands to do it."""
    taken = [item for item in hotfix.steps if item.step is step]
    blocks: list[Block | None] = []
    for item in taken:
        blocks.extend(_taken(item))
    if step is HotfixStep.IMPLEMENT and dossier.record.fix:
        blocks.extend(commits(dossier.record.fix))
    commands = hotfix_commands(dossier.record, step, dossier.policy)
    done = step in hotfix_steps(dossier.record) or is_behind(step, dossier.record.status)
    if commands and not done:
        blocks.append(verbatim("\n".join(commands), "bash", label="Commands for this step"))
    if not taken:
        blocks.insert(0, _to_do(dossier, step))
    position = list(HotfixStep).index(step) + 1
    return section(f"{position}. {_STEPS[step]}", *blocks, anchor=f"step-{step.value}")


def _to_do(dossier: Dossier, step: HotfixStep) -> Block:
    if is_behind(step, dossier.record.status):
        return Paragraph(content=("Not recorded: the bug is past this step.",), role="note")
    if step is not next_hotfix_step(dossier.record):
        return Paragraph(content=("Not done yet.",), role="note")
    own, due = f"hotfix-{step.value}", due_on_track(dossier)
    if due in {own, None}:
        return Missing(sentence="This step is next.", commands=commands_for(own, dossier.record.id))
    return Missing(
        sentence=f"This step is next, and has to wait for another one: {command_words(due)}.",
        commands=commands_for(due, dossier.record.id),
    )


def _taken(item: StepTaken) -> tuple[Block | None, ...]:
    return (
        facts(("Done at", item.at), ("By", item.by), ("Detail", item.detail)),
        verbatim(item.command, "bash", label="Command"),
    )


def _strategy(dossier: Dossier) -> Section | None:
    fix = dossier.record.fix
    if fix is None:
        return None
    advice = dossier.policy.strategies.get(fix.strategy)
    return section(
        "Fix Strategy",
        facts(("Strategy", sentence_case(fix.strategy.words)), ("Reason", fix.strategy_reason)),
        narrative(fix.summary),
        bullets(fix.steps, "ordered"),
        *(_advice("When to use it", advice.when) if advice else ()),
        *(_advice("Pros", advice.pros, good=True) if advice else ()),
        *(_advice("Cons", advice.cons, good=False) if advice else ()),
    )


def _advice(
    words: str, items: tuple[str, ...], *, good: bool | None = None
) -> tuple[Block | None, ...]:
    if good is None:
        return (label(words), bullets(items)) if items else ()
    return (label(words), bullets(items, "good" if good else "bad")) if items else ()


def _success(dossier: Dossier) -> Section | None:
    notes = dossier.record.release_notes
    return section("Success Criteria", checklist(notes.success_criteria)) if notes else None
