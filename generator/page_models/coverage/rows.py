"""The rows of the coverage table, read from the modules of the templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from generator.page_models.coverage import (
    bug_fix_documents,
    bug_fix_workflow,
    gateway_workflow,
    hotfix_guide,
    investigation_template,
    investigation_workflow,
)

_TEMPLATES: tuple[ModuleType, ...] = (
    gateway_workflow,
    investigation_template,
    investigation_workflow,
    bug_fix_workflow,
    bug_fix_documents,
    hotfix_guide,
)


@dataclass(frozen=True, kw_only=True)
class Covered:
    """One heading of a template: what keeps it, and the page and the section that show it."""

    part: str
    """The heading above it."""
    heading: str
    kept: str
    """A field of the record, `policy.` and a field of the policy, or `command` and its name."""
    page: str
    anchor: str
    """The section's anchor; empty for the head of the page."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """One template and all of its headings."""

    title: str
    rows: tuple[Covered, ...]


def templates() -> tuple[Template, ...]:
    """All templates, in the order of their numbers."""
    return tuple(
        Template(title=module.TITLE, rows=tuple(_rows(module.ROWS))) for module in _TEMPLATES
    )


def _rows(text: str) -> Iterator[Covered]:
    part = ""
    for line in text.strip().splitlines():
        if line.startswith("# "):
            part = line.removeprefix("# ")
            continue
        heading, kept, place = (cell.strip() for cell in line.split(" | "))
        page, _, anchor = place.partition("#")
        yield Covered(part=part, heading=heading, kept=kept, page=page, anchor=anchor)
