"""Write what was found as a step of an investigation."""

from collections.abc import Iterable, Iterator
from typing import Final

from tracker.model.investigation import InvestigationStep
from tracker.model.text import normalise
from tracker.workflow.new_evidence import GAP

_LONGEST: Final = 240  # characters of a line
_ALL: Final = 16_000  # characters of all lines; a record keeps 20,000
_TITLE: Final = 300


def evidence(
    title: str,
    command: str | None,
    found: Iterable[tuple[str, str]],
    *,
    analysis: str | None = None,
) -> Iterator[InvestigationStep]:
    """Yield one step with a line for each thing found: its key and what is said of it.

    Nothing found is no step. Lines are made plain and cut, and what no longer fits is left out.
    """
    lines = [_line(key, said) for key, said in found]
    while sum(len(line) + 1 for line in lines) > _ALL:
        lines.pop()
    if lines:
        yield InvestigationStep(
            title=normalise(" ".join(title.split()))[:_TITLE],
            command=command,
            findings="\n".join(lines),
            analysis=analysis,
        )


def _line(key: str, said: str) -> str:
    plain = normalise(f"{' '.join(key.split())}{GAP}{' '.join(said.split())}")
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
