"""Whether Slack is set up: the shape of the tokens, which are never shown, and Slack's answer."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from types import MappingProxyType
from typing import Final

import yaml
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.app import web_client
from bot.channels import Channels, named_channels
from bot.manifest import manifest_text
from bot.slack_client import QueuedClient
from tracker.assembly import open_tracker
from tracker.model.diagnosis import Diagnosis, Health, healthy, problem, warning
from tracker.model.problem import ProblemsFound
from tracker.model.trouble import TroubleError
from tracker.settings import Settings

_PART: Final = "Slack"
_SHAPES: Final = MappingProxyType({
    "slack_bot_token": (re.compile(r"xoxb-[A-Za-z0-9-]{6,}"), "begins with `xoxb-`"),
    "slack_app_token": (re.compile(r"xapp-[A-Za-z0-9-]{6,}"), "begins with `xapp-`"),
    "slack_signing_secret": (re.compile(r"[0-9a-f]{32}"), "has 32 digits from 0 to f"),
})  # fmt: skip


def diagnose(settings: Settings, *, online: bool) -> Iterator[Diagnosis]:
    """The tokens that are set, whether they suffice, and, when asked, what Slack says."""
    known = [name for name in _SHAPES if getattr(settings, name) is not None]
    if not known:
        yield warning(_PART, "No token is set; `bugbook bot` needs them, nothing else does.")
        return
    shapes = {name: _shape(settings, name) for name in known}
    yield from shapes.values()
    yield from _missing(known)
    bot = shapes.get("slack_bot_token")
    if online and bot is not None and bot.health is Health.OK:
        yield from _answer(settings)


def _shape(settings: Settings, name: str) -> Diagnosis:
    shape, words = _SHAPES[name]
    variable = Settings.model_fields[name].validation_alias
    if shape.fullmatch(settings.secret(name)) is None:
        sentence = f"{variable} {words}; what is set does not. Copy it from the app's page again."
        return problem(_PART, sentence)
    return healthy(_PART, f"{variable} has the right shape.")


def _missing(known: list[str]) -> Iterator[Diagnosis]:
    if "slack_bot_token" not in known:
        yield problem(_PART, "SLACK_BOT_TOKEN is not set, and every way to Slack needs it.")
    if not {"slack_app_token", "slack_signing_secret"} & set(known):
        yield problem(
            _PART,
            "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
        )


def _answer(settings: Settings) -> Iterator[Diagnosis]:
    base_url = str(settings.slack_api_url) if settings.slack_api_url else None
    client = web_client(settings.secret("slack_bot_token"), base_url)
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error", "an unknown error")
        yield problem(_PART, f"Slack refuses the bot token ({code}); install the app again.")
    except (OSError, SlackClientError) as error:
        yield problem(_PART, f"Slack cannot be reached ({error}); check the network and proxy.")
    else:
        yield healthy(_PART, f"Slack knows the bot as {answer['user']} in {answer['team']}.")
        yield from _scopes({name.lower(): value for name, value in answer.headers.items()})
        yield from _channels(settings, client)


def _scopes(headers: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Compare what the app may do, which Slack tells with every answer, with the manifest."""
    if "x-oauth-scopes" not in headers:
        return
    granted = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")} - {""}
    wanted = set(yaml.safe_load(manifest_text(None))["oauth_config"]["scopes"]["bot"])
    if lacking := ", ".join(sorted(wanted - granted)):
        yield problem(
            _PART,
            f"The app lacks {lacking}: paste what `bugbook manifest` prints into its settings, and"
            " install it again.",
        )
    if more := ", ".join(sorted(granted - wanted)):
        yield warning(_PART, f"The app may do more than the bot needs: {more}. Take it away.")
    if granted == wanted:
        yield healthy(_PART, "The app has the scopes that the bot needs, and no others.")


def _channels(settings: Settings, client: QueuedClient) -> Iterator[Diagnosis]:
    """Look for the channels that the policy names; what is wrong with the policy is told before."""
    try:
        with closing(open_tracker(settings)) as tracker:
            names = named_channels(tracker.policy())
        missing = Channels(client=client).missing(names)
    except (TroubleError, ProblemsFound, SlackClientError, OSError) as error:
        yield warning(_PART, f"The policy's channels cannot be looked for: {error}")
        return
    for name in missing:
        yield problem(
            _PART,
            f"The channel #{name.removeprefix('#')} does not exist: create it, or name another one"
            " in bugs/policy.yaml.",
        )
    if not missing:
        yield healthy(_PART, "The channels that the policy names are there.")
