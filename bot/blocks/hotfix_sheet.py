"""The hotfix track in chat: what is done, how long it took, what to run next."""

from datetime import datetime, timedelta

from bot.blocks.elements import (
    Block,
    actions,
    code_blocks,
    context,
    divider,
    header,
    ours,
    plain,
    section,
)
from bot.blocks.message import Message, message
from bot.blocks.moves import move_button
from bot.blocks.text import one_line
from bot.blocks.words import clock_words, command, severity_words, verb_words
from tracker.model.deployment import HotfixStep, StepTaken
from tracker.model.duration import in_words
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.clocks import targets
from tracker.workflow.context import Context
from tracker.workflow.history import production_deployment
from tracker.workflow.hotfix_commands import hotfix_commands
from tracker.workflow.hotfix_track import is_complete, needed, steps_done
from tracker.workflow.incident_channel import hotfix_checks
from tracker.workflow.next_moves import next_hotfix_step, next_on_track


def hotfix_status(record: BugRecord, policy: Policy, now: datetime) -> Message:
    """The eight steps with their times against the targets, and the next step's commands."""
    if record.hotfix is None:
        declare = command("hotfix-declare", record.id)
        text = f"{record.id} has no hotfix track. Declare the incident to start one: {declare}"
        rows = [actions([move_button("hotfix-declare", record.id, primary=True)])]
        return message(text, [section(plain(text)), *rows])
    hotfix = record.hotfix
    context_now = Context(actor=record.reported.by, policy=policy, now=now, at=now)
    due = next_on_track(record, context_now)
    title = f"{hotfix.incident} · hotfix of {record.id}"
    needs = [f"• {one_line(each.sentence, 300)}" for each in needed(record, due, context_now)]
    head = f"{severity_words(record.severity, policy)} · {record.title}"
    return message(
        f"{title} · {_progress(record, due)}",
        [
            header(title),
            section(plain(f"{head}\nCommander: {one_line(hotfix.commander.name, 100)}")),
            *_clocks(record, policy, now),
            section(plain("\n".join(_steps(record, policy, now)))),
            *_checklist(record),
            *_next_step(record, due, policy),
            *([section(ours("\n".join(("Still needed:", *needs))))] if needs else []),
        ],
    )


def _progress(record: BugRecord, due: str | None) -> str:
    if due is not None:
        return f"next: {verb_words(due).removeprefix('Hotfix: ')}"
    return "all eight steps are taken" if next_hotfix_step(record) is None else "nothing to do now"


def _clocks(record: BugRecord, policy: Policy, now: datetime) -> list[Block]:
    due = targets(record, policy, now)
    return [context(*(plain(clock_words(target)) for target in due))] if due else []


def _steps(record: BugRecord, policy: Policy, now: datetime) -> list[str]:
    done, lines, previous = steps_done(record), [], None
    context_now = Context(actor=record.reported.by, policy=policy, now=now, at=now)
    for number, step in enumerate(HotfixStep, start=1):
        taken = done.get(step)
        target = _target(record, policy, step)
        ends = _watched_until(record, target, now) if step is HotfixStep.MONITOR else None
        told = _watching(taken, ends, target) if taken and ends and target else None
        line = told or _step_line(step, taken, previous, target)
        if taken is not None and not is_complete(record, step, context_now):
            line = f"⏳ {line.partition(' ')[2]}"
        lines.append(f"{number}. {line}")
        previous = taken or previous
    return lines


def _step_line(
    step: HotfixStep, taken: StepTaken | None, previous: StepTaken | None, target: timedelta | None
) -> str:
    within = f", target {in_words(target)}" if target else ""
    if taken is None:
        return f"⬜ {step.value}{within}"
    passed = taken.at - previous.at if previous and previous.at <= taken.at else None
    took = f" · {in_words(passed)}{within}" if passed is not None else ""
    late = target is not None and passed is not None and passed > target
    mark = "⚠️" if late and step is HotfixStep.REVIEW else "✅"
    detail = f" · {one_line(taken.detail, 120)}" if taken.detail else ""
    who = f"{one_line(taken.by.name, 60)}, {taken.at:%H:%M %Z}"
    return f"{mark} {step.value} · {who}{took}{detail}"


def _watched_until(record: BugRecord, window: timedelta | None, now: datetime) -> datetime | None:
    """When production has been watched long enough; None once it has, or the bug is past that."""
    deployment = production_deployment(record)
    if deployment is None or window is None or record.status is not Status.DEPLOYED:
        return None
    ends = deployment.at + window
    return ends if now < ends else None


def _watching(taken: StepTaken, ends: datetime, target: timedelta) -> str:
    who = f"{one_line(taken.by.name, 60)}, {taken.at:%H:%M %Z}"
    until = ends.astimezone(taken.at.tzinfo)
    detail = f" · {one_line(taken.detail, 120)}" if taken.detail else ""
    return f"⏳ monitor · {who} · until {until:%H:%M %Z}, target {in_words(target)}{detail}"


def _target(record: BugRecord, policy: Policy, step: HotfixStep) -> timedelta | None:
    rule = policy.rule(record.severity)
    if step is HotfixStep.REVIEW:
        return rule.review_within
    return rule.monitor_for or None if step is HotfixStep.MONITOR else None


def _checklist(record: BugRecord) -> list[Block]:
    checks = hotfix_checks(record)
    ticks = [f"{'☑' if item.done else '☐'} {one_line(item.text, 200)}" for item in checks]
    return [section(plain("\n".join(ticks)))] if ticks else []


def _next_step(record: BugRecord, due: str | None, policy: Policy) -> list[Block]:
    step = next_hotfix_step(record)
    if not record.status.is_open:
        return [context(plain(f"{record.id} is closed, and its track with it."))]
    if step is None:
        return _end(record)
    if due is None:
        return [context(plain(f"Nothing can be done now: the step {step.value} has to wait."))]
    if due != f"hotfix-{step.value}":
        told = f"Next: {verb_words(due)}, before the step {step.value}: {command(due, record.id)}"
        blocks = [divider(), section(plain(told))]
    else:
        form = "" if step is HotfixStep.REVIEW else " (it opens a form)"
        told = f"Next: {step.value}. Then record it: {command(due, record.id)}{form}"
        code = "\n".join(hotfix_commands(record, step, policy))
        blocks = [divider(), section(plain(told)), *(code_blocks(code) if code else ())]
    return [*blocks, actions([move_button(due, record.id, primary=True)])]


def _end(record: BugRecord) -> list[Block]:
    """All steps are taken; the boxes that nobody ticked are told, and where to tick them."""
    unticked = sum(not item.done for item in hotfix_checks(record))
    if not unticked:
        return [context(plain("All eight steps are taken. Nothing is left to do on this track."))]
    counted = "1 item" if unticked == 1 else f"{unticked} items"
    items = f"{counted} of the checklist {'is' if unticked == 1 else 'are'}"
    tick = f"Tick what is done: {command('hotfix-monitor', record.id)}"
    return [
        section(plain(f"All eight steps are taken, but {items} open. {tick}")),
        actions([move_button("hotfix-monitor", record.id, primary=True)]),
    ]
