"""Drafts that outlive a closed form, a crash and a restart; kept in the ledger, never in git."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.draft import ANYBODY, Draft, draft_key
from tracker.assembly import Ledger
from tracker.model.record import BugRecord


@dataclass(frozen=True, kw_only=True)
class Drafts:
    """What people typed, by `draft_key`; `clean` takes secrets out before anything is kept."""

    ledger: Ledger
    now: Callable[[], datetime]
    clean: Callable[[dict[str, Any]], dict[str, Any]]

    def keep(self, key: str, draft: Draft) -> None:
        """Keep a draft durably in the place of an earlier one."""
        said = self.clean(draft.plain)
        self.ledger.keep_draft(key, json.dumps(said, ensure_ascii=False), draft.at)

    def get(self, key: str) -> Draft | None:
        """Return a draft that is not too old."""
        kept = self.ledger.draft(key)
        if kept is None:
            return None
        draft = Draft.of_plain(json.loads(kept))
        return draft if self.now() < draft.ends else None

    def reported(
        self, verb: str, record: BugRecord | None, typed: Mapping[str, str]
    ) -> dict[str, str]:
        """Return what the report of a bug said of its triage, as far as nothing else is typed."""
        if record is None or verb != "triage" or record.triage is not None:
            return {}
        known = self.get(draft_key(ANYBODY, verb, record.id))
        said = set(map(_last_part, typed))
        values = known.values if known is not None else {}
        return {name: value for name, value in values.items() if _last_part(name) not in said}

    def drop(self, key: str) -> None:
        """Forget a draft: it was brought through, or is not wanted."""
        self.ledger.take_draft(key)


def _last_part(name: str) -> str:
    """An input's name as people type it."""
    return name.rpartition(".")[2]
