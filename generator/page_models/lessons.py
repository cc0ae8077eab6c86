"""What was learned: lessons, and measures against a repeat by where they take hold."""

from generator.page_models.blocks import Row, Table, paragraph
from generator.page_models.bug_rows import newest_first
from generator.page_models.empty import empty
from generator.page_models.inline import Cell, Code, PageLink, cell, joined, sentence_case
from generator.page_models.learned import Learned
from generator.page_models.page import Page, present, section
from generator.page_paths import LESSONS, Document, Facet, bug_page, data_file, facet_page
from tracker.model.documents import PreventionKind

_EMPTY = empty(
    "No post-mortem has lessons yet. Write one with ",
    Code(text="/bug postmortem 42"),
    ": what went well, what went wrong, what you learned and what prevents a repeat.",
)


def lessons_page(learned: tuple[Learned, ...]) -> Page:
    """Lessons and measures of all post-mortems, the newest bug first."""
    told = tuple(newest_first(learned))
    return Page(
        path=LESSONS,
        kind="lessons",
        title="Lessons",
        heading="Lessons and prevention",
        sections=present(
            section(
                "Lessons Learned",
                paragraph("What teams learned from their incidents, the newest first."),
                _lessons(told),
            )
            if any(bug.lessons for bug in told)
            else None,
            *(
                section(
                    f"Prevention: {sentence_case(kind.value)}",
                    _measures(told, kind),
                    anchor=kind.value,
                )
                for kind in PreventionKind
            ),
        )
        or present(section("Nothing Learned Yet", _EMPTY)),
        summary="Lessons learned and prevention measures from all post-mortems",
    )


def _lessons(told: tuple[Learned, ...]) -> Table | None:
    rows = tuple(_row(bug, lesson) for bug in told for lesson in bug.lessons)
    return _table("Lessons learned", "Lesson", rows, "lessons.json")


def _measures(told: tuple[Learned, ...], kind: PreventionKind) -> Table | None:
    rows = tuple(_row(bug, text) for bug in told for each, text in bug.prevention if each is kind)
    return _table(
        f"Prevention measures: {kind.value}", "Measure", rows, f"prevention-{kind.value}.json"
    )


def _table(caption: str, first: str, rows: tuple[Row, ...], data: str) -> Table | None:
    if not rows:
        return None
    return Table(
        caption=caption,
        headers=(first, "Component", "Pattern", "From"),
        rows=rows,
        tools=True,
        facets=("Component", "Pattern"),
        data=data_file(data),
    )


def _row(bug: Learned, text: str) -> Row:
    return Row(
        cells=(
            cell(text),
            joined(bug.components),
            _pattern(bug.pattern),
            (PageLink(text=bug.id, path=bug_page(bug.id, Document.POSTMORTEM), is_id=True),),
        )
    )


def _pattern(name: str | None) -> Cell:
    return (PageLink(text=name, path=facet_page(Facet.PATTERN, name)),) if name else ()
