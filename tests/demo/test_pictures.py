"""The Slack guide shows every form and message of the bot, the tour every kind of page."""

from pathlib import Path

import pytest

from bot.forms.catalogue import FORMS
from tests.demo import take_site_tour
from tests.demo.take_slack_screens import SCREENS, messages
from tests.guards import REPOSITORY

GUIDES = REPOSITORY / "site" / "docs" / "guides"
GUIDE = (GUIDES / "slack.md").read_text("utf-8")
TOUR = (GUIDES / "tour.md").read_text("utf-8")
FORM_NAMES = tuple(f"form-{verb}" for verb in sorted({*FORMS, "outage"}))
MOST_BYTES = 120_000


@pytest.mark.parametrize("name", FORM_NAMES)
def test_every_form_has_a_picture_in_the_guide(name: str) -> None:
    assert_shown(name)


def test_every_message_has_a_picture_in_the_guide() -> None:
    for name in messages():
        assert_shown(f"message-{name}")


def test_the_guide_has_every_picture_and_none_is_heavy() -> None:
    for picture in SCREENS.glob("*.png"):
        assert f"slack/{picture.name})" in GUIDE
        assert picture.stat().st_size < MOST_BYTES


def test_the_tour_shows_every_page_that_is_photographed() -> None:
    for name in take_site_tour.VIEWS:
        picture = take_site_tour.SCREENS / f"{name}.png"
        assert picture.stat().st_size < MOST_BYTES, f"{name} is heavy or is not there"
        assert f"site/{name}.png)" in TOUR


def assert_shown(name: str) -> None:
    picture: Path = SCREENS / f"{name}.png"
    assert picture.exists(), f"{name} has no picture: run python -m tests.demo.take_slack_screens"
    assert f"slack/{name}.png)" in GUIDE, f"show {name}.png in site/docs/guides/slack.md"
