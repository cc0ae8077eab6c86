"""The pull-request check: every rule over every record of a folder, all problems at once."""

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from tracker.checks.check_record import Task, check_all
from tracker.checks.other_branches import taken_elsewhere
from tracker.checks.report import Report
from tracker.checks.rules import policy_file
from tracker.checks.subject import Surroundings
from tracker.checks.work_tree import Selection, WorkTree, read_tree
from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.store.record_file import POLICY_PATH, read_policy
from tracker.store.secrets import Redacted, SecretScanner
from tracker.store.yaml_validation import survey

Redact = Callable[[str], Redacted[str]]

_WORTH_A_PROCESS: Final = 500  # records; below it, starting one takes longer than the work
_MOST_PROCESSES: Final = 8
_LONGEST_LINE: Final = 20_000  # characters; no field holds more


def check_tree(
    root: Path, *, now: datetime, base: str | None = None, paths: Iterable[str] = ()
) -> Report:
    """Check the records below `root/bugs`, or the paths below root that are named; writes nothing.

    With a base revision, what changed since the branch left it is judged as commands are.
    Raises NotARepositoryError or UnknownRevisionError, each about the base.
    """
    tree = read_tree(root, base)
    selected = Selection(paths=frozenset(paths))
    policy, problems = _policy(tree)
    tasks = tuple(tree.tasks(selected))
    around = Surroundings(
        root=root,
        policy=policy or Policy(),
        policy_holds=policy is not None,
        now=now,
        claims=tree.claims(),
    )
    scanner = SecretScanner()
    problems.extend(_check(around, tasks, scanner))
    problems.extend((*tree.stray_problems(), *tree.removals(), *taken_elsewhere(tree, base)))
    shown = [problem for problem in problems if _is_asked(problem, selected)]
    redact = partial(scanner.redact, allowed=around.policy.secrets.allowed)
    return _report(tree, shown, len(tasks), redact)


def _policy(tree: WorkTree) -> tuple[Policy | None, list[Problem]]:
    """The policy, None when it is wrong: then nothing can be judged by it."""
    if tree.policy is None:
        return Policy(), []
    document, policy, found = survey(tree.policy, POLICY_PATH, Policy)
    if document is None or policy is None:
        return None, list(found)
    problems = [*found, *policy_file.find(document, policy, _base_policy(tree))]
    usable = policy.ids and set(Policy().severities) <= set(policy.severities)
    return (policy if usable else None), problems


def _base_policy(tree: WorkTree) -> Policy | None:
    data = tree.base_policy()
    try:
        return None if data is None else read_policy(data)
    except ProblemsFound:
        return None


def _is_asked(problem: Problem, selected: Selection) -> bool:
    """The policy concerns whoever asks about any record."""
    return problem.place.path in selected or problem.place.path == POLICY_PATH


def _check(around: Surroundings, tasks: tuple[Task, ...], scanner: SecretScanner) -> list[Problem]:
    """Divide the work among processes where there is enough of it."""
    count = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES, len(tasks) // _WORTH_A_PROCESS)
    if count <= 1:
        return check_all(around, tasks, scanner)
    shares = [tasks[first::count] for first in range(count)]
    context = multiprocessing.get_context("spawn")  # a fork would copy threads in mid-step
    with ProcessPoolExecutor(max_workers=count - 1, mp_context=context) as pool:
        others = pool.map(partial(check_all, around), shares[1:])
        found = check_all(around, shares[0], scanner)
        return [*found, *(problem for share in others for problem in share)]


def _report(tree: WorkTree, problems: Iterable[Problem], records: int, redact: Redact) -> Report:
    """Sort, and take secrets out of sentences and lines."""
    clean = {replace(problem, message=redact(problem.message).value) for problem in problems}
    ordered = tuple(sorted(clean, key=_order))
    return Report(problems=ordered, records=records, sources=_sources(tree, ordered, redact))


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place
    return place.path, place.line, place.column, problem.rule, problem.message


def _sources(
    tree: WorkTree, problems: Iterable[Problem], redact: Redact
) -> dict[tuple[str, int], str]:
    sources: dict[tuple[str, int], str] = {}
    for problem in problems:
        path, number = problem.place.path, problem.place.line
        data = tree.policy if path == POLICY_PATH else tree.records.get(path)
        lines = (data or b"").decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
        line = lines[number - 1].rstrip("\r") if number <= len(lines) else ""
        showable = line.strip() and len(line) <= _LONGEST_LINE and problem.rule != "secret"
        if showable and not redact(line).findings:
            sources[path, number] = line
    return sources
