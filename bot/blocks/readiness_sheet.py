"""Whether a fix may go to production, as a message: the same page as on the command line."""

from typing import Final

from bot.blocks.elements import Block, context, header, ours, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import remedy_buttons
from bot.blocks.text import one_line, quoted
from tracker.model.record import BugRecord
from tracker.workflow.decision import Reason
from tracker.workflow.readiness import Mark, Readiness, Section

_MARKS: Final = {Mark.MET: "✅", Mark.UNMET: "❌", Mark.LATER: "🕓", Mark.NOT_ASKED: "⚪"}
_UNMET: Final = 30
_LINE: Final = 250


def readiness_sheet(record: BugRecord, page: Readiness) -> Message:
    """The verdict, each group with its facts, and each unmet condition with its button."""
    lead = section(plain(f"{record.id} {one_line(record.title, 200)} · {record.status.words}"))
    conditions = page.unmet[:_UNMET]
    unmet = list(map(_condition, conditions, remedy_buttons(conditions, record.id)))
    left = len(page.unmet) - _UNMET
    more = [context(plain(f"And {left} more: meet these first."))] if left > 0 else []
    groups = section(plain("\n".join(_group(found) for found in page.sections)))
    text = f"{page.verdict} · {record.id}"
    return message(text, [header(page.verdict), lead, groups, *unmet, *more])


def _group(found: Section) -> str:
    note = " (not asked for)" if found.mark is Mark.NOT_ASKED else ""
    lines = [f"{_MARKS[found.mark]} {found.group}{note}"]
    lines += [f"    {one_line(fact, _LINE)}" for fact in found.facts[:3]]
    lines += [f"    ❗ {one_line(line, _LINE)}" for line in found.conceded[:3]]
    lines += [
        f"    After the deployment: {one_line(quoted(reason.sentence), _LINE)}"
        for reason in found.later[:3]
    ]
    return "\n".join(lines)


def _condition(reason: Reason, remedy: Block | None) -> Block:
    told = f"❌ {reason.sentence} {reason.waiver or ''}".rstrip()
    return section(ours(one_line(told, 600)), remedy)
