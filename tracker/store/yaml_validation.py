"""From plain values to a model; what does not fit is told at its line, in the words of people."""

from collections.abc import Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from tracker.model.explanation import (
    OWN_KEY,
    UNKNOWN_KEY,
    Explanation,
    Location,
    explain,
    unless_mistyped,
)
from tracker.model.part import Part
from tracker.model.problem import Problem, ProblemsFound
from tracker.store.yaml_reader import YamlDocument, merge_conflict, survey_yaml

Model = TypeVar("Model", bound=Part)


class Survey(NamedTuple, Generic[Model]):
    """Everything that is wrong with a file, and what could be made of it all the same."""

    document: YamlDocument | None
    model: Model | None
    problems: tuple[Problem, ...]


def survey(data: bytes, path: str, model: type[Model]) -> Survey[Model]:
    """Read a file past its mistakes: a key that nobody knows hides no other problem."""
    document, problems = survey_yaml(data, path)
    if document is None:
        return Survey(None, None, problems)
    lines = {problem.place.line for problem in problems}
    fitted, more = _fitted(document, model)
    # What is wrong with a line as YAML may be the reason why its value does not fit.
    found = [*problems, *(problem for problem in more if problem.place.line not in lines)]
    if found and (conflict := merge_conflict(document.text, path)):
        return Survey(None, None, (conflict,))
    return Survey(document, fitted, tuple(sorted(found, key=_order)))


def validated(document: YamlDocument, model: type[Model]) -> Model:
    """Return the model that the document describes, keys that begin with `x-` left aside.

    Raises:
        ProblemsFound: with a place and a sentence for each value that does not fit.
    """
    fitted, problems = _fitted(document, model)
    if fitted is None or problems:
        raise ProblemsFound(tuple(sorted(problems, key=_order)))
    return fitted


def _fitted(document: YamlDocument, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The model, without the keys that it does not know, and all that does not fit."""
    value = own_keys_aside(document)
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        found = explain(model, error)
    problems = [_problem(document, each) for each in found]
    unknown = [each.location for each in found if each.rule == UNKNOWN_KEY]
    if len(unknown) < len(found):
        return None, problems
    try:
        return model.model_validate(_without(value, unknown)), problems
    except ValidationError as error:
        more = unless_mistyped(explain(model, error), found)
        return None, [*problems, *(_problem(document, each) for each in more)]


def own_keys_aside(document: YamlDocument) -> dict[str, Any]:
    """Return the plain values of a file without what teams add for themselves."""
    value: dict[str, Any] = document.value
    if _may_have_own_keys(document.text):
        value = without_own_keys(value)
    return value


def _may_have_own_keys(text: str) -> bool:
    """Whether such a key may begin somewhere: the end of `fix-` and the like begins none."""
    at = text.find(OWN_KEY)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(OWN_KEY, at + 1)
    return at >= 0


def without_own_keys(value: Any) -> Any:  # noqa: ANN401 - whatever a file holds
    """Return plain values without the keys that teams add for themselves, at any depth."""
    if isinstance(value, dict):
        return {
            key: without_own_keys(item)
            for key, item in value.items()
            if not (isinstance(key, str) and key.startswith(OWN_KEY))
        }
    if isinstance(value, list):
        return [without_own_keys(item) for item in value]
    return value


def _without(value: Any, unknown: Iterable[Location]) -> Any:  # noqa: ANN401 - as above
    """Copy plain values but for some keys."""
    first = {where[0] for where in unknown if len(where) == 1}
    rest = {
        step: [where[1:] for where in unknown if len(where) > 1 and where[0] == step]
        for step in {where[0] for where in unknown}
    }
    if isinstance(value, dict):
        return {k: _without(v, rest.get(k, ())) for k, v in value.items() if k not in first}
    if isinstance(value, list):
        return [_without(item, rest.get(index, ())) for index, item in enumerate(value)]
    return value


def _problem(document: YamlDocument, found: Explanation) -> Problem:
    unknown = found.rule == UNKNOWN_KEY
    place = (document.key_place if unknown else document.place_of)(found.location)
    return Problem(place=place, message=found.sentence, rule=found.rule)


def _order(problem: Problem) -> tuple[int, int]:
    return problem.place.line, problem.place.column
