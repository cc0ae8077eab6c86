"""The tables of the index: plain SQLite that Datasette and the sqlite3 program can open.

Full text is FTS5 with external content: the text stands once, in `texts`, and triggers keep the
word lists up with it. There is no migration, because everything here is rebuilt from git.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

RECORDS: Final = "records"
LOG: Final = "log"
"""The parts of the index, each of which knows the commit that it has reached."""

VERSION: Final = 7
"""Raised with every change of the tables or of what is put into them."""

_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE bugs (
  bug INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  blob TEXT NOT NULL,
  prefix TEXT NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  unfinished INTEGER NOT NULL,
  severity TEXT,
  reported_at TEXT NOT NULL,
  reporter TEXT NOT NULL,
  reporter_email TEXT NOT NULL,
  assignee TEXT NOT NULL,
  assignee_email TEXT NOT NULL,
  backup_email TEXT NOT NULL,
  commander TEXT NOT NULL,
  commander_email TEXT NOT NULL,
  on_hotfix_track INTEGER NOT NULL,
  category TEXT NOT NULL,
  pattern TEXT NOT NULL,
  components TEXT NOT NULL,
  incident TEXT NOT NULL,
  formerly TEXT NOT NULL,
  root_cause TEXT NOT NULL,
  brief TEXT NOT NULL,
  facts TEXT NOT NULL,
  outline TEXT NOT NULL,
  turned_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX bugs_by_id ON bugs (id);
CREATE INDEX bugs_by_urgency
  ON bugs (is_open DESC, coalesce(severity, 'P9'), number DESC, id);
CREATE INDEX bugs_unfinished ON bugs (bug) WHERE unfinished;
CREATE INDEX bugs_turned ON bugs (turned_at) WHERE NOT unfinished;
CREATE INDEX bugs_by_assignee ON bugs (assignee_email, is_open);
CREATE INDEX bugs_by_incident ON bugs (incident) WHERE incident <> '';
CREATE TABLE former (id TEXT NOT NULL, bug INTEGER NOT NULL, PRIMARY KEY (id, bug)) WITHOUT ROWID;
CREATE TABLE broken (path TEXT PRIMARY KEY, blob TEXT NOT NULL, problems TEXT NOT NULL);

CREATE TABLE timeline (
  bug INTEGER NOT NULL, position INTEGER NOT NULL,
  at TEXT NOT NULL, who TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (bug, position)
) WITHOUT ROWID;

CREATE TABLE texts (
  bug INTEGER PRIMARY KEY,
  title TEXT NOT NULL, report TEXT NOT NULL, root_cause TEXT NOT NULL, other TEXT NOT NULL,
  places TEXT NOT NULL
);
CREATE TABLE traits (bug INTEGER PRIMARY KEY, traits TEXT NOT NULL);
"""

_LOG: Final = """
CREATE TABLE commits (
  position INTEGER PRIMARY KEY,
  "commit" TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  author_name TEXT NOT NULL, author_email TEXT NOT NULL,
  time TEXT NOT NULL, recorded TEXT NOT NULL,
  trailers TEXT NOT NULL,
  request TEXT
);
CREATE INDEX commits_by_request ON commits (request) WHERE request IS NOT NULL;
CREATE TABLE changes (
  path TEXT NOT NULL, position INTEGER NOT NULL, old TEXT, new TEXT,
  PRIMARY KEY (path, position)
) WITHOUT ROWID;
"""

SEARCHED: Final = ("title", "report", "root_cause", "other")
"""The columns of the full text, the most telling first."""
_WORDED: Final = MappingProxyType({"texts": SEARCHED, "traits": ("traits",)})


def create(connection: sqlite3.Connection) -> None:
    """Make all tables in an empty database."""
    full_text = (
        _full_text("texts", SEARCHED, "prefix='3'"),
        _full_text("traits", _WORDED["traits"], ""),
        "CREATE VIRTUAL TABLE traits_terms USING fts5vocab('traits_fts', 'row');",
    )
    connection.executescript(
        f"BEGIN;{_TABLES}{_LOG}{''.join(full_text)}PRAGMA user_version = {VERSION};COMMIT;"
    )


@contextlib.contextmanager
def words_at_the_end(connection: sqlite3.Connection) -> Iterator[None]:
    """Make the word lists anew when all rows are there, in half the time that the triggers take."""
    for table in _WORDED:
        connection.execute(f"DROP TRIGGER {table}_ai")
    yield
    for table, columns in _WORDED.items():
        connection.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
        connection.execute(_on_insert(table, columns))


def _full_text(table: str, columns: tuple[str, ...], options: str) -> str:
    """The word lists of a table and the triggers that follow its rows."""
    names = ", ".join(columns)
    old = ", ".join(f"old.{name}" for name in columns)
    more = f", {options}" if options else ""
    gone = f"{table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.bug, {old})"
    return f"""
CREATE VIRTUAL TABLE {table}_fts USING fts5(
  {names}, content='{table}', content_rowid='bug',
  tokenize="unicode61 remove_diacritics 2"{more}
);
{_on_insert(table, columns)}
CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN INSERT INTO {gone}; END;
"""


def _on_insert(table: str, columns: tuple[str, ...]) -> str:
    names, new = ", ".join(columns), ", ".join(f"new.{name}" for name in columns)
    return f"""CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN
  INSERT INTO {table}_fts(rowid, {names}) VALUES (new.bug, {new});
END;"""
