"""Scenarios: a bug's life as a list of commands, to play again or to record afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from tracker.model.explanation import explain
from tracker.model.part import Line, Moment, Part
from tracker.model.person import Person
from tracker.model.problem import Problem, ProblemsFound
from tracker.store.yaml_reader import YamlDocument, read_yaml
from tracker.store.yaml_validation import validated
from tracker.workflow.action import Action
from tracker.workflow.verbs import VERBS, nearest

Fields = dict[str, Any]


class _WrittenStep(Part):
    at: Moment
    """When it happened."""
    who: Line
    """Who did it, by the names under `people`."""
    do: Line
    """The command: `triage`, `hotfix-declare`…"""
    fields: dict[str, Any] = {}  # noqa: RUF012 - a pydantic default, copied for each step
    """The command's fields."""


class _WrittenScenario(Part):
    title: Line
    """What it tells."""
    people: dict[str, Person]
    """Who acts, by a short name."""
    steps: tuple[_WrittenStep, ...]
    """What they do, in order."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command of a scenario."""

    at: datetime
    actor: Person
    action: Action
    fields: Fields
    """The command's fields as the file gives them, for whoever types them into a form."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One bug's life: its first step is the report."""

    title: str
    people: dict[str, Person]
    steps: tuple[Step, ...]


def read_scenario(data: bytes, path: str) -> Scenario:
    """The scenario in a file's bytes; raises ProblemsFound with every mistake and its place."""
    document = read_yaml(data, path)
    written = validated(document, _WrittenScenario)
    problems: list[Problem] = []
    steps: list[Step] = []
    for position, step in enumerate(written.steps):
        try:
            steps.append(_step(document, position, step, written.people))
        except ProblemsFound as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsFound(tuple(problems))
    return Scenario(title=written.title, people=written.people, steps=tuple(steps))


def read_fields(data: bytes, path: str) -> Fields:
    """A command's fields from a YAML file; raises ProblemsFound for what is no mapping."""
    return dict(read_yaml(data, path).value)


def _step(
    document: YamlDocument, position: int, step: _WrittenStep, people: dict[str, Person]
) -> Step:
    where = ("steps", position)
    kind = VERBS.get(step.do)
    if kind is None:
        near = nearest(step.do)
        hint = f"did you mean `{near}`?" if near else "use a command that `bugbook --help` lists."
        raise _problem(document, (*where, "do"), f"`{step.do}` is no command: {hint}")
    if step.who not in people:
        names = ", ".join(f"`{name}`" for name in people)
        sentence = f"`{step.who}` is nobody under `people`: use one of {names}."
        raise _problem(document, (*where, "who"), sentence)
    try:
        action = kind.model_validate({**step.fields, "at": step.at})
    except ValidationError as error:
        raise ProblemsFound(
            tuple(
                Problem(
                    place=document.place_of((*where, "fields", *found.location)),
                    message=found.sentence,
                    rule=found.rule,
                )
                for found in explain(kind, error)
            )
        ) from error
    return Step(at=step.at, actor=people[step.who], action=action, fields=step.fields)


def _problem(document: YamlDocument, where: tuple[str | int, ...], sentence: str) -> ProblemsFound:
    place = document.place_of(where)
    return ProblemsFound((Problem(place=place, message=sentence, rule="wrong-value"),))
