"""Full-text search and likeness in the index: FTS5 finds candidates, the rules rank them.

Only words of letters and digits reach a MATCH, each in quotation marks: no text is ever syntax.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.store.index_schema import SEARCHED
from tracker.workflow.search import Hit, Query, Searchable, best_hits, read_query
from tracker.workflow.trait import Candidate, Feature, SimilarBug, most_alike, token_of

_MOST_WORDS: Final = 48  # the rarest words of a pasted log say enough
_CANDIDATES: Final = 60  # that are ranked more closely than bm25 does
_LIKELY: Final = 100
_TELLING: Final = 32  # traits by which candidates are looked for
_MOST_TITLE_WORDS: Final = 12
_BEGINNING: Final = 3  # letters; misspelt words mostly begin well
_TITLE_FIRST: Final = "bm25(texts_fts, 10.0, 3.0, 3.0, 1.0)"


def search(connection: sqlite3.Connection, typed: str, *, most: int) -> tuple[Hit, ...]:
    """The bugs that hold what was typed, the best first."""
    query = read_query(typed)
    holders = _holders(connection, query)
    found = dict.fromkeys([
        *_named(connection, query),
        *_holding(connection, query, holders, max(_CANDIDATES, 2 * most)),
    ])  # fmt: skip
    total = _total(connection)
    return best_hits(query, _searchables(connection, found), holders, total, most=most)


def similar(
    connection: sqlite3.Connection, mine: Counter[Feature], bug: str, *, most: int
) -> tuple[SimilarBug, ...]:
    """The bugs that share most with one of these traits; `bug` is its own id."""
    own = [token_of(feature) for feature in mine]
    known = _holders_of_traits(connection, own)
    rarest = sorted((token for token in own if token in known), key=lambda token: known[token])
    if not rarest:
        return ()
    candidates = list(_candidates(connection, rarest[:_TELLING], bug))
    holders = known | _holders_of_traits(connection, _unknown(candidates, known))
    is_there = connection.execute("SELECT 1 FROM bugs WHERE id = ?", (bug,)).fetchone()
    if is_there is None:
        holders |= {token: known.get(token, 0) + 1 for token in own}
    total = _total(connection) + (is_there is None)
    return most_alike(mine, candidates, holders, total, most=most)


def titles_like(
    connection: sqlite3.Connection, typed: str, *, most: int
) -> tuple[tuple[str, str], ...]:
    """Ids and titles of bugs whose titles have words that begin as the typed ones do."""
    words = read_query(typed).words[:_MOST_TITLE_WORDS]
    if not words:
        return ()
    match = " OR ".join(f'title : "{word[:_BEGINNING]}"*' for word in words)
    rows = connection.execute(
        "SELECT id, bugs.title FROM texts_fts JOIN bugs ON bugs.bug = texts_fts.rowid"
        f" WHERE texts_fts MATCH ? ORDER BY {_TITLE_FIRST} LIMIT ?",
        (match, most),
    )
    return tuple(rows)


def _total(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("SELECT count(*) FROM bugs").fetchone()[0]
    return found


def _holders(connection: sqlite3.Connection, query: Query) -> dict[str, int]:
    """How many bugs hold each word."""
    count = "SELECT count(*) FROM texts_fts WHERE texts_fts MATCH ?"
    words = sorted(query.words, key=len, reverse=True)[: 4 * _MOST_WORDS]
    return {word: connection.execute(count, (_term(query, word),)).fetchone()[0] for word in words}


def _term(query: Query, word: str) -> str:
    return f'"{word}"*' if query.is_beginning(word) else f'"{word}"'


def _named(connection: sqlite3.Connection, query: Query) -> Iterator[int]:
    """Bugs whose number was typed, the present ones first."""
    typed = query.typed.strip().removeprefix("#").upper()
    number = int(typed[:18]) if typed.isascii() and typed.isdigit() else -1
    yield from _keys(
        connection,
        "SELECT bug FROM bugs WHERE id = ?1 OR number = ?2"
        " UNION SELECT bug FROM former WHERE id = ?1",
        (typed, number),
    )


def _holding(
    connection: sqlite3.Connection, query: Query, holders: Mapping[str, int], most: int
) -> Iterator[int]:
    """Bugs that hold some of the words, those in whose title they stand first."""
    words = sorted((w for w in holders if holders[w]), key=lambda word: holders[word])
    if not words:
        return
    terms = [_term(query, word) for word in words[:_MOST_WORDS]]
    ranked = f"SELECT rowid FROM texts_fts WHERE texts_fts MATCH ? ORDER BY {_TITLE_FIRST} LIMIT ?"
    for match in (" AND ".join(f"title : {term}" for term in terms), " OR ".join(terms)):
        yield from _keys(connection, ranked, (match, most))


def _keys(connection: sqlite3.Connection, query: str, values: tuple[object, ...]) -> Iterator[int]:
    yield from (key for (key,) in connection.execute(query, values).fetchall())


def _searchables(connection: sqlite3.Connection, keys: Iterable[int]) -> Iterator[Searchable]:
    rows = connection.execute(
        "SELECT id, bugs.title, status, severity, formerly,"
        " texts.title, texts.report, texts.root_cause, texts.other, places"
        " FROM bugs JOIN texts USING (bug) WHERE bug IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    for bug, title, status, severity, formerly, *columns, places in rows:
        yield Searchable(
            bug=bug,
            title=title,
            status=Status(status),
            severity=Severity(severity) if severity else None,
            formerly=tuple(json.loads(formerly)),
            texts=dict(_fields(dict(zip(SEARCHED, columns, strict=True)), json.loads(places))),
        )


def _fields(
    columns: Mapping[str, str], places: Mapping[str, list[tuple[str, int]]]
) -> Iterator[tuple[str, str]]:
    """Cut the columns into the fields that they were made of."""
    for name, fields in places.items():
        start = 0
        for where, length in fields:
            yield where, columns[name][start : start + length]
            start += length + 1


def _candidates(connection: sqlite3.Connection, tokens: list[str], bug: str) -> Iterator[Candidate]:
    rows = connection.execute(
        "SELECT id, title, status, severity, root_cause, traits.traits"
        " FROM (SELECT rowid FROM traits_fts WHERE traits_fts MATCH ? ORDER BY bm25(traits_fts)"
        " LIMIT ?) AS found JOIN bugs ON bugs.bug = found.rowid"
        " JOIN traits ON traits.bug = found.rowid WHERE id <> ?",
        (" OR ".join(f'"{token}"' for token in tokens), _LIKELY, bug),
    )
    for own_id, title, status, severity, cause, traits in rows:
        yield Candidate(
            bug=own_id,
            title=title,
            status=Status(status),
            severity=Severity(severity) if severity else None,
            root_cause=cause or None,
            traits=Counter(traits.split()),
        )


def _unknown(candidates: Iterable[Candidate], known: Mapping[str, int]) -> set[str]:
    return {token for each in candidates for token in each.traits if token not in known}


def _holders_of_traits(connection: sqlite3.Connection, tokens: Iterable[str]) -> dict[str, int]:
    query = "SELECT doc FROM traits_terms WHERE term = ?"
    rows = ((token, connection.execute(query, (token,)).fetchone()) for token in tokens)
    return {token: row[0] for token, row in rows if row is not None}
