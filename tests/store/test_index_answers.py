"""The index agrees with the records on searches, likeness, numbers and clocks."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.builders.incident import EVERY, finished, played
from tests.builders.searching import metrics, search_bugs, similar_bugs
from tests.real_git import new_work_tree
from tracker.model.bug_id import record_path
from tracker.model.policy import Policy
from tracker.store.bug_index import BugIndex
from tracker.store.clone import open_clone
from tracker.store.index_facts import counted_bugs, targets
from tracker.store.index_outlines import outlines
from tracker.store.index_search import search, similar
from tracker.store.record_file import new_text
from tracker.store.remote import resolve_remote
from tracker.workflow import clocks
from tracker.workflow.metrics import slices
from tracker.workflow.outline import Outline, outline_of
from tracker.workflow.similarity import traits_of

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
RECORDS = sorted((finished(name) for name in EVERY), key=lambda record: record.id)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> BugIndex:
    folder = tmp_path_factory.mktemp("answers")
    team = new_work_tree(folder / "team")
    for record in RECORDS:
        team.write(record_path(record.id), new_text(record))
    clone = open_clone(Path(folder / "data"), resolve_remote(str(team.path), "main"))
    return BugIndex(clone=clone)


@pytest.mark.parametrize(
    "typed",
    [
        "redis timeout",
        "fail",
        "invalid signature",
        "Der Schlüssel fehlt",
        *(record.title for record in RECORDS),
        *(record.id for record in RECORDS),
        *((record.report.logs or "")[:600] for record in RECORDS),
        *((record.report.stack_trace or "")[:600] for record in RECORDS),
    ],
)
def test_a_search_finds_what_looking_into_every_record_finds(index: BugIndex, typed: str) -> None:
    assert index.ask(lambda rows: search(rows, typed, most=20)) == search_bugs(typed, RECORDS)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_the_bugs_like_one_are_those_that_comparing_all_gives(
    index: BugIndex, record: object
) -> None:
    (own,) = (each for each in RECORDS if each is record)
    told = index.ask(lambda rows: similar(rows, traits_of(own), own.id, most=5))
    assert told == similar_bugs(own, RECORDS)


def test_a_report_that_is_not_kept_yet_is_compared_as_well(index: BugIndex) -> None:
    draft = played(EVERY[0])[0].record.model_copy(update={"id": "BUG-9999"})
    told = index.ask(lambda rows: similar(rows, traits_of(draft), draft.id, most=5))
    assert told == similar_bugs(draft, RECORDS)
    assert told[0].bug == finished(EVERY[0]).id


@pytest.mark.parametrize("since", [None, date(2020, 1, 1), date(2025, 1, 1), date(2030, 1, 1)])
def test_numbers_are_those_of_the_records(index: BugIndex, since: date | None) -> None:
    counted = index.ask(lambda rows: tuple(counted_bugs(rows, NOW, since=since)))
    told = slices(counted)
    assert told == metrics(RECORDS, Policy(), NOW, since=since)
    for named, bare in zip(told, slices(counted, sources=False), strict=True):
        assert bare == replace(
            named, metrics=tuple(replace(each, rows=(), hits=()) for each in named.metrics)
        )


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_what_is_due_is_what_the_record_says(index: BugIndex, record: object) -> None:
    (own,) = (each for each in RECORDS if each is record)
    told = index.ask(lambda rows: targets(rows, own.id, NOW))
    assert told == clocks.targets(own, Policy(), NOW)


def test_of_an_unknown_bug_nothing_is_due(index: BugIndex) -> None:
    assert index.ask(lambda rows: targets(rows, "BUG-9999", NOW)) == ()


def outlines_since(since: datetime, rows: sqlite3.Connection) -> tuple[Outline, ...]:
    return tuple(outlines(rows, since))


def test_outlines_are_those_of_unfinished_records_and_of_those_that_turned(index: BugIndex) -> None:
    every = {outline_of(record) for record in RECORDS}
    unfinished = {each for each in every if each.status.is_open or each.actions}
    newest = max(every, key=lambda each: each.turned_at)
    for since in (NOW, newest.turned_at, datetime(2000, 1, 1, tzinfo=UTC)):
        told = index.ask(partial(outlines_since, since))
        assert set(told) == unfinished | {each for each in every if each.turned_at >= since}
        assert len(told) == len(set(told))
