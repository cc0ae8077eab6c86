"""Adding test runs to a record."""

from tracker.model.fix import Evidence
from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.telling import written_key


def with_evidence(record: BugRecord, context: Context, runs: tuple[Evidence, ...]) -> BugRecord:
    """The record with these runs, each with a key, a time and a person."""
    dated = tuple(
        run.model_copy(
            update={
                "key": run.key
                or written_key(
                    *(run.suite, run.name, run.result),
                    bug=record.id,
                    at=context.at,
                    length=len(record.timeline),
                ),
                "at": run.at or context.at,
                "by": run.by or context.actor,
            }
        )
        for run in runs
    )
    return record.model_copy(update={"tests": (*record.tests, *dated)})
