"""Incidents of the source documents: what is typed and clicked makes the records of `bugs/`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from demo.facts import missing_facts, told_record
from demo.incidents import NAMES, SCENARIOS, main, play, with_number
from demo.repository import PROJECT
from tests.builders.incident import POLICY, finished
from tracker.model.record import BugRecord
from tracker.operations.read_work_tree import read_work_tree
from tracker.operations.scenario import read_scenario

TAKEN_OUT = ("'testpass'", "'[redacted: password]'")
"""A secret that never reaches a record by way of Slack or the command line."""


@pytest.mark.parametrize("name", NAMES)
def test_the_record_in_bugs_says_what_the_rules_make_of_the_scenario(name: str) -> None:
    bug = finished(name).id
    path = SCENARIOS / f"{name}.yaml"
    (own,) = (record for record in read_work_tree(PROJECT).records if record.id == bug)

    told = told_record(with_number(read_scenario(path.read_bytes(), path.name)), bug, POLICY)
    kept = told.model_copy(update={"policy": own.policy}).model_dump_json().replace(*TAKEN_OUT)
    told = BugRecord.model_validate_json(kept)

    assert missing_facts(told, own)[0] == ()
    assert missing_facts(own, told)[0] == ()


@pytest.mark.slow
def test_an_incident_that_is_typed_and_clicked_makes_the_record_in_bugs(tmp_path: Path) -> None:
    assert tuple(play("missing-key-hotfix", tmp_path, window=False)) == ()


def test_an_unknown_incident_is_refused_with_the_names_that_there_are() -> None:
    ended = CliRunner().invoke(main, ["flood"])

    assert ended.exit_code == 2
    assert all(name in ended.output for name in NAMES)
