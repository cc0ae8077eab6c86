"""Pages that were made before, in one SQLite file that may be deleted at any time."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Final, Self

from generator.built import BugFacts, BuiltBug, BuiltPages
from generator.codec import Codec
from generator.column import ENTRY, LEARNED, MEASURABLE, NOTED
from generator.page_models.dossier import Dossier
from generator.page_models.entry import Entry
from generator.page_models.learned import Learned
from generator.page_models.measurable import Measurable
from generator.page_models.noted import Noted
from generator.word_index import SCHEMA as WORDS
from generator.word_index import Found, WordIndex
from tracker.model.record import BugRecord

_SCHEMA: Final = """
drop table if exists bugs;
drop table if exists shared;
drop table if exists rendered;
create table bugs (
  path text primary key,
  key text not null,
  facts blob not null,
  terms blob not null,
  entry blob not null,
  measurable blob not null,
  learned blob not null,
  noted blob not null,
  record blob not null,
  pages blob not null
) strict, without rowid;
create table shared (
  name text primary key,
  key text not null,
  pages blob not null
) strict;
create table rendered (
  path text primary key,
  key text not null,
  html blob not null
) strict;
"""
_FACTS: Final = Codec(BugFacts)
_PAGES: Final = Codec(BuiltPages)
_COLUMNS: Final = attrgetter(
    *("path", "key", "facts", "terms", "entry", "measurable", "learned", "noted", "record", "pages")
)
_QUICK: Final = 1
"""zlib's level: pages shrink to a fifth, and more effort gains little."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A bug as the cache keeps it: by its record's path, and by all that it was made from."""

    path: str
    key: str
    facts: bytes
    terms: bytes
    pages: bytes
    entry: bytes = b""
    """What lists need of it, as JSON; empty without a record, as the next four."""
    measurable: bytes = b""
    """What numbers need of it."""
    learned: bytes = b""
    """What others may learn of it."""
    noted: bytes = b""
    """What the changelog tells of it."""
    record: bytes = b""
    """The whole: it is read many times faster than its YAML."""

    @classmethod
    def of(cls, path: str, key: str, made: BuiltBug) -> Self:
        """Pack what was made."""
        return cls(
            path=path,
            key=key,
            facts=_FACTS.write(made.facts),
            terms=json.dumps(made.terms, ensure_ascii=False).encode(),
            pages=_packed(made.made),
            **(_read_off(made.dossier) if made.dossier else {}),
        )


class PageCache:
    """Keeps one version of each bug."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._words = WordIndex(connection)

    @classmethod
    @contextmanager
    def open(cls, path: Path, code: bytes) -> Iterator[Self]:
        """Open the file, or make it anew where it is missing, damaged or made by other code."""
        path.parent.mkdir(parents=True, exist_ok=True)
        version = int.from_bytes(code[:4]) >> 1  # SQLite keeps a number of 31 bits
        try:
            connection = _connected(path, version)
        except sqlite3.DatabaseError:
            path.unlink()
            connection = _connected(path, version)
        try:
            yield cls(path, connection)
        finally:
            connection.close()

    @contextmanager
    def again(self) -> Iterator[Self]:
        """The same file opened once more: a connection must not be carried into another process."""
        with closing(sqlite3.connect(self._path, timeout=60)) as connection:
            yield type(self)(self._path, connection)

    def facts(self) -> dict[str, tuple[str, BugFacts]]:
        """The key and the facts of every bug, by the path of its record."""
        rows = self._connection.execute("select path, key, facts from bugs")
        return {path: (key, _FACTS.read(facts)) for path, key, facts in rows}

    def pages(self, path: str) -> BuiltPages:
        """The pages of a bug that is kept."""
        (packed,) = self._connection.execute(
            "select pages from bugs where path = ?", (path,)
        ).fetchone()
        return _unpacked(packed)

    def words(self, bugs: Mapping[str, Found]) -> dict[str, str]:
        """The files of words by which these bugs are found, by name."""
        return self._words.files(bugs)

    def columns(self) -> Iterator[tuple[str, *tuple[bytes, ...]]]:
        """What pages of many bugs need of those that can be read, after their records' paths."""
        yield from self._connection.execute(
            "select path, entry, measurable, learned, noted from bugs where entry <> x''"
        )

    def record(self, path: str) -> BugRecord:
        """The whole record of a bug that can be read."""
        (told,) = self._connection.execute(
            "select record from bugs where path = ?", (path,)
        ).fetchone()
        return BugRecord.model_validate_json(told)

    def shared_keys(self) -> dict[str, str]:
        """The keys of what is kept of pages of many bugs, by its name."""
        return dict(self._connection.execute("select name, key from shared"))

    def shared(self, name: str) -> BuiltPages:
        """Pages of many bugs that are kept."""
        (packed,) = self._connection.execute(
            "select pages from shared where name = ?", (name,)
        ).fetchone()
        return _unpacked(packed)

    def keep_shared(self, made: Mapping[str, tuple[str, BuiltPages]], gone: Iterable[str]) -> None:
        """Put pages with their keys in place of their earlier versions, and drop others."""
        with self._connection:
            self._connection.executemany(
                "replace into shared values (?, ?, ?)",
                ((name, key, _packed(pages)) for name, (key, pages) in made.items()),
            )
            self._connection.executemany(
                "delete from shared where name = ?", ((name,) for name in gone)
            )

    def rendered(self) -> dict[str, tuple[str, str]]:
        """The key and the HTML of each page of many bugs, by its path."""
        rows = self._connection.execute("select path, key, html from rendered")
        return {path: (key, html.decode(errors="surrogatepass")) for path, key, html in rows}

    def keep_rendered(self, pages: Mapping[str, tuple[str, str]]) -> None:
        """Put pages in place of their earlier versions."""
        with self._connection:
            self._connection.executemany(
                "replace into rendered values (?, ?, ?)",
                (
                    (path, key, html.encode(errors="surrogatepass"))
                    for path, (key, html) in pages.items()
                ),
            )

    def keep(self, bugs: Iterable[Kept]) -> None:
        """Put bugs in place of their earlier versions."""
        with self._connection:
            self._connection.executemany(
                "replace into bugs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(_COLUMNS, bugs),
            )

    def forget(self, paths: Iterable[str]) -> None:
        """Drop bugs whose records are gone."""
        with self._connection:
            self._connection.executemany(
                "delete from bugs where path = ?", ((path,) for path in paths)
            )


def _connected(path: Path, wanted: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        # Losing it costs a build: it is a cache, and need not outlive a crash of the machine.
        connection.execute("pragma synchronous = off")
        (version,) = connection.execute("pragma user_version").fetchone()
        if version != wanted:
            connection.executescript(_SCHEMA + WORDS)
            connection.execute(f"pragma user_version = {wanted}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def facts_of(kept: Kept) -> BugFacts:
    """Unpack the facts."""
    return _FACTS.read(kept.facts)


def _read_off(dossier: Dossier) -> dict[str, bytes]:
    record = dossier.record.model_dump_json(by_alias=True, exclude_defaults=True)
    return {
        "entry": ENTRY.write(Entry.of(dossier)),
        "measurable": MEASURABLE.write(Measurable.of(dossier)),
        "learned": LEARNED.write(Learned.of(dossier)),
        "noted": NOTED.write(Noted.of(dossier)),
        "record": record.encode(),
    }


def _packed(made: BuiltPages) -> bytes:
    return zlib.compress(_PAGES.write(made), _QUICK)


def _unpacked(packed: bytes) -> BuiltPages:
    return _PAGES.read(zlib.decompress(packed))
