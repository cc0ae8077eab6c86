"""Pages for what is not a readable record: an old number, a file with mistakes."""

from typing import Final

from generator.page_models.blocks import Missing, Paragraph
from generator.page_models.inline import bug_link
from generator.page_models.page import Page, Provenance, present, section
from generator.page_paths import bug_page
from tracker.model.bug_id import record_path
from tracker.model.problem import Problem

_GOES_ON: Final = " now, and your browser goes there by itself."


def moved_page(old: str, new: str) -> Page:
    """Where a number that a bug had before leads to."""
    link = bug_link(new)
    return Page(
        path=bug_page(old),
        kind="moved",
        title=f"{old} is now {new}",
        heading=f"{old} is now {new}",
        sections=present(
            section("New Number", Paragraph(content=("This bug has the number ", link, _GOES_ON)))
        ),
        summary=f"{old} {new}",
        moved_to=bug_page(new),
    )


def unreadable_page(bug_id: str, problems: tuple[Problem, ...]) -> Page:
    """The page of a record that cannot be read: what is wrong with its file, and where."""
    return Page(
        path=bug_page(bug_id),
        kind="unreadable",
        title=f"{bug_id} cannot be read",
        heading=f"{bug_id} cannot be read",
        notices=tuple(Missing(sentence=str(problem)) for problem in problems),
        sections=(),
        summary=bug_id,
        provenance=Provenance(record_path=record_path(bug_id), schema=1, as_of=None),
    )
