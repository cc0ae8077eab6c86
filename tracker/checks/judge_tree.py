"""Judge what is not known to be good: the policy, then the records, many in several processes."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from tracker.checks.check_record import Checked, check_all
from tracker.checks.report import Report
from tracker.checks.rules import policy_file, secrets
from tracker.checks.subject import Surroundings
from tracker.checks.task import Task
from tracker.checks.texts import Text
from tracker.checks.verdicts import Verdict, Verdicts
from tracker.checks.work_tree import Selection, WorkTree
from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.store.record_file import read_policy
from tracker.store.record_paths import POLICY_PATH
from tracker.store.secrets import Redacted, scanner_with
from tracker.store.yaml_validation import survey

Redact = Callable[[str], Redacted[str]]

_WORTH_A_PROCESS: Final = 500  # records; below it, starting one takes longer than the work
_MOST_PROCESSES: Final = 8
_LONGEST_LINE: Final = 20_000  # characters; no field holds more


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is to be judged: files that are not known to be good, among all that were asked about.

    `others` are problems that were found already.
    """

    tree: WorkTree
    selected: Selection
    fresh: tuple[Task, ...]
    texts: tuple[Text, ...]
    asked: int
    now: datetime
    others: tuple[Problem, ...]


def judge_tree(case: Case, memory: Verdicts, secret_rules: Path | None) -> Report:
    """Judge by every rule, and remember what is good."""
    tree = case.tree
    policy, problems = _policy(tree)
    around = Surroundings(
        root=tree.root,
        policy=policy or Policy(),
        policy_holds=policy is not None,
        allowed=_allowed(tree, policy or Policy()),
        now=case.now,
        claims=tree.claims,
    )
    told = tuple(_secrets(case, around, secret_rules))
    checked = _check(around, case.fresh, secret_rules)
    if not problems and all(problem.place.path != POLICY_PATH for problem in told):
        memory.keep(_good(tree, memory, checked))
    problems.extend(told)
    problems.extend(problem for each in checked for problem in each.problems)
    problems.extend(case.others)
    shown = [problem for problem in problems if _is_asked(problem, case.selected)]
    redact = partial(scanner_with(secret_rules).redact, allowed=around.allowed)
    return _report(case, shown, redact)


def _secrets(case: Case, around: Surroundings, rules: Path | None) -> Iterator[Problem]:
    """Those in texts that are no records; the policy itself may say what is none."""
    allowed, scanner = around.policy.secrets.allowed, scanner_with(rules)
    for text in case.texts if around.policy_holds else ():
        agreed = allowed if text.path == POLICY_PATH else around.allowed
        yield from secrets.find_in_text(text, scanner, agreed, allowed)


def _good(tree: WorkTree, memory: Verdicts, checked: Iterable[Checked]) -> dict[str, Verdict]:
    """All that is known to be good after a check."""
    now = {each.path: each.verdict for each in checked}
    known = {path: now.get(path, memory.known.get(path)) for path in tree.records}
    return {path: verdict for path, verdict in known.items() if verdict is not None}


def _allowed(tree: WorkTree, policy: Policy) -> tuple[str, ...]:
    """What is allowed at the base too: nobody allows a text in the change that brings it in."""
    if not tree.has_base:
        return policy.secrets.allowed
    base = _base_policy(tree) or Policy()
    return tuple(text for text in policy.secrets.allowed if text in base.secrets.allowed)


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


def _check(around: Surroundings, tasks: tuple[Task, ...], rules: Path | None) -> list[Checked]:
    """Divide the work among processes where there is enough of it."""
    count = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES, len(tasks) // _WORTH_A_PROCESS)
    if count <= 1:
        return check_all(around, tasks, rules)
    shares = [tasks[first::count] for first in range(count)]
    context = multiprocessing.get_context("spawn")  # a fork would copy threads in mid-step
    work = partial(check_all, around, rules=rules)
    with ProcessPoolExecutor(max_workers=count - 1, mp_context=context) as pool:
        others = pool.map(work, shares[1:])
        found = work(shares[0])
        return [*found, *(checked for share in others for checked in share)]


def _report(case: Case, problems: Iterable[Problem], redact: Redact) -> Report:
    """Sort, and take secrets out of sentences and lines."""
    clean = {replace(problem, message=redact(problem.message).value) for problem in problems}
    ordered = tuple(sorted(clean, key=_order))
    sources = _sources(case.tree, ordered, redact)
    return Report(problems=ordered, records=case.asked, sources=sources)


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
