"""The scratch repository: what a team has before its first bug."""

import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pygit2
import yaml

from tracker.model.part import Part
from tracker.model.policy import Policy
from tracker.model.trouble import TroubleError

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
# What this team has agreed on; everything that is left out has its default.
# The monitoring windows last seconds, so that the demonstration need not wait for hours.
"""
IGNORED = "/site/public/\n/.cache/\n"
README = """\
# Bugs of an example company

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


class NoProjectError(TroubleError):
    """The files of the site are not there."""


def make_repository(folder: Path, *, monitor_for: timedelta) -> Path:
    """Make the repository in a folder that is new or empty, with one commit on `main`.

    Raises:
        NoProjectError: this is not a clone of the project, so there is no site to copy.
        FolderInUseError: the folder holds something.
    """
    if not (PROJECT / "mkdocs.yml").is_file():
        message = "The demonstration needs a clone of Bugbook; run `make demo` there."
        raise NoProjectError(message)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        message = f"{folder} is not empty; name a folder that is, or none."
        raise FolderInUseError(message)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    shutil.copytree(PROJECT / "site", folder / "site", ignore=shutil.ignore_patterns("public"))
    (folder / "README.md").write_text(README, "utf-8")
    (folder / ".gitignore").write_text(IGNORED, "utf-8")
    (folder / "bugs").mkdir()
    (folder / "bugs" / "policy.yaml").write_text(policy_text(demo_policy(monitor_for)), "utf-8")
    _commit_all(folder)
    return folder


def demo_policy(monitor_for: timedelta) -> Policy:
    """The default policy with roles, and with this monitoring window where there is one."""
    usual = Policy()
    severities = {
        level: rule.model_copy(update={"monitor_for": monitor_for}) if rule.monitor_for else rule
        for level, rule in usual.severities.items()
    }
    changed = {"severities": severities, "roles": ROLES, "permissions": PERMISSIONS}
    return Policy.model_validate({"version": 1, **changed})


def policy_text(policy: Policy) -> str:
    """The policy as a file: the version, and what differs from the defaults."""
    said: dict[str, Any] = {"version": policy.version}
    said |= _differences(policy, Policy())
    return POLICY_HEAD + yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100)


def _differences(policy: Part, usual: Part) -> Mapping[str, Any]:
    own, other = policy.model_dump(mode="json"), usual.model_dump(mode="json")
    return {key: value for key, value in own.items() if value != other[key]}


def _commit_all(folder: Path) -> None:
    repository = pygit2.init_repository(folder, initial_head=BRANCH)
    repository.index.add_all()
    repository.index.write()
    name, _, email = AUTHOR.rstrip(">").partition(" <")
    who = pygit2.Signature(name, email)
    tree = repository.index.write_tree()
    repository.create_commit("HEAD", who, who, "Keep our bugs as code\n", tree, [])
