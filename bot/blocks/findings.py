"""What was found in the records and around them: hits, likenesses, commits, evidence."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.blocks.elements import Block, context, header, ours, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import move_button
from bot.blocks.text import one_line
from bot.blocks.words import severity_mark
from tracker.model.investigation import InvestigationStep
from tracker.model.record import BugRecord
from tracker.workflow.search import Hit
from tracker.workflow.trait import SimilarBug

_COMMITS: Final = 40
_HITS: Final = 15
_FINDINGS: Final = 1200


def search_result(hits: Sequence[Hit], most: int) -> Message:
    """The best hits, each with the place that fits and a button that shows the bug."""
    if not hits:
        text = "No bug matches. Try fewer words, or report one with /bug and what is broken."
        return message(text, [section(plain(text))])
    found = [_hit(hit) for hit in hits[:_HITS]]
    more = [context(plain("There may be more: add words to narrow it."))]
    text = f"Found: {', '.join(f'{hit.bug} {hit.title}' for hit in hits[:_HITS])}"
    count = "1 bug" if len(hits) == 1 else f"{len(hits[:_HITS])} bugs, the best first"
    return message(text, [header(count), *found, *(more if len(hits) >= min(most, _HITS) else [])])


def similar_result(record: BugRecord, found: Sequence[SimilarBug]) -> Message:
    """The bugs that are like one, what they share with it, and what caused them."""
    if not found:
        text = f"No other bug shares enough with {record.id}."
        return message(text, [section(plain(text))])
    title = f"Bugs like {record.id}"
    text = f"{title}: {', '.join(each.bug for each in found)}"
    return message(text, [header(title), *(_likeness(each) for each in found)])


def likeness_words(found: SimilarBug) -> str:
    """A similar bug in one line."""
    mark = severity_mark(found.severity)
    return f"{mark} {found.bug} {one_line(found.title, 150)} · {found.status.words}"


def history_result(record: BugRecord, commits: Sequence[tuple[datetime, str, str]]) -> Message:
    """Who did what to a bug, the newest last: when, the author's name, the commit's subject."""
    title = f"History of {record.id}"
    lines = [
        f"{at:%Y-%m-%d %H:%M}  {one_line(author, 60)}: "
        f"{one_line(subject.removeprefix(f'{record.id} '), 160)}"
        for at, author, subject in commits[-_COMMITS:]
    ]
    blocks = [section(plain("\n".join(lines[at : at + 10]))) for at in range(0, len(lines), 10)]
    if len(commits) > _COMMITS:
        rest = f"And {len(commits) - _COMMITS} before: `bugbook history {record.id}` has them all."
        blocks.insert(0, context(ours(rest)))
    return message(title, [header(title), *blocks])


def evidence_result(
    record: BugRecord, steps: Sequence[InvestigationStep], remarks: Sequence[str]
) -> Message:
    """What an investigation has found, before it is recorded, and what it did not look at."""
    title = f"Evidence on {record.id}"
    nothing = [section(plain("Nothing was found that the record does not hold already."))]
    notes = [context(plain(one_line(remark, 300))) for remark in remarks]
    found = [block for step in steps for block in _step(step)]
    return message(title, [header(title), *(found or nothing), *notes])


def _hit(hit: Hit) -> Block:
    where = hit.where.replace("_", " ").replace(".", ", ")
    text = (
        f"{severity_mark(hit.severity)} {hit.bug} {one_line(hit.title, 150)} · {hit.status.words}\n"
        f"{where}: {one_line(hit.snippet, 200)}"
    )
    return section(plain(text), move_button("show", hit.bug))


def _likeness(found: SimilarBug) -> Block:
    lines = [likeness_words(found), one_line(f"Both have: {found.why}", 300)]
    if found.root_cause:
        lines.append(one_line(f"Caused by: {found.root_cause}", 300))
    return section(plain("\n".join(lines)), move_button("show", found.bug))


def _step(step: InvestigationStep) -> list[Block]:
    told = step.findings or step.command or step.analysis or ""
    return [section(plain(f"{one_line(step.title, 200)}\n{told}", _FINDINGS))]
