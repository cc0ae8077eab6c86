"""Where each heading of the templates is kept and on which page it stands."""

from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename

from generator.page_models.blocks import Paragraph, table
from generator.page_models.coverage.rows import Covered, Template, templates
from generator.page_models.field_words import marked
from generator.page_models.inline import Code, PageLink, Value, joined
from generator.page_models.outline import Heading, Outline
from generator.page_models.page import Page, Section, anchor_of, present, section
from generator.page_paths import (
    COMMAND_REFERENCE,
    COVERAGE_REFERENCE,
    RECORD_REFERENCE,
    WORKFLOW_REFERENCE,
    Document,
)

_PAGES = {
    "workflow": "Workflow and policy",
    "commands": "Commands",
    "bug": Document.OVERVIEW.words,
    **{document.value: document.words for document in Document if document.value != "index"},
}
_REFERENCES = {"workflow": WORKFLOW_REFERENCE, "commands": COMMAND_REFERENCE}
Places = Mapping[tuple[str, str], tuple[str, str]]
"""By page name and anchor: the path of a page with that section, and the section's heading."""


def coverage_page(pages: Iterable[Outline]) -> Page:
    """One table for each template; places link to a page of this site that shows them."""
    places = dict(_places(pages))
    return Page(
        path=COVERAGE_REFERENCE,
        kind="reference",
        title="Template coverage",
        heading="Where each heading of the templates is",
        kicker="Reference",
        sections=present(
            _how_to_read(), *(_template(template, places) for template in templates())
        ),
        summary="Every heading of the templates for reports, root causes, hotfixes, release notes "
        "and post-mortems, with its field and its page.",
    )


def page_name(path: str) -> str:
    """How the rows call a page: `bug`, `root-cause`, `workflow` and so on."""
    for name, reference in _REFERENCES.items():
        if path == reference:
            return name
    name = basename(path).removesuffix(".md")
    return "bug" if name == "index" else name


def _places(pages: Iterable[Outline]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Later pages win, so that the newest bug is the example."""
    for page in pages:
        name = page_name(page.path)
        yield (name, ""), (page.path, "")
        for part in _headings(page.headings):
            yield (name, part.anchor), (page.path, part.text)


def _headings(parts: Iterable[Heading]) -> Iterator[Heading]:
    for part in parts:
        yield part
        yield from _headings(part.children)


def _how_to_read() -> Section | None:
    text = (
        "Teams know these headings from their templates. Each of them is kept in a field of the "
        "record or of the policy, or done by a command, and stands in a section of a page. The "
        "links lead to a page of this site that has the section."
    )
    return section("How to read this page", Paragraph(content=marked(text)))


def _template(template: Template, places: Places) -> Section | None:
    return section(
        template.title,
        table(
            f"Headings of the template “{template.title}”",
            ("Part", "Heading", "Kept in", "Shown on"),
            ((row.part, row.heading, _kept(row), _shown(row, places)) for row in template.rows),
        ),
    )


def _kept(row: Covered) -> Value:
    kind, _, name = row.kept.partition(" ")
    if kind == "command":
        return joined(("Command", PageLink(text=name, path=f"{COMMAND_REFERENCE}#{name}")), " ")
    if row.kept.startswith("policy."):
        return ("Policy: ", Code(text=row.kept.removeprefix("policy.")))
    key = row.kept.partition(".")[0]
    return PageLink(text=row.kept, path=f"{RECORD_REFERENCE}#{anchor_of(key)}")


def _shown(row: Covered, places: Places) -> Value:
    name = _PAGES[row.page]
    found = places.get((row.page, row.anchor))
    if found is None:
        return joined((name, row.anchor.replace("-", " ").capitalize()), ": ")
    path, heading = found
    text = f"{name}: {heading}" if row.anchor else name
    return PageLink(text=text, path=f"{path}#{row.anchor}" if row.anchor else path)
