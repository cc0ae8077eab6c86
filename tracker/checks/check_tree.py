"""The pull-request check: every rule over every record of a folder, all problems at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.checks.other_branches import taken_elsewhere
from tracker.checks.report import Report
from tracker.checks.texts import fresh_texts
from tracker.checks.verdicts import Outlook, recall
from tracker.checks.work_tree import Selection, read_tree


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """What a check may keep for the next one, which is then quicker and finds the same."""

    verdicts: bool = True
    """Whether to remember in the folder of git which files were good."""
    secret_rules: Callable[[], Path] | None = None
    """Tells where the rules for secrets are kept ready, which nobody else may write to."""


def check_tree(
    root: Path,
    *,
    now: datetime,
    base: str | None = None,
    paths: Iterable[str] = (),
    upkeep: Upkeep | None = None,
) -> Report:
    """Check the records below `root/bugs`, or the paths below root that are named.

    With a base revision, what changed since the branch left it is judged as commands are.
    Nothing is written but what `upkeep` names.
    Raises NotARepositoryError or UnknownRevisionError, each about the base.
    """
    upkeep = upkeep or Upkeep(verdicts=False)
    tree = read_tree(root, base)
    selected = Selection(paths=frozenset(paths))
    tasks = tuple(tree.tasks(selected))
    memory = recall(tree.memory if upkeep.verdicts else None, tree.policies)
    outlook = Outlook(root=root, now=now, claims=tree.claims)
    fresh = tuple(task for task in tasks if not memory.cover(task, outlook))
    others = (*tree.stray_problems(), *tree.removals(), *taken_elsewhere(tree, base))
    texts = tuple(fresh_texts(tree, selected))
    if memory.fits and not (fresh or others or texts):
        return Report(problems=(), records=len(tasks), sources={})
    from tracker.checks.judge_tree import Case, judge_tree

    case = Case(
        tree=tree,
        selected=selected,
        fresh=fresh,
        texts=texts,
        asked=len(tasks),
        now=now,
        others=others,
    )
    rules = None if upkeep.secret_rules is None else upkeep.secret_rules()
    return judge_tree(case, memory, rules)
