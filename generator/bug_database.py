"""All bugs as an SQLite file, for questions that no page answers."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any, Final

_SCHEMA: Final = """
create table bugs (
  id text primary key,
  title text not null,
  severity text,
  status text not null,
  category text,
  pattern text,
  components text not null,
  stage text,
  reported_at text not null,
  reported_by text not null,
  assignee text,
  changed_at text not null,
  address text not null,
  detect_seconds integer,
  acknowledge_seconds integer,
  identify_seconds integer,
  mitigate_seconds integer,
  resolve_seconds integer,
  downtime_seconds integer
) strict, without rowid;
create table bug_components (
  component text not null,
  bug text not null references bugs (id),
  primary key (component, bug)
) strict, without rowid;
create table action_items (
  bug text not null references bugs (id),
  "key" text not null,
  text text not null,
  state text not null,
  horizon text not null,
  owner text,
  due text,
  done_at text,
  address text not null,
  primary key (bug, "key")
) strict, without rowid;
create index bugs_by_status on bugs (status, severity);
create index bugs_by_report on bugs (reported_at);
"""


Rows = Iterable[Mapping[str, Any]]


def database(bugs: Rows, seconds: Iterable[Mapping[str, int | None]], actions: Rows) -> bytes:
    """The file, with what each bug took in seconds; the same rows give the same bytes.

    Bytes also depend on SQLite itself, whose number stands in the header of each file.
    """
    rows = [
        {**row, **{f"{name}_seconds": value for name, value in took.items()}}
        for row, took in zip(bugs, seconds, strict=True)
    ]
    with closing(sqlite3.connect(":memory:")) as connection, connection:
        connection.executescript(_SCHEMA)
        _fill(connection, "bugs", ({**row, "components": _list(row["components"])} for row in rows))
        _fill(
            connection,
            "bug_components",
            (
                {"component": name, "bug": row["id"]}
                for row in rows
                for name in dict.fromkeys(row["components"])
            ),
        )
        _fill(connection, "action_items", actions)
        connection.commit()
        return connection.serialize()


def _fill(connection: sqlite3.Connection, table: str, rows: Rows) -> None:
    """Insert rows; the names of their columns are ours."""
    known = [row[1] for row in connection.execute(f'pragma table_info("{table}")')]
    columns, marks = ", ".join(f'"{name}"' for name in known), ", ".join("?" * len(known))
    insert = f'insert or replace into "{table}" ({columns}) values ({marks})'  # noqa: S608
    connection.executemany(insert, ([row[name] for name in known] for row in rows))


def _list(names: list[str]) -> str:
    return json.dumps(names, ensure_ascii=False)
