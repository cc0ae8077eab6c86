"""What Slack shows is text in a terminal: nothing that can only be pressed, nothing to take off."""

from bot.blocks.card import bug_details
from bot.blocks.elements import code_blocks
from bot.blocks.message import message
from bot.console.plain import plain_lines, plain_message
from tests.builders.life import life_at
from tracker.model.policy import Policy

COMMANDS = 'git log "*_v2_*" > a.txt\ngit push origin HEAD && echo <done>'


def test_commands_stand_on_lines_of_their_own_exactly_as_they_are_typed() -> None:
    assert "\n".join(plain_lines(code_blocks(COMMANDS))) == COMMANDS


def test_what_the_buttons_of_a_bug_would_do_is_told_as_commands() -> None:
    life = life_at("code_review", "P1")

    told = plain_message(bug_details(life.bug, Policy(), life.now, "", {}))

    assert "Status: Code review" in told
    last = told.splitlines()[-1]
    assert last.startswith("Next for BUG-0001: approve, request-changes, note; seldom mark-")


def test_a_message_without_blocks_is_its_notification() -> None:
    assert plain_message(message("Nothing burns.", [])) == "Nothing burns."
