"""The app's manifest against Slack's schema, against all listeners and all methods that are called.

The schema, `tests/data/manifest.schema.1.0.0.json`, is Slack's own, from slackapi/manifest-schema
under the MIT licence.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from slack_bolt import App
from slack_sdk import WebClient

from bot.desk import Desk
from bot.listeners import listen
from bot.manifest import manifest, manifest_text
from bot.scopes import SCOPES_OF_EVENTS, SCOPES_OF_METHODS
from tests.guards import REPOSITORY

SCHEMA = REPOSITORY / "tests" / "data" / "manifest.schema.1.0.0.json"
MESSAGE = "message.channels"
FEATURES = {"commands"}  # of slash commands and shortcuts


@dataclass
class Listening:
    """Notes what a Bolt app is asked to listen to."""

    heard: dict[str, set[str]] = field(default_factory=dict)

    def __getattr__(self, kind: str) -> Callable[..., Callable[..., None]]:
        def register(constraint: object, **_: object) -> Callable[..., None]:
            if isinstance(constraint, dict):
                constraint = constraint.get("type") or constraint.get("callback_id")
            if isinstance(constraint, str):
                self.heard.setdefault(kind, set()).add(constraint)
            return lambda *_: None

        return register


@pytest.fixture(scope="module")
def app() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(manifest_text(None))
    return loaded


@pytest.fixture(scope="module")
def heard() -> dict[str, set[str]]:
    listening = Listening()
    listen(cast("App", listening), cast("Desk", None))  # nothing is called, only registered
    return listening.heard


def called_methods() -> Iterator[tuple[str, str]]:
    """Every method of Slack's that a module of the bot calls on a client, and where."""
    known = {name for name in dir(WebClient) if name[0].islower() and "_" in name}
    for path in sorted((REPOSITORY / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in known - {"api_call"}:
                yield node.attr, f"{path.relative_to(REPOSITORY)}:{node.lineno}"


def events_of(heard: dict[str, set[str]]) -> set[str]:
    return {MESSAGE if event == "message" else event for event in heard["event"]}


@pytest.mark.parametrize("url", [None, "https://bugs.example.com"])
def test_slack_takes_the_manifest_for_socket_mode_and_for_http(url: str | None) -> None:
    loaded = yaml.safe_load(manifest_text(url))

    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(loaded)


def test_every_command_and_shortcut_that_the_bot_hears_is_in_the_manifest(
    app: dict[str, Any], heard: dict[str, set[str]]
) -> None:
    commands = {item["command"] for item in app["features"]["slash_commands"]}
    shortcuts = {item["callback_id"] for item in app["features"].get("shortcuts", [])}

    assert commands == heard["command"]
    assert shortcuts == heard["shortcut"], "list each shortcut under features.shortcuts"


def test_every_event_that_the_bot_hears_is_in_the_manifest(
    app: dict[str, Any], heard: dict[str, set[str]]
) -> None:
    listed = set(app["settings"]["event_subscriptions"]["bot_events"])

    assert events_of(heard) - listed == set(), "add these to settings.event_subscriptions"
    assert listed - events_of(heard) == set(), "nothing listens to these events: remove them"


def test_every_method_and_event_has_its_scopes_in_the_table(
    heard: dict[str, set[str]],
) -> None:
    unknown = {f"{name} ({place})" for name, place in called_methods()} - {
        f"{name} ({place})" for name, place in called_methods() if name in SCOPES_OF_METHODS
    }

    assert unknown == set(), "add these methods with their scopes to bot/scopes.py"
    assert events_of(heard) - set(SCOPES_OF_EVENTS) == set(), "add these events to bot/scopes.py"


def test_the_manifest_asks_for_the_scopes_that_are_needed_and_for_no_more(
    app: dict[str, Any], heard: dict[str, set[str]]
) -> None:
    by_method = {
        scope: f"{name} in {place}"
        for name, place in called_methods()
        for scope in SCOPES_OF_METHODS.get(name, ())
    }
    by_event = {
        scope: event for event in events_of(heard) for scope in SCOPES_OF_EVENTS.get(event, ())
    }
    needed = {**by_method, **by_event, **dict.fromkeys(FEATURES, "slash commands")}
    asked = set(app["oauth_config"]["scopes"]["bot"])

    missing = {scope: why for scope, why in needed.items() if scope not in asked}
    assert missing == {}, "add these scopes to bot/manifest.yml, with a reason in its comment"
    assert asked - set(needed) == set(), "nothing needs these scopes: remove them"


def test_every_scope_is_explained(app: dict[str, Any]) -> None:
    explained = re.findall(r"^#   (\S+)  ", manifest_text(None), re.MULTILINE)

    assert explained == app["oauth_config"]["scopes"]["bot"]


def test_the_manifest_for_http_has_the_address_everywhere() -> None:
    said = CliRunner().invoke(manifest, ["--url", "https://bugs.example.com/"])
    loaded = yaml.safe_load(said.output)
    address = "https://bugs.example.com/slack/events"

    assert [item["url"] for item in loaded["features"]["slash_commands"]] == [address] * 2
    assert loaded["settings"]["interactivity"]["request_url"] == address
    assert loaded["settings"]["event_subscriptions"]["request_url"] == address
    assert loaded["settings"]["socket_mode_enabled"] is False


def test_an_address_that_slack_would_not_call_is_refused() -> None:
    refused = CliRunner().invoke(manifest, ["--url", "http://bugs.example.com"])

    assert refused.exit_code == 2
    assert "`https://` addresses alone" in refused.output
