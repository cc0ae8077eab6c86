"""Every field of a record, from the models that read it: this page cannot be out of date."""

from collections.abc import Iterator

from generator.page_models.blocks import Paragraph, Row, Table
from generator.page_models.field_words import hints, in_words, marked, parts_of
from generator.page_models.inline import Code
from generator.page_models.page import Page, Section, anchor_of
from generator.page_paths import RECORD_REFERENCE
from tracker.model.meaning import described
from tracker.model.part import Part
from tracker.model.record import BugRecord


def field_reference_page() -> Page:
    """One section for each key of a record, with all fields below it."""
    described = _descriptions(BugRecord)
    return Page(
        path=RECORD_REFERENCE,
        kind="reference",
        title="The record",
        heading="Every field of a record",
        kicker="Reference",
        sections=(_how_to_read(), *(_section(key, described[key]) for key in hints(BugRecord))),
        summary="Every field of a bug record: its name, what it may hold and what it means.",
    )


def _how_to_read() -> Section:
    sentences = (
        (
            "A record is one YAML file: `bugs/000/BUG-0042.yaml`. Its keys follow a bug’s life, "
            "and keys that hold nothing are left out."
        ),
        (
            "Times are RFC 3339 with an offset: `2024-12-31T12:15:00Z`. People are written as "
            "`Name <name@example.com>`. Fields that hold Markdown are block scalars (`|`)."
        ),
        (
            "An unknown key is an error. Keys that begin with `x-` are yours: they are kept and "
            "ignored."
        ),
    )
    return Section(
        heading="How to read this page",
        anchor="how-to-read-this-page",
        blocks=tuple(Paragraph(content=marked(sentence)) for sentence in sentences),
    )


def _section(key: str, description: str) -> Section:
    hint = hints(BugRecord)[key]
    rows = tuple(_rows(BugRecord, key, ""))
    nested = rows[1:]
    holds = in_words(hint)
    lead = Paragraph(
        content=marked(description if holds == "section" else f"{description} Holds: {holds}.")
    )
    table = Table(
        caption=f"Fields of {key}",
        headers=("Field", "Needed", "Holds", "Means"),
        rows=nested,
    )
    return Section(heading=key, anchor=anchor_of(key), blocks=(lead, table) if nested else (lead,))


def _rows(model: type[Part], key: str, before: str) -> Iterator[Row]:
    """The field itself, then those inside it, by their dotted names."""
    hint = hints(model)[key]
    name = before + key
    needed = next(
        field.is_required()
        for field_name, field in model.model_fields.items()
        if key in {field_name, field.alias}
    )
    yield Row(
        cells=(
            (Code(text=name),),
            ("yes",) if needed else (),
            marked(in_words(hint)),
            marked(_descriptions(model)[key]),
        ),
        anchor=anchor_of(name),
    )
    for part, listed in parts_of(hint):
        for inner in hints(part):
            yield from _rows(part, inner, f"{name}[]." if listed else f"{name}.")


def _descriptions(model: type[Part]) -> dict[str, str]:
    return {
        field.alias or name: (field.description or "").replace("``", "`")
        for name, field in described(model).items()
    }
