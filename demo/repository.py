"""The scratch repository: what a team has before its first bug."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from tracker.clock import now
from tracker.model.bug_id import IdStyle
from tracker.model.part import Part
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.trouble import TroubleError
from tracker.operations.init_repository import Wishes, init_repository

PROJECT = Path(__file__).parents[1]
BRANCH = "main"
AUTHOR = "Engineering Lead <lead@example.com>"
PERMISSIONS = {"deploy": "release_manager", "hotfix-deploy": "release_manager", "close": "lead"}
ROLES = {
    "senior": ("Senior Engineer <senior@example.com>",),
    "release_manager": ("Release Engineer <release@example.com>",),
    "lead": ("Engineering Lead <lead@example.com>",),
}
POLICY_HEAD = """\
# yaml-language-server: $schema=policy-schema.json
# What this team has agreed on; everything that is left out has its default.
# The monitoring windows last seconds, so that the demonstration need not wait for hours.
"""
NAME = "Bugs of an example company"
POLICY_PATH = "bugs/policy.yaml"
README = f"""\
# {NAME}

This repository was made by `bugbook demo`. It is an ordinary git repository, as a team has one:

- `bugs/000/BUG-0001.yaml` is the record of a bug. Edit it with any editor and commit it.
- `bugs/policy.yaml` says what the team asks for: severities, targets, roles, channels.
- `site/` and `mkdocs.yml` make the knowledge base: `bugbook site serve` shows it.
- `git log` tells who did what and when: one commit for each action.

The monitoring windows of the policy last seconds here. A real team watches for half an hour or
more.
"""


class FolderInUseError(TroubleError):
    """The folder for the repository holds something already."""


def make_repository(folder: Path, *, monitor_for: timedelta) -> Path:
    """Make the repository in a folder that is new or empty, as `bugbook init` does.

    Raises:
        FolderInUseError: the folder holds something.
    """
    if folder.is_dir() and any(folder.iterdir()):
        message = f"{folder} is not empty; name a folder that is, or none."
        raise FolderInUseError(message)
    author = Person.model_validate(AUTHOR)
    own = {"README.md": README, POLICY_PATH: policy_text(demo_policy(monitor_for))}
    init_repository(folder, Wishes(name=NAME), author, now(), own=own)
    return folder


def demo_policy(monitor_for: timedelta) -> Policy:
    """The default policy with roles, and with this monitoring window where there is one."""
    usual = Policy()
    severities = {
        level: rule.model_copy(update={"monitor_for": monitor_for}) if rule.monitor_for else rule
        for level, rule in usual.severities.items()
    }
    changed = {
        "severities": severities,
        "roles": ROLES,
        "permissions": PERMISSIONS,
        "ids": (IdStyle(), IdStyle(prefix="DH", width=3)),
    }
    return Policy.model_validate({"version": 1, **changed})


def policy_text(policy: Policy) -> str:
    """The policy as a file: the version, and what differs from the defaults."""
    said: dict[str, Any] = {"version": policy.version}
    said |= _differences(policy, Policy())
    return POLICY_HEAD + yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100)


def _differences(policy: Part, usual: Part) -> Mapping[str, Any]:
    own, other = policy.model_dump(mode="json"), usual.model_dump(mode="json")
    return {key: value for key, value in own.items() if value != other[key]}
