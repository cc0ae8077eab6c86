"""Begin a team's own repository: policy, schemas, site, checks, and one first commit."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tracker.model.bug_id import IdStyle
from tracker.model.person import Person
from tracker.model.policy import Channels, Policy
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError
from tracker.operations.merge_driver import ATTRIBUTES as MERGED_BY_FIELD
from tracker.operations.merge_driver import install
from tracker.operations.policy_text import POLICY_SCHEMA, policy_text
from tracker.operations.schema_text import schema_text
from tracker.store.foundation import UnfitFolderError, lay, survey
from tracker.store.record_paths import POLICY_PATH, RECORDS, SCHEMA_PATH
from tracker.workflow.policy_faults import policy_faults

BRANCH: Final = "main"
MESSAGE: Final = "Keep our bugs as code\n"
_ATTRIBUTES: Final = ".gitattributes"

_STARTER: Final = Path(__file__).parents[1] / "starter"
_FILES: Final = MappingProxyType({
    "README.md": "README.md",
    "mkdocs.yml": "mkdocs.yml",
    "site/docs/index.md": "site/docs/index.md",
    ".env.example": "env.example",
    ".gitignore": "gitignore",
    _ATTRIBUTES: "gitattributes",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".github/workflows/bugbook.yml": "workflow.yml",
})  # fmt: skip
_PLAIN_BRANCH: Final = re.compile(r"[A-Za-z0-9._/-]+")


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a team is asked for: the name of its site, its bug numbers, its channel."""

    name: str = "Our bugs"
    prefix: str = IdStyle().prefix
    channel: str = Channels().incidents

    def policy(self) -> Policy:
        """The default policy with these values."""
        return Policy.model_validate(
            {"ids": ({"prefix": self.prefix},), "channels": {"incidents": self.channel}}
        )


class UnfitWishesError(TroubleError):
    """The policy would contradict itself; nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What was done; `commit` is None when everything was there, and nothing of it was changed."""

    folder: Path
    branch: str
    commit: str | None
    written: tuple[str, ...]
    left: tuple[str, ...]
    remote: str | None
    """The name of the remote that the repository has."""


def init_repository(
    folder: Path,
    wishes: Wishes,
    author: Person,
    now: datetime,
    *,
    own: Mapping[str, str] | None = None,
) -> Begun:
    """Write and commit what is not there yet; `own` texts, by path, stand before the usual ones.

    Raises before anything is written: UnfitWishesError where the policy would contradict itself, a
    RepositoryError where records cannot be kept there.
    """
    for fault in policy_faults(wishes.policy()):
        raise UnfitWishesError(fault.reason.sentence)
    ground = survey(folder, BRANCH)
    if _PLAIN_BRANCH.fullmatch(ground.branch) is None:
        message = f"The branch {ground.branch!r} has an unusual name; switch to another and try."
        raise UnfitFolderError(message)
    texts = {**starter_texts(wishes, ground.branch), **(own or {})}
    files = {path: text.encode() for path, text in texts.items()}
    laid = lay(ground, files, author, MESSAGE, now)
    if _ATTRIBUTES in laid.written:
        install(ground.folder)
    return Begun(
        folder=ground.folder,
        branch=ground.branch,
        commit=laid.commit,
        written=laid.written,
        left=laid.left,
        remote=ground.remote,
    )


def starter_texts(wishes: Wishes, branch: str) -> dict[str, str]:
    """Every file of a new repository by its path."""
    marks = {
        "@MERGED_BY_FIELD@": MERGED_BY_FIELD,
        '"@NAME@"': json.dumps(wishes.name, ensure_ascii=False),  # which YAML reads alike
        "@NAME@": wishes.name,
        "@PREFIX@": wishes.prefix,
        "@BRANCH@": branch,
    }
    texts = {path: (_STARTER / source).read_text("utf-8") for path, source in _FILES.items()}
    for mark, value in marks.items():
        texts = {path: text.replace(mark, value) for path, text in texts.items()}
    return {
        **texts,
        POLICY_PATH: policy_text(wishes.policy()),
        SCHEMA_PATH: schema_text(BugRecord),
        f"{RECORDS}/{POLICY_SCHEMA}": schema_text(Policy),
    }
