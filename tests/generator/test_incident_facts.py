"""Nothing that the source documents tell of an incident is missing from its pages."""

import html
import re

import pytest
import yaml

from tests.builders.incident import KEY, LOGIN, NFC, REDIS, TOKEN
from tests.builders.pages import everything
from tests.guards import REPOSITORY
from tracker.operations.read_work_tree import WorkTree, read_work_tree

FACTS: dict[str, list[str]] = yaml.safe_load(
    (REPOSITORY / "tests" / "data" / "incident_facts.yaml").read_text("utf-8")
)
BUGS = {NFC: "BUG-0456", KEY: "BUG-0457", LOGIN: "BUG-0458", TOKEN: "BUG-0459", REDIS: "DH-789"}


@pytest.fixture(scope="module")
def tree() -> WorkTree:
    return read_work_tree(REPOSITORY)


def plain(text: str) -> str:
    """Text as a reader sees it: without tags, backticks and runs of white space."""
    seen = html.unescape(re.sub(r"<[^<>]*>", "", re.sub(r"</(?!span)\w+>", " ", text)))
    return " ".join(seen.replace("`", "").replace("’", "'").split())


def plain_fact(fact: str) -> str:
    """A fact as `plain` leaves it; its own angle brackets are text."""
    return " ".join(fact.replace("`", "").split())


@pytest.mark.parametrize("incident", BUGS)
def test_every_fact_of_an_incident_is_on_a_page_of_its_bug(incident: str, tree: WorkTree) -> None:
    record = next(record for record in tree.records if record.id == BUGS[incident])
    shown = plain(everything(record, tree.policy))

    assert [fact for fact in FACTS[incident] if plain_fact(fact) not in shown] == []


def test_the_facts_of_every_recorded_incident_are_listed() -> None:
    scenarios = {path.stem for path in (REPOSITORY / "demo" / "scenarios").glob("*.yaml")}

    assert set(FACTS) == set(BUGS) == scenarios
    assert min(map(len, FACTS.values())) > 35
