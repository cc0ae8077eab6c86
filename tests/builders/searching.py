"""What the index has to agree with: the same questions, put to records at hand."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from tracker.model.policy import Policy
from tracker.model.record import BugRecord, to_mapping
from tracker.workflow.measured import measured, reported_at
from tracker.workflow.metrics import Slice, slices
from tracker.workflow.record_texts import texts_of
from tracker.workflow.search import Hit, Searchable, best_hits, count_holders, read_query
from tracker.workflow.similarity import traits_of
from tracker.workflow.trait import Candidate, SimilarBug, most_alike, token_of


def searchable(record: BugRecord) -> Searchable:
    """What the search sees of a record."""
    return Searchable(
        bug=record.id,
        title=record.title,
        status=record.status,
        severity=record.severity,
        formerly=record.formerly,
        texts=texts_of(to_mapping(record)),
    )


def search_bugs(typed: str, records: Iterable[BugRecord], *, most: int = 20) -> tuple[Hit, ...]:
    """Look into every record."""
    query = read_query(typed)
    found = [searchable(record) for record in records]
    holders = count_holders(query, found)
    return best_hits(query, found, holders, len(found), most=most)


def similar_bugs(
    record: BugRecord, others: Iterable[BugRecord], *, most: int = 5
) -> tuple[SimilarBug, ...]:
    """The bugs among these that share most with this one, the nearest first."""
    mine = traits_of(record)
    candidates = [_candidate(other) for other in others if other.id != record.id]
    holders = Counter(token for each in candidates for token in each.traits)
    holders.update(map(token_of, mine))
    return most_alike(mine, candidates, holders, len(candidates) + 1, most=most)


def _candidate(record: BugRecord) -> Candidate:
    return Candidate(
        bug=record.id,
        title=record.title,
        status=record.status,
        severity=record.severity,
        root_cause=record.root_cause.summary if record.root_cause else None,
        traits={token_of(feature): times for feature, times in traits_of(record).items()},
    )


def metrics(
    records: Iterable[BugRecord], policy: Policy, now: datetime, *, since: date | None = None
) -> tuple[Slice, ...]:
    """Count every record."""
    return slices(
        tuple(
            measured(record, policy, now)
            for record in records
            if since is None or reported_at(record).date() >= since
        )
    )
