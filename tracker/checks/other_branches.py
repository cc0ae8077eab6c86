"""Numbers that a new record shares with another bug on another branch, before either is merged.

Two branches that take one number are told to one of their authors only: to whoever comes second
where the other bug is on the base already, else to the branch of the bug that was reported later.
"""

from collections.abc import Iterator, Mapping

from tracker.checks.work_tree import WorkTree
from tracker.model.problem import Problem, ProblemsFound
from tracker.model.record import BugRecord
from tracker.store.branch import Branch
from tracker.store.record_file import read_record
from tracker.store.remote_branches import branch_tips, tip_of
from tracker.store.yaml_reader import read_yaml
from tracker.workflow.same_bug import is_same_bug

RULE = "id"


def taken_elsewhere(tree: WorkTree, base: str | None) -> Iterator[Problem]:
    """Compare the records that this branch adds with the base as it is now and other branches."""
    branch = tree.branch
    added = {} if branch is None else _added(tree.records, branch)
    if branch is None or not added:
        return
    unborn = branch.repository.head_is_unborn
    tips = {} if base is None or unborn else {base: tip_of(branch.repository, base)}
    tips |= {name: tip for name, tip in branch_tips(branch.repository).items() if name != base}
    for path, data in added.items():
        own = _record(data, path)
        if own is not None and (name := _rival(branch, own, path, tips, base)):
            sentence = (
                f"{own.id} is another bug on `{name}`: give this one the next free number with"
                f" `bugbook renumber {own.id}` on this branch."
            )
            place = read_yaml(data, path).place_of(("id",))
            yield Problem(place=place, message=sentence, rule=RULE)


def _added(records: Mapping[str, bytes], branch: Branch) -> dict[str, bytes]:
    return {path: data for path, data in records.items() if path not in branch.base}


def _rival(
    branch: Branch, own: BugRecord, path: str, tips: Mapping[str, str], base: str | None
) -> str | None:
    """The first branch on which another bug has the number with more right."""
    for name, tip in tips.items():
        data = branch.read(branch.blob_at(tip, path))
        other = None if data is None else _record(data, path)
        if other is None or is_same_bug(own, other):
            continue
        if name == base or other.reported.at < own.reported.at:
            return name
    return None


def _record(data: bytes, path: str) -> BugRecord | None:
    try:
        return read_record(data, path)
    except ProblemsFound:  # told by the other rules where it is this branch's own
        return None
