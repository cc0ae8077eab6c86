"""The reference pages say everything that the code knows."""

from datetime import timedelta

from generator.page_models.blocks import Table, Verbatim
from generator.page_models.command_reference import command_reference_page
from generator.page_models.field_reference import field_reference_page
from generator.page_models.inline import Badge, Code
from generator.page_models.page import Page, Section
from generator.page_models.workflow_page import workflow_page
from tracker.cli.catalogue import GROUPS
from tracker.cli.entry import BY_NAME
from tracker.model.deployment import HotfixStep
from tracker.model.policy import Policy
from tracker.model.record import SECTIONS
from tracker.model.severity import Severity
from tracker.workflow.transitions import TRANSITIONS
from tracker.workflow.verbs import VERBS


def _tables(page: Page) -> list[Table]:
    parts = list[Section](page.sections)
    for part in parts:
        parts.extend(part.sections)
    return [block for part in parts for block in part.blocks if isinstance(block, Table)]


def _words(page: Page) -> str:
    shown = [
        part if isinstance(part, str) else getattr(part, "text", getattr(part, "words", ""))
        for table in _tables(page)
        for row in table.rows
        for cell in row.cells
        for part in cell
    ]
    return "\n".join(shown)


def _fields(page: Page) -> dict[str, tuple[object, ...]]:
    return {
        row.cells[0][0].text: row.cells
        for table in _tables(page)
        for row in table.rows
        if isinstance(row.cells[0][0], Code)
    }


def test_every_section_of_a_record_is_on_the_field_reference() -> None:
    assert [part.heading for part in field_reference_page().sections][1:] == list(SECTIONS)


def test_every_field_of_the_reference_says_what_it_means() -> None:
    silent = [name for name, cells in _fields(field_reference_page()).items() if not cells[3]]
    assert silent == []


def test_fields_inside_lists_are_named_with_their_path() -> None:
    fields = _fields(field_reference_page())
    assert fields["timeline[].at"][2] == ("time with offset",)
    assert fields["fix.risk.what_can_go_wrong"][1] == ("yes",)
    assert fields["fix.code"][2] == ("text, kept as it is",)
    assert fields["fix.summary"][2] == ("Markdown",)


def test_every_command_is_on_the_command_reference() -> None:
    _, *actions, others = command_reference_page().sections
    assert [part.anchor for part in actions] == list(VERBS)
    known = [entry.name for group in GROUPS for entry in group.entries if entry.code != BY_NAME]
    assert [part.heading for part in others.sections] == [f"bugbook {name}" for name in known]


def test_a_command_of_the_terminal_shows_its_examples_and_its_options() -> None:
    others = command_reference_page().sections[-1]
    (check,) = (part for part in others.sections if part.anchor == "bugbook-check")
    shown = [block.text for block in check.blocks if isinstance(block, Verbatim)]
    assert shown[0].startswith("bugbook check [OPTIONS]")
    assert "bugbook check --base origin/main" in shown[1]
    (options,) = (block for block in check.blocks if isinstance(block, Table))
    assert Code(text="--base REV") in [row.cells[0][0] for row in options.rows]


def test_every_move_of_the_table_is_on_the_workflow_page() -> None:
    words = _words(workflow_page(Policy()))
    moves = {verb for row in TRANSITIONS.values() for verb in row}
    assert {verb for verb in moves - {"mark-duplicate", "wont-fix"} if verb not in words} == set()
    assert {step for step in HotfixStep if f"/hotfix {step}" not in words} == set()


def test_the_workflow_page_shows_the_values_of_the_policy() -> None:
    policy = Policy()
    hasty = policy.severities[Severity.P0].model_copy(
        update={"name": "Catastrophe", "respond_within": timedelta(seconds=42)}
    )
    changed = policy.model_copy(
        update={"severities": {**policy.severities, Severity.P0: hasty}, "patterns": ("Gremlins",)}
    )
    page = workflow_page(changed)
    badges = [
        part
        for table in _tables(page)
        for row in table.rows
        for cell in row.cells
        for part in cell
        if isinstance(part, Badge)
    ]
    assert "P0 Catastrophe" in [badge.words for badge in badges]
    assert "42 s" in _words(page)
