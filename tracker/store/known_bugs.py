"""What an action has to know of other bugs, without reading them: the index knows the shared ones.

The committer judges on commits that are not shared yet; what those changed is read.
"""

import json
from collections.abc import Iterator

from tracker.model.bug_number import is_record_path, record_path
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.bug_store import BugStore
from tracker.store.clone import commit_at
from tracker.store.tree_changes import TreeChanges
from tracker.workflow.incidents import incident_of


def numbers_among(store: BugStore, wanted: tuple[str, ...], revision: str | None) -> frozenset[str]:
    """Those of these ids that a bug has, or had before."""
    present = {bug for bug in wanted if store.clone.read(record_path(bug), revision) is not None}
    former = store.index.ask(
        lambda rows: rows.execute(
            "SELECT id FROM former WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        ).fetchall()
    )
    return frozenset(present.union(bug for (bug,) in former))


def incidents_besides(store: BugStore, bug: str, revision: str | None) -> frozenset[str]:
    """The incidents that other bugs declared or joined."""
    rows = store.index.ask(
        lambda rows: rows.execute(
            "SELECT incident FROM bugs WHERE incident <> '' AND id <> ?", (bug,)
        ).fetchall()
    )
    own = (incident_of(record) for record in _not_shared_yet(store, revision) if record.id != bug)
    return frozenset({name for (name,) in rows} | {name for name in own if name})


def _not_shared_yet(store: BugStore, revision: str | None) -> Iterator[BugRecord]:
    """The records that a commit has otherwise than the newest shared one; broken ones left out."""
    shared = store.clone.tip()
    if revision is None or revision == shared:
        return
    changes = store.clone.ask(
        lambda repository: TreeChanges(repository).between(
            None if shared is None else commit_at(repository, shared).tree,
            commit_at(repository, revision).tree,
        )
    )
    for path, (_, blob) in changes.items():
        if blob is not None and is_record_path(path):
            try:
                yield store.load_blob(path, blob)
            except ProblemsFound:
                continue
