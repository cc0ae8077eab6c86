"""What the public sees of a record."""

import json
from collections.abc import Iterator

import pytest

from tests.builders.incident import EVERY, NFC, finished, played
from tracker.model.audience import Audience
from tracker.model.record import BugRecord, to_mapping
from tracker.model.seen_record import HIDDEN, seen_by
from tracker.model.told_sections import TOLD_BY
from tracker.workflow.action import Action
from tracker.workflow.verbs import VERBS

SAYS_NOTHING_OF = {("hotfix-deploy", "tests")}
BESIDE = {"timeline", "status", "policy", "relaxations"}  # every move may change them


def public(record: BugRecord, *internal: str) -> BugRecord:
    return seen_by(Audience.PUBLIC, record, internal)


def written(record: BugRecord) -> str:
    return json.dumps(to_mapping(record), default=str, ensure_ascii=False)


def changed(name: str) -> Iterator[tuple[str, str, str]]:
    """Each section that a step of a scenario changed, with its verb and its own timeline entry."""
    before: BugRecord | None = None
    for step in played(name):
        entries = step.record.timeline[len(before.timeline) if before else 0 :]
        sections = {
            section
            for section in BugRecord.model_fields.keys() - BESIDE
            if before and getattr(before, section) != getattr(step.record, section)
        }
        for entry in entries:
            if entry.action == step.verb:  # a move that follows by itself tells only its name
                yield from ((section, entry.action, entry.key) for section in sections)
        before = step.record


@pytest.mark.parametrize("name", EVERY)
def test_no_sentence_tells_the_public_of_an_internal_section(name: str) -> None:
    record, found = finished(name), set(changed(name))
    assert len({section for section, _, _ in found}) > 5

    for section, verb, key in found:
        if (verb, section) in SAYS_NOTHING_OF:
            continue
        entry = next(entry for entry in public(record, section).timeline if entry.key == key)
        assert entry.text == HIDDEN, f"{verb} tells of {section}"


def test_commands_that_tell_of_sections_write_sentences_and_sections_are_fields() -> None:
    telling = {verb for verb, kind in VERBS.items() if kind.event is not Action.event}

    assert TOLD_BY.keys() <= BugRecord.model_fields.keys()
    assert frozenset().union(*TOLD_BY.values()) <= telling


def test_who_reviewed_does_not_show_where_reviews_are_internal() -> None:
    record = finished(NFC)
    reviewer = record.reviews[0].by

    seen = public(record, "reviews")

    approvals = [entry for entry in seen.timeline if entry.action == "hotfix-review"]
    assert approvals
    assert all(entry.by != reviewer for entry in approvals)


def test_a_text_of_an_internal_field_is_taken_out_wherever_it_was_written_again() -> None:
    record = finished(NFC)
    assert record.root_cause
    cause = record.root_cause.summary
    note = record.timeline[1].model_copy(update={"action": "note", "text": f"I think: {cause}!"})
    record = record.model_copy(update={"timeline": (*record.timeline, note)})

    seen = public(record, "root_cause.summary")

    assert cause not in written(seen)
    assert seen.timeline[-1].text == f"I think: {HIDDEN}!"


def test_the_team_sees_everything() -> None:
    record = finished(NFC)

    assert seen_by(Audience.TEAM, record, ["root_cause", "timeline"]) is record
