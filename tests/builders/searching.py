"""A search without an index, in records at hand: what the index has to agree with."""

from collections.abc import Iterable

from tracker.model.record import BugRecord
from tracker.workflow.record_texts import texts_of
from tracker.workflow.search import Hit, Searchable, best_hits, count_holders, read_query


def searchable(record: BugRecord) -> Searchable:
    """What the search sees of a record."""
    return Searchable(
        bug=record.id,
        title=record.title,
        status=record.status,
        severity=record.severity,
        formerly=record.formerly,
        texts=texts_of(record),
    )


def search_bugs(typed: str, records: Iterable[BugRecord], *, most: int = 20) -> tuple[Hit, ...]:
    """Look into every record."""
    query = read_query(typed)
    found = [searchable(record) for record in records]
    holders = count_holders(query, found)
    return best_hits(query, found, holders, len(found), most=most)
