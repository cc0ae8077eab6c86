"""Which bugs have which words, kept in step with the bugs: a new title touches its own words alone.

Each word has a row with all its bugs, and each file of words its content, ready to be written.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from generator.search_shards import (
    Postings,
    common_from,
    gathered,
    shard_of,
    shard_text,
    shown_bugs,
)

SCHEMA: Final = """
drop table if exists found;
drop table if exists words;
drop table if exists shards;
create table found (
  path text primary key,
  key text not null,
  number integer not null,
  terms blob not null
) strict, without rowid;
create table words (
  shard text not null,
  word text not null,
  bugs text not null,
  shown text not null,
  primary key (shard, word)
) strict, without rowid;
create table shards (
  name text primary key,
  content text not null
) strict, without rowid;
"""
"""`found` is what the other two were made from; all three are in one file with the bugs."""
_KEPT: Final = "select terms from found where path = ?"
_MADE: Final = "select terms from bugs where path = ?"
_MANY: Final = 10
"""One in so many bugs that changed, and all words are gathered anew."""


class Found(NamedTuple):
    """A bug that can be found: its key in the cache and its number in the search."""

    key: str
    number: int


class WordIndex:
    """The words of the bugs in a cache."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def files(self, bugs: Mapping[str, Found]) -> dict[str, str]:
        """The content of each file of words, by its name, for these bugs by their paths."""
        rows = self._connection.execute("select path, key, number from found")
        before = {path: Found(key, number) for path, key, number in rows}
        if before != bugs:
            with self._connection:
                self._refresh(before, bugs)
        return dict(self._connection.execute("select name, content from shards order by name"))

    def _refresh(self, before: Mapping[str, Found], bugs: Mapping[str, Found]) -> None:
        gone = {path: found for path, found in before.items() if bugs.get(path) != found}
        come = {path: found for path, found in bugs.items() if before.get(path) != found}
        most = common_from(len(bugs))
        if len(gone) + len(come) > len(bugs) // _MANY or most != common_from(len(before)):
            self._rebuild(bugs, most)
            return
        old, new = dict(self._terms(_KEPT, gone)), dict(self._terms(_MADE, come))
        self._forget(gone)
        self._remember(come)
        self._write_shards(self._change(_differences(old, new), most))

    def _rebuild(self, bugs: Mapping[str, Found], most: int) -> None:
        self._connection.execute("delete from found")
        self._connection.execute("delete from words")
        self._connection.execute("delete from shards")
        self._remember(bugs)
        for shard, postings in gathered(self._terms(_MADE, bugs)).items():
            self._put(shard, postings, most)
            told = {word: shown_bugs(found, most) for word, found in postings.items()}
            self._put_shard(shard, told)

    def _change(self, changes: Postings, most: int) -> set[str]:
        """Put numbers to words and take them away; the files of the words."""
        by_shard: defaultdict[str, Postings] = defaultdict(dict)
        for word, change in changes.items():
            shard = shard_of(word)
            row = self._connection.execute(
                "select bugs from words where shard = ? and word = ?", (shard, word)
            ).fetchone()
            known = json.loads(row[0]) if row else {}
            now = {int(number): weight for number, weight in known.items()} | change
            by_shard[shard][word] = {number: weight for number, weight in now.items() if weight}
        for shard, postings in by_shard.items():
            self._put(shard, postings, most)
        return set(by_shard)

    def _put(self, shard: str, postings: Postings, most: int) -> None:
        self._connection.executemany(
            "delete from words where shard = ? and word = ?",
            ((shard, word) for word, bugs in postings.items() if not bugs),
        )
        self._connection.executemany(
            "replace into words values (?, ?, ?, ?)",
            (
                (shard, word, json.dumps(bugs), shown_bugs(bugs, most))
                for word, bugs in postings.items()
                if bugs
            ),
        )

    def _write_shards(self, names: Iterable[str]) -> None:
        for name in names:
            told = dict(
                self._connection.execute("select word, shown from words where shard = ?", (name,))
            )
            if told:
                self._put_shard(name, told)
            else:
                self._connection.execute("delete from shards where name = ?", (name,))

    def _put_shard(self, name: str, told: Mapping[str, str]) -> None:
        self._connection.execute("replace into shards values (?, ?)", (name, shard_text(told)))

    def _terms(self, query: str, bugs: Mapping[str, Found]) -> Iterator[tuple[int, dict[str, int]]]:
        """The words of bugs with their weights, by number."""
        for path, found in bugs.items():
            (terms,) = self._connection.execute(query, (path,)).fetchone()
            yield found.number, json.loads(terms)

    def _forget(self, paths: Iterable[str]) -> None:
        self._connection.executemany(
            "delete from found where path = ?", ((path,) for path in paths)
        )

    def _remember(self, bugs: Mapping[str, Found]) -> None:
        self._connection.executemany(
            "insert into found select path, key, ?, terms from bugs where path = ?",
            ((found.number, path) for path, found in bugs.items()),
        )


def _differences(old: Mapping[int, dict[str, int]], new: Mapping[int, dict[str, int]]) -> Postings:
    """The words that a bug did not have or has no more; none has the weight 0."""
    changes: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number in old.keys() | new.keys():
        before, after = old.get(number, {}), new.get(number, {})
        for word, _ in before.items() ^ after.items():
            changes[word][number] = after.get(word, 0)
    return changes
