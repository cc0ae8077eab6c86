"""Drafts that outlive a closed form, a crash and a restart; kept in the ledger, never in git."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.draft import Draft
from tracker.assembly import Ledger


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

    def drop(self, key: str) -> None:
        """Forget a draft: it was brought through, or is not wanted."""
        self.ledger.take_draft(key)
