"""What a person's own work tree shows otherwise than the branch that is read and written."""

from tracker.store.clone import Clone, commit_at, entry_at
from tracker.store.git_repository import GitRepository
from tracker.store.git_status import WorkTree
from tracker.store.push_outcome import plain_line
from tracker.store.record_paths import RECORDS

_GLANCE = 10.0  # seconds; nobody waits longer for a remark


def unlike_work_tree(clone: Clone) -> tuple[str, ...]:
    """Sentences about records that the work tree we were started in has otherwise, if any.

    People look into the files beside the command, and would take the one for the other.
    """
    if clone.remote.work_tree is None:
        return ()
    git = GitRepository(path=clone.remote.work_tree, timeout=_GLANCE)
    seen = git.work_tree(RECORDS)
    if seen is None:
        return ()
    return (*_commits(clone, git, seen), *_changes(clone, seen))


def _commits(clone: Clone, git: GitRepository, seen: WorkTree) -> tuple[str, ...]:
    tip, branch = clone.newest(), clone.remote.branch
    if tip is None or seen.commit == tip:
        return ()
    records = clone.ask(lambda shared: entry_at(commit_at(shared, tip).tree, RECORDS))
    if git.folder_id(RECORDS) == (None if records is None else str(records.id)):
        return ()
    elsewhere = seen.branch != branch
    if seen.commit is None or clone.descends(tip, seen.commit):
        command = f"git merge {branch}" if clone.remote.is_work_tree else "git pull"
        if elsewhere and not clone.remote.is_work_tree:
            command = f"git pull origin {branch}"
        return (f"Your work tree is behind it: `{command}` brings it up to date.",)
    if elsewhere:
        where = f"on the branch {seen.branch}" if seen.branch else "on no branch"
        sentence = f"is {where}: what it changes in {RECORDS}/ counts once it is merged."
    else:
        sentence = (
            f"has commits that are not pushed: what they change in {RECORDS}/ counts once they are."
        )
    return (f"Your work tree {sentence}",)


def _changes(clone: Clone, seen: WorkTree) -> tuple[str, ...]:
    if not seen.changed:
        return ()
    more = f" and {len(seen.changed) - 1} more" if len(seen.changed) > 1 else ""
    where = f"{plain_line(seen.changed[0])}{more}"
    until = "committed" if clone.remote.is_work_tree else "pushed"
    sentence = f"has changes that are not committed ({where}): they count once they are {until}."
    return (f"Your work tree {sentence}",)
