"""How far the search for the cause is, as a message: what is known, supposed and looked at."""

from collections.abc import Iterator
from typing import Final

from bot.blocks.elements import Block, header, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import move_button
from bot.blocks.text import one_line
from tracker.model.investigation import Investigation, Verdict
from tracker.model.record import BugRecord

_VERDICTS: Final = {Verdict.OPEN: "❔", Verdict.CONFIRMED: "✅", Verdict.REJECTED: "❌"}
_LINE: Final = 200
_LINES: Final = 12  # of one part
_PART: Final = 1800


def plan_sheet(record: BugRecord) -> Message | None:
    """What the record holds of the investigation, and its button; None where it holds nothing."""
    title = f"Investigation of {record.id}"
    lead = f"{one_line(record.title, _LINE)} · {record.status.words}"
    change = move_button("plan", record.id, primary=True)
    parts = [_part(*part) for part in _parts(record.investigation) if part[1]]
    if not parts:
        return None
    return message(title, [header(title), section(plain(lead), change), *parts])


def _parts(found: Investigation) -> Iterator[tuple[str, list[str]]]:
    """Each part by its heading, as lines."""
    yield (
        "Attempts to reproduce",
        [
            f"{'✅' if each.reproduced else '❌'} {each.where}: {each.result}"
            for each in found.reproductions
        ],
    )
    yield "Conclusion", [found.conclusion] if found.conclusion else []
    yield "Known", [f"• {each}" for each in found.known]
    yield "Unknown", [f"• {each}" for each in found.unknown]
    yield (
        "Hypotheses",
        [f"{_VERDICTS[each.verdict]} {each.statement}" for each in found.hypotheses],
    )
    yield "Looked at", [f"{at}. {each.title}" for at, each in enumerate(found.steps, 1)]
    yield "Plan of the fix", [f"{at}. {each}" for at, each in enumerate(found.fix_plan, 1)]
    yield "Test that has to fail first", [found.failing_test] if found.failing_test else []


def _part(heading: str, lines: list[str]) -> Block:
    told = [one_line(each, _LINE) for each in lines[:_LINES]]
    if len(lines) > _LINES:
        told.append(f"And {len(lines) - _LINES} more on the bug’s page.")
    return section(plain("\n".join([heading, *told]), _PART))
