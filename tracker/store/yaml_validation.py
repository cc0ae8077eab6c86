"""From plain values to a model; what does not fit is told at its line, in the words of people."""

from typing import Any, TypeVar

from pydantic import ValidationError

from tracker.model.explanation import OWN_KEY, Explanation, explain
from tracker.model.part import Part
from tracker.model.problem import Problem, ProblemsFound
from tracker.store.yaml_reader import YamlDocument

Model = TypeVar("Model", bound=Part)


def validated(document: YamlDocument, model: type[Model]) -> Model:
    """Return the model that the document describes, keys that begin with `x-` left aside.

    Raises:
        ProblemsFound: with a place and a sentence for each value that does not fit.
    """
    try:
        return model.model_validate(without_own_keys(document.value))
    except ValidationError as error:
        problems = [_problem(document, found) for found in explain(model, error)]
        ordered = sorted(problems, key=lambda problem: (problem.place.line, problem.place.column))
        raise ProblemsFound(tuple(ordered)) from error


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


def _problem(document: YamlDocument, found: Explanation) -> Problem:
    unknown = found.rule == "unknown-key"
    place = (document.key_place if unknown else document.place_of)(found.location)
    return Problem(place=place, message=found.sentence, rule=found.rule)
