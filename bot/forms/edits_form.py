"""Edits that are possible at any time."""

from collections.abc import Mapping

from bot.forms.choices import Offer
from bot.forms.inputs import (
    always,
    choice,
    day,
    line,
    moment,
    offers_of,
    person,
    prose,
    rows,
    yes_no,
)
from bot.forms.layout import Form, flattened
from bot.forms.measure_rows import (
    COST_SYNTAX,
    MEASURE_SYNTAX,
    read_costs,
    read_measures,
    write_costs,
    write_measures,
)
from bot.forms.report_form import ENVIRONMENT, STAGE
from bot.forms.scene import Scene
from tracker.model.documents import Horizon, RelatedKind
from tracker.model.record import BugRecord
from tracker.model.report import Level


def _items(scene: Scene) -> tuple[Offer, ...]:
    items = scene.record.actions if scene.record else ()
    return tuple(Offer(text=item.text, value=item.key) for item in items if item.done_at is None)


def _has_items(scene: Scene) -> bool:
    return bool(_items(scene))


def _impact_start(record: BugRecord) -> Mapping[str, object]:
    return {**flattened(record.impact), **flattened(record.environment, "environment.")}


FORMS = (
    Form(
        verb="note",
        title="Add a note",
        submit="Add",
        main="text",
        words_suffice=True,
        inputs=(
            prose("text", "What happened", required=always),
            line("source", "Link to where it was said"),
        ),
    ),
    Form(
        verb="mitigate",
        title="Record a mitigation",
        submit="Record",
        main="text",
        words_suffice=True,
        inputs=(
            prose("text", "What stopped the damage", required=always),
            line("source", "Link to where it was said"),
        ),
    ),
    Form(
        verb="impact",
        title="Impact",
        submit="Save",
        main="affects",
        words_suffice=True,
        start=_impact_start,
        inputs=(
            moment("started", "Started"),
            moment("detected", "First noticed"),
            moment("ended", "Ended", "When users stopped being affected"),
            line("affects", "Who is affected?"),
            line("functionality", "Broken features"),
            line("users", "How many users?"),
            choice("business", "Business impact", offers_of(Level)),
            line("business_detail", "Why it hurts that much"),
            rows(
                "measures",
                "Numbers before and after",
                MEASURE_SYNTAX,
                read=read_measures,
                write=write_measures,
            ),
            line("cost", "Cost altogether"),
            rows("costs", "Cost by item", COST_SYNTAX, read=read_costs, write=write_costs),
            STAGE,
            *ENVIRONMENT,
        ),
    ),
    Form(
        verb="communicate",
        title="Record who was told",
        submit="Record",
        main="whom",
        inputs=(
            line("whom", "Who was told", required=always),
            line(
                "how", "Through what", example="channel, e-mail, call, status page", required=always
            ),
            line("message", "What they were told"),
        ),
    ),
    Form(
        verb="link",
        title="Link related",
        submit="Link",
        main="ref",
        inputs=(
            choice(
                "kind",
                "How it relates",
                offers_of(RelatedKind, {kind.value: kind.words for kind in RelatedKind}),
                required=always,
            ),
            line("ref", "Number", example="BUG-0007 or a ticket elsewhere", required=always),
            line("title", "What it is about"),
            line("link", "Address"),
        ),
    ),
    Form(
        verb="action",
        title="Action item",
        submit="Save",
        main="text",
        inputs=(
            choice("key", "Change this item", _items, "Empty for a new one", shown=_has_items),
            line("text", "What is to be done", "Needed for a new item"),
            choice(
                "horizon",
                "By when, roughly",
                offers_of(Horizon, {horizon.value: horizon.words for horizon in Horizon}),
                "Needed for a new item",
            ),
            person("owner", "Owner"),
            day("due", "Due date"),
            yes_no("done", "Is it done?", counts=False),
            line("link", "Link to its ticket"),
        ),
    ),
)
