"""The guides say everything that a person may do and set."""

import re
from pathlib import Path

import pytest
from click import Context

from bot.command_line import DOWN, LOOKS
from tests.guards import REPOSITORY
from tracker.cli.main import command_line
from tracker.settings import Settings
from tracker.workflow.verbs import VERBS

_DOCS = REPOSITORY / "site" / "docs"
_STEP = "hotfix-"


def _guide(name: str) -> str:
    return (_DOCS / "guides" / f"{name}.md").read_text(encoding="utf-8")


def _command(verb: str) -> str:
    return f"/hotfix {verb.removeprefix(_STEP)}" if verb.startswith(_STEP) else f"/bug {verb}"


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"report"}))
def test_the_slack_guide_shows_every_command_with_an_example(verb: str) -> None:
    assert re.search(
        rf"^\| `{re.escape(_command(verb))}( 42[^`]*)?` \|", _guide("slack"), re.MULTILINE
    )


def test_the_slack_guide_names_no_command_that_does_not_exist() -> None:
    shown = set(re.findall(r"`/bug ([a-z]+(?:-[a-z]+)*)", _guide("slack")))
    assert shown - set(VERBS) == {*LOOKS, DOWN, "production"}


@pytest.mark.parametrize("step", [verb for verb in VERBS if verb.startswith(_STEP)])
def test_the_hotfix_guide_shows_every_step(step: str) -> None:
    assert f"`{_command(step)} 42" in _guide("hotfix")


def test_the_operating_guide_shows_exactly_the_settings_that_exist() -> None:
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    shown = set(re.findall(r"^\| `([A-Z_]+)` \|", _guide("operating"), re.MULTILINE))
    assert shown == known


@pytest.mark.parametrize(
    "page", [*sorted(_DOCS.rglob("*.md")), REPOSITORY / "README.md"], ids=lambda page: page.name
)
def test_a_page_names_only_commands_that_exist(page: Path) -> None:
    known = set(command_line().list_commands(Context(command_line())))
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)bugbook ([a-z][a-z-]*)", text, re.MULTILINE))
    assert named - known == set()


def test_every_decision_has_its_context_its_decision_and_its_consequence() -> None:
    for page in sorted(_DOCS.glob("decisions/0*.md")):
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequence"], page.name


def test_every_decision_is_listed() -> None:
    index = (_DOCS / "decisions" / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"\(([^)]+\.md)\)", index)
    assert listed == [page.name for page in sorted(_DOCS.glob("decisions/0*.md"))]
