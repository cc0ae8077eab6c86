"""Find past bugs that are like one."""

from tracker.model.record import BugRecord
from tracker.store.bug_store import BugStore
from tracker.workflow.similarity import SimilarBug, similar_bugs


def bugs_like(
    store: BugStore, revision: str | None, record: BugRecord, *, most: int
) -> tuple[SimilarBug, ...]:
    """Return the bugs of a commit that share most with this one, the nearest first."""
    return similar_bugs(record, store.all_bugs(revision).records, most=most)
