"""What can go wrong between us and the ledger's database, each as one sentence for people."""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from tracker.model.trouble import TroubleError

_SQLITE: Final = {
    sqlite3.SQLITE_FULL: "{place} cannot grow, because the disk is full; make room and try again.",
    sqlite3.SQLITE_IOERR: (
        "{place} cannot be read or written ({reason}); look whether its disk is full or broken,"
        " and try again."
    ),
    sqlite3.SQLITE_READONLY: "{place} cannot be written; check who owns it, and its folder.",
    sqlite3.SQLITE_CORRUPT: (
        "{place} is damaged ({reason}), and was left as it is. Stop Bugbook and keep a copy of the"
        " file; `sqlite3 OLD .recover | sqlite3 NEW` saves what can be read. Whatever is already in"
        " git is safe; only what was saved and not yet shared was nowhere else."
    ),
    sqlite3.SQLITE_BUSY: "{place} is kept busy by another process; try again.",
}
_POSTGRESQL: Final = {
    "53": "{place} has no room or no connection left ({reason}); see to it and try again.",
    "57": "{place} is going down or starting ({reason}); try again.",
    "25": "{place} takes no changes ({reason}); connect to the primary server.",
}
_ANY: Final = "{place} cannot be used ({reason}); check BUGBOOK_DATABASE_URL and try again."


class LedgerError(TroubleError):
    """The ledger cannot be opened or used; nothing in it was changed by what was asked."""


def told(error: DBAPIError, url: URL) -> LedgerError:
    """Put what a database said into a sentence that says what to do."""
    reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no answer"
    if url.get_backend_name() == "sqlite":
        place = f"The ledger {url.database}"
        sentence = _sqlite_sentence(error.orig)
    else:
        place = f"The ledger's database at {url.host or 'this machine'}"
        sentence = _POSTGRESQL.get(str(getattr(error.orig, "sqlstate", "") or "")[:2], _ANY)
    return LedgerError(sentence.format(place=place, reason=reason))


def _sqlite_sentence(error: BaseException | None) -> str:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    kind = sqlite3.SQLITE_CORRUPT if code == sqlite3.SQLITE_NOTADB else code & 0xFF
    return _SQLITE.get(kind, _ANY)


def cut_off(file: Path) -> LedgerError:
    """A ledger's file that exists and has nothing in it, which we never write."""
    return LedgerError(
        f"The ledger {file} is empty, though it was not when it was made; it was left as it is."
        " Bring it back from a backup, or delete it to begin a new one: whatever is in git is"
        " safe, and only what was saved and not yet shared is lost."
    )
