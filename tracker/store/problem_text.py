"""Problems of files as JSON in the index, and back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple

from tracker.model.problem import Place, Problem


def problems_text(problems: Iterable[Problem]) -> str:
    """The problems as JSON."""
    return json.dumps([[*astuple(each.place), each.message, each.rule] for each in problems])


def read_problems(text: str) -> Iterator[Problem]:
    """The problems that were written so."""
    for path, line, column, message, rule in json.loads(text):
        place = Place(path=path, line=line, column=column)
        yield Problem(place=place, message=message, rule=rule)
