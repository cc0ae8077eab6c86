"""The app's manifest against Slack's own schema, and against what the bot listens to."""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from bot.commands import COMMANDS
from bot.conversations.report_bug import SHORTCUT
from demo.signed_delivery import SignedDelivery
from tests.bot.office import INCIDENTS, Office
from tests.guards import REPOSITORY


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    text = (REPOSITORY / "bot" / "manifest.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def test_slack_takes_the_manifest(manifest: dict[str, Any]) -> None:
    schema = REPOSITORY / "tests" / "data" / "manifest.schema.1.0.0.json"

    jsonschema.Draft7Validator(json.loads(schema.read_text("utf-8"))).validate(manifest)


def test_every_scope_is_explained(manifest: dict[str, Any]) -> None:
    text = (REPOSITORY / "bot" / "manifest.yml").read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#   ")]

    assert [line.split()[1] for line in comments] == manifest["oauth_config"]["scopes"]["bot"]


def test_the_commands_of_the_manifest_are_those_that_the_bot_answers(
    manifest: dict[str, Any], office: Office
) -> None:
    commands = [item["command"] for item in manifest["features"]["slash_commands"]]
    assert tuple(commands) == COMMANDS

    support = office.person("support")
    for command in commands:
        support.slash_command(INCIDENTS, f"{command} help")
        support.await_message(INCIDENTS, command)


def test_the_shortcut_of_the_manifest_opens_the_report_form(
    manifest: dict[str, Any], office: Office
) -> None:
    shortcuts = manifest["features"]["shortcuts"]
    assert [item["callback_id"] for item in shortcuts] == [SHORTCUT]

    payload = {
        "type": "message_action",
        "callback_id": shortcuts[0]["callback_id"],
        "channel": {"id": "C0INCIDENTS"},
        "message": {"type": "message", "ts": "1.1", "text": "It fails"},
    }
    delivery = SignedDelivery(state=office.state, bot_url=office.bot_url)
    delivery.interaction("U0SUPPORT", payload, "the shortcut")

    assert "Title" in office.person("support").form("Report a bug").labels


def test_the_events_of_the_manifest_are_those_that_the_bot_answers(
    manifest: dict[str, Any], office: Office
) -> None:
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == ["app_mention"]

    support = office.person("support")
    support.send(INCIDENTS, "<@U0BUGBOOK> help")
    support.await_message(INCIDENTS, "What you can do")
