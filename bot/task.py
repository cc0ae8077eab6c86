"""An accepted action on its way, with all that its answer needs; also as the ledger notes it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from slack_sdk import WebClient

from bot.draft import Draft
from bot.reply import Reply
from tracker.assembly import OwedAnswer


@dataclass(frozen=True, kw_only=True)
class Task:
    """An accepted action, whom to answer, and what they typed."""

    request: str
    verb: str
    bug: str | None
    reply: Reply
    writer: Reply | None = None
    """Whoever wrote the text that is recorded, where that is somebody else."""
    told: str = ""
    """What the judge says that it changes."""
    draft: Draft | None = None
    since: float = field(default_factory=monotonic)
    onward: Draft | None = None
    """What is known already for the triage of the bug that is reported."""
    files: tuple[str, ...] = ()
    """Slack's ids of the files that the bug is to get once the action is recorded."""
    no_news: frozenset[str] = frozenset()
    """Conditions of which a refusal tells nothing that anybody asked for."""
    receipt: str = ""
    """Under which it was noted that somebody waits, before the action was accepted."""


def noted(task: Task, clean: Callable[[dict[str, Any]], dict[str, Any]]) -> str:
    """What another process has to know to answer as this one would; `clean` takes secrets out."""
    drafts = {"draft": task.draft, "onward": task.onward}
    typed = {name: draft.plain for name, draft in drafts.items() if draft is not None}
    about = {**task.reply.place, "files": task.files, **clean({"told": task.told, **typed})}
    return json.dumps(about, ensure_ascii=False)


def noted_task(owed: OwedAnswer, client: WebClient, verb: str, bug: str | None) -> Task:
    """Read it again; of what an older version noted, only whom to answer."""
    about = json.loads(owed.about or "{}")
    return Task(
        request=owed.request,
        verb=verb,
        bug=bug,
        reply=Reply.at(client, {**about, "user": owed.user}),
        told=about.get("told", ""),
        files=tuple(about.get("files", ())),
        draft=_draft(about.get("draft")),
        onward=_draft(about.get("onward")),
    )


def _draft(plain: Mapping[str, Any] | None) -> Draft | None:
    return None if plain is None else Draft.of_plain(plain)
