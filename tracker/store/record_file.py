"""A record's file: text to record with problems by line, and back without disturbing hand edits."""

import posixpath
from collections.abc import Iterator

from tracker.model.bug_id import record_path
from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.model.record import SECTIONS, BugRecord, to_mapping
from tracker.store.record_paths import POLICY_PATH, SCHEMA_PATH
from tracker.store.yaml_editor import edit_yaml
from tracker.store.yaml_reader import YamlDocument
from tracker.store.yaml_validation import survey
from tracker.store.yaml_writer import YamlNotWritten, write_yaml


def read_record(data: bytes, path: str) -> BugRecord:
    """Return the record in a file's bytes; `path` is where it lies, which its id must agree with.

    Raises:
        ProblemsFound: with a place and a sentence for everything that is wrong.
    """
    return read_whole(data, path)[1]


def read_whole(data: bytes, path: str) -> tuple[YamlDocument, BugRecord]:
    """Return what `read_record` does, with the plain values of the file."""
    document, record, problems = survey(data, path, BugRecord)
    wrong_place = misplaced(document, record) if document and record else None
    if document is None or record is None or problems or wrong_place:
        raise ProblemsFound((*problems, *([wrong_place] if wrong_place else ())))
    return document, record


def read_policy(data: bytes, path: str = POLICY_PATH) -> Policy:
    """Return the policy in a file's bytes; raises ProblemsFound as `read_record` does.

    One that contradicts itself is refused too: nothing may be judged by it.
    """
    document, policy, problems = survey(data, path, Policy)
    contradictions = tuple(policy_problems(document, policy)) if document and policy else ()
    if policy is None or problems or contradictions:
        raise ProblemsFound((*problems, *contradictions))
    return policy


def policy_problems(document: YamlDocument, policy: Policy) -> Iterator[Problem]:
    """Tell where a policy contradicts itself, the commands or the conditions."""
    from tracker.workflow.policy_faults import policy_faults

    for found in policy_faults(policy):
        place = document.place_of(found.where)
        yield Problem(place=place, message=found.reason.sentence, rule="policy")


def new_text(record: BugRecord) -> str:
    """Write the file of a new record; raises YamlNotWritten for text that no file can hold."""
    folder = posixpath.dirname(record_path(record.id))
    schema = posixpath.relpath(SCHEMA_PATH, folder)
    return write_yaml(to_mapping(record), schema_comment=schema)


def edited_text(text: str, old: BugRecord, new: BugRecord) -> str:
    """Change in a file only what differs between two records, and prove that it reads as the new.

    Raises:
        YamlNotWritten: no such edit was found; nothing is lost, the file stays as it is.
    """
    edited = edit_yaml(text, to_mapping(old), to_mapping(new), order=SECTIONS)
    result = read_record(edited.encode(), record_path(new.id))
    if to_mapping(result) != to_mapping(new):
        message = f"The file of {new.id} cannot be changed in this way. Edit it by hand."
        raise YamlNotWritten(message)
    return edited


def misplaced(document: YamlDocument, record: BugRecord) -> Problem | None:
    """Tell of a file whose name and id disagree: nobody would find the bug again."""
    expected = record_path(record.id)
    if document.path == expected:
        return None
    sentence = (
        f"The record of {record.id} belongs into {expected}: rename the file, unless that one is"
        " there already, or correct `id`."
    )
    return Problem(place=document.place_of(("id",)), message=sentence, rule="misplaced-record")
