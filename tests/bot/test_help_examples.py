"""What help tells people to type works as it is told."""

from datetime import UTC, datetime

import pytest

from bot.blocks.help_page import help_message
from bot.command_line import CommandLine, parse_bug, parse_hotfix
from bot.forms.form import quick_action
from bot.slack_text import plain_text
from tests.builders.life import BACKEND, ONCALL, SENIOR, Life, life_at
from tracker.model.bug_id import IdStyle
from tracker.model.policy import Policy
from tracker.workflow.decision import Accepted
from tracker.workflow.verbs import VERBS

NAMES = {"engineer": "U1", "senior": "U2", "lead": "U3"}
PEOPLE = {"U1": BACKEND, "U2": SENIOR, "U3": ONCALL}
STATES = {
    "triage": "triaged",
    "assign": "triaged",
    "identify": "investigating",
    "cannot-reproduce": "investigating",
    "submit-fix": "in_progress",
    "request-changes": "code_review",
    "approve": "code_review",
    "fail-tests": "testing",
    "pass-tests": "testing",
    "regress": "load_test",
    "close-without-deploy": "load_test",
    "deploy": "load_test",
    "roll-back": "deployed",
    "monitor": "deployed",
    "verify": "deployed",
    "close": "verified",
    "postmortem": "verified",
    "publish": "verified",
    "approve-document": "deployed",
    "reopen": "closed",
    "proper-fix": "code_review",
    "plan-deployment": "code_review",
}
"""Where a command makes sense; the others do from the report on."""


def line_of(verb: str) -> str:
    """The example of a command as its help shows it."""
    text = help_message(verb).text
    return text.partition("For example: ")[2]


BEFORE = {
    "deploy": ("evidence", "release-notes"),
    "close-without-deploy": ("release-notes", "publish-notes"),
    "verify": ("monitor",),
    "publish": ("publish-notes", "postmortem"),
    "close": ("publish-notes", "postmortem", "publish-postmortem"),
}
"""What has to be done in that state first."""


def fitting(verb: str) -> Life:
    """A bug in a state in which a command makes sense."""
    life = life_at(STATES.get(verb, "investigating"), "P3" if verb == "pass-tests" else "P1")
    for step in BEFORE.get(verb, ()):
        life.usual(step)
    if verb == "snooze":
        life.now = datetime(2026, 11, 30, tzinfo=UTC)  # the day before the example's
    if verb == "retract":
        life.act("quote", source="https://example.slack.com/archives/C1/p2", text="Rolled back")
    return life


def parsed(verb: str) -> CommandLine:
    command, _, rest = line_of(verb).partition(" ")
    text = plain_text(rest.replace("BUG-0042", "BUG-0001"), NAMES.get)
    line = (parse_hotfix if command == "/hotfix" else parse_bug)(text, (IdStyle(),))
    assert isinstance(line, CommandLine), line
    return line


@pytest.mark.parametrize("verb", VERBS)
def test_every_example_is_read_as_its_command(verb: str) -> None:
    line = parsed(verb)

    assert line.word == verb
    assert line.bug == (None if verb == "report" else "BUG-0001")


@pytest.mark.parametrize(
    "verb", [verb for verb in VERBS if verb != "report" and not verb.startswith("hotfix-")]
)
def test_every_example_is_accepted_where_it_makes_sense(verb: str) -> None:
    life, line = fitting(verb), parsed(verb)

    action = quick_action(verb, line.text, line.pairs, life.bug, Policy(), PEOPLE)

    assert action is not None, "the example opens a form"
    who = SENIOR if verb in {"approve", "request-changes"} else BACKEND
    decision = life.ask(verb, who, **action.model_dump(exclude_unset=True))
    if verb in {"waive", "undo", "join-incident", "mark-duplicate"}:
        return  # these need another bug, a policy that lets them, or a move to take back
    assert isinstance(decision, Accepted), decision


def test_the_examples_of_the_hotfix_track_take_its_steps_in_order() -> None:
    life = life_at("in_progress", "P0")
    life.policy = Policy()
    for verb in (verb for verb in VERBS if verb.startswith("hotfix-")):
        line = parsed(verb)
        action = quick_action(verb, line.text, line.pairs, life.bug, life.policy, PEOPLE)
        assert action is not None, verb
        if verb == "hotfix-deploy":
            life.act("evidence", tests=[{"suite": "load", "name": "l", "result": "passed"}])
        who = SENIOR if verb == "hotfix-review" else BACKEND
        life.act(verb, who, **action.model_dump(exclude_unset=True))
