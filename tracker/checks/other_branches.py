"""Numbers that a new record shares with another bug on another branch, before either is merged.

Two branches that take one number are told to one of their authors only: to whoever comes second
where the other bug is on the base already, else to the branch of the bug that was reported later.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from tracker.checks.work_tree import WorkTree
from tracker.model.problem import Problem, ProblemsFound
from tracker.store.branch import Branch
from tracker.store.git_errors import UnknownRevisionError
from tracker.store.remote_branches import branch_tips, tip_of, trunk_of

if TYPE_CHECKING:  # loaded when a number is on two branches, which is rare
    from tracker.model.record import BugRecord

RULE = "id"
_MOST_BRANCHES: Final = 500  # of those that a fetch brought; a forge of that many has other checks


def taken_elsewhere(tree: WorkTree, base: str | None) -> Iterator[Problem]:
    """Compare the records that this branch adds with the base as it is now and other branches.

    Without a base it is the remote's trunk, as it was fetched last; without a remote, nothing.
    """
    branch = tree.branch
    if branch is None or branch.repository.head_is_unborn:
        return
    trunk = base or trunk_of(branch.repository)
    added = _added(tree, branch, base, trunk)
    for name, tip in _tips(branch, trunk).items() if added else ():
        files = branch.files_at(tip)
        for path in added.keys() & files.keys():
            problem = _rivalry(
                branch, added[path], path, (name, files[path]), is_trunk=name == trunk
            )
            if problem is not None:
                del added[path]  # one other bug is enough
                yield problem


def _tips(branch: Branch, trunk: str | None) -> dict[str, str]:
    """The trunk first, then the branches of remotes."""
    tips = {} if trunk is None else {trunk: tip_of(branch.repository, trunk)}
    tips |= {name: tip for name, tip in branch_tips(branch.repository).items() if name != trunk}
    return dict(list(tips.items())[:_MOST_BRANCHES])


def _added(tree: WorkTree, branch: Branch, base: str | None, trunk: str | None) -> dict[str, bytes]:
    """The records that are not where the branch left the trunk."""
    known: Mapping[str, str] = branch.base
    if base is None and trunk is not None:
        try:
            known = branch.files_since(trunk)
        except UnknownRevisionError:  # no common history: only what is not committed is new
            known = branch.base
    return {path: data for path, data in tree.records.items() if path not in known}


def _rivalry(
    branch: Branch, data: bytes, path: str, there: tuple[str, str], *, is_trunk: bool
) -> Problem | None:
    """The problem, if another bug has the number there with more right."""
    from tracker.store.yaml_reader import read_yaml
    from tracker.workflow.same_bug import is_same_bug

    name, blob = there
    own, other = _record(data, path), _record(branch.read(blob), path)
    if own is None or other is None or is_same_bug(own, other):
        return None
    if not is_trunk and other.reported.at >= own.reported.at:
        return None
    sentence = (
        f"{own.id} is another bug on `{name}`: give this one the next free number with"
        f" `bugbook renumber {own.id}` on this branch."
    )
    return Problem(place=read_yaml(data, path).place_of(("id",)), message=sentence, rule=RULE)


def _record(data: bytes | None, path: str) -> "BugRecord | None":
    from tracker.store.record_file import read_record

    try:
        return None if data is None else read_record(data, path)
    except ProblemsFound:  # told by the other rules where it is this branch's own
        return None
