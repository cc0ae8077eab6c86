"""Find past bugs that are like one."""

from tracker.model.record import BugRecord
from tracker.store.bug_index import BugIndex
from tracker.store.index_search import similar
from tracker.workflow.similarity import traits_of
from tracker.workflow.trait import SimilarBug


def bugs_like(index: BugIndex, record: BugRecord, *, most: int) -> tuple[SimilarBug, ...]:
    """Return the bugs that share most with this one, the nearest first."""
    traits = traits_of(record)
    return index.ask(lambda rows: similar(rows, traits, record.id, most=most))
