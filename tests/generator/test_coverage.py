"""Every heading of the templates has a field, and the field stands where the table says."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from pydantic import BaseModel

from generator.page_models.blocks import Table
from generator.page_models.coverage.rows import Covered, templates
from generator.page_models.coverage_page import coverage_page, page_name
from generator.page_models.inline import PageLink
from generator.page_models.page import Page, Section
from generator.site_pages import site_pages
from tests.builders.full_record import Filled, Path, full_record
from tests.builders.pages import RENDERER, models_of
from tests.guards import REPOSITORY
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.operations.read_work_tree import read_work_tree
from tracker.workflow.verbs import VERBS

ROWS = tuple(row for template in templates() for row in template.rows)
RECORD_ROWS = tuple(row for row in ROWS if not row.kept.startswith(("policy.", "command ")))


@pytest.fixture(scope="module")
def filled() -> Filled:
    return full_record()


@pytest.fixture(scope="module")
def site() -> dict[tuple[str, str], str]:
    """The HTML of each section of this repository's site, and of a bug with every field."""
    found: dict[tuple[str, str], str] = {}
    for page in (*site_pages(read_work_tree(REPOSITORY)), *models_of(full_record().record)):
        found |= sections(page)
    return found


def sections(page: Page) -> dict[tuple[str, str], str]:
    name = page_name(page.path)
    bare = replace(page, glance=(), sections=(), tabs=(), provenance=None)
    return {(name, ""): html(bare)} | {
        (name, part.anchor): html(replace(bare, badges=(), heading="", title="", sections=(part,)))
        for part in every_part((*page.glance, *page.sections))
    }


def every_part(parts: tuple[Section, ...]) -> Iterator[Section]:
    for part in parts:
        yield part
        yield from every_part(part.sections)


def html(page: Page) -> str:
    return RENDERER.html(page, lambda path: f"/{path}")


def leaf(model: type[BaseModel], path: str) -> bool:
    """Whether a dotted path leads to a field; lists and maps are gone through."""
    name, _, rest = path.partition(".")
    field = model.model_fields.get(name)
    if field is None or not rest:
        return field is not None
    return any(leaf(inner, rest) for inner in models_in(field.annotation))


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def path_of(filled: Filled, kept: str) -> Path:
    """Where the full record holds the field."""
    return next(
        path
        for path in filled.others
        if ".".join(str(step) for step in path if isinstance(step, str)) == kept
    )


def test_no_cell_is_empty_and_no_heading_is_told_twice() -> None:
    assert all(row.part and row.heading and row.kept and row.page for row in ROWS)
    for template in templates():
        told = [(row.part, row.heading) for row in template.rows]
        assert sorted(told) == sorted(set(told)), template.title
    assert len(ROWS) > 350


@pytest.mark.parametrize("kept", sorted({row.kept for row in ROWS}))
def test_what_keeps_a_heading_exists(kept: str) -> None:
    kind, _, name = kept.partition(" ")
    if kind == "command":
        assert name in VERBS
    elif kept.startswith("policy."):
        assert leaf(Policy, kept.removeprefix("policy."))
    else:
        assert leaf(BugRecord, kept)


def test_every_place_is_on_a_page(site: dict[tuple[str, str], str]) -> None:
    assert [row for row in ROWS if (row.page, row.anchor) not in site] == []


def test_the_field_of_a_heading_stands_in_the_section_that_the_table_names(
    filled: Filled,
) -> None:
    before = {
        place: text for page in models_of(filled.record) for place, text in sections(page).items()
    }
    wrong = [
        row
        for row in RECORD_ROWS
        if (row.page, row.anchor) in before and not stands_in(row, filled, before)
    ]

    assert wrong == []


def stands_in(row: Covered, filled: Filled, before: dict[tuple[str, str], str]) -> bool:
    """Whether the value is read there, or another value makes another text."""
    path, place = path_of(filled, row.kept), (row.page, row.anchor)
    word = filled.words.get(path)
    if word is not None and word in before[place]:
        return True
    changed = filled.changed(path)
    after = {place: text for page in models_of(changed) for place, text in sections(page).items()}
    return after.get(place) != before[place]


def test_the_page_shows_every_row_and_links_to_the_bugs_that_have_it() -> None:
    tree = read_work_tree(REPOSITORY)
    page = next(page for page in site_pages(tree) if page.path == "reference/coverage.md")
    cells = [
        row.cells
        for part in page.sections
        for block in part.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]

    assert len(cells) == len(ROWS)
    assert all(all(row) for row in cells)
    assert sum(isinstance(row[-1][0], PageLink) for row in cells) > len(ROWS) - 15


def test_a_site_without_bugs_names_the_places_in_words() -> None:
    text = html(coverage_page(()))

    assert "Root cause analysis: Why it happened" in text
