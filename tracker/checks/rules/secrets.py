"""No password, key or token enters a file; the problem names its kind and never shows it."""

from collections.abc import Iterator
from typing import Any

from tracker.checks.subject import Subject
from tracker.model.explanation import Location
from tracker.model.problem import Place, Problem

RULE = "secret"
_APART = "\n\n\n\n"  # more blanks than any pattern bridges


def find(subject: Subject) -> Iterator[Problem]:
    """Secrets in values and comments that the judged version does not have."""
    if subject.text == subject.known_text:
        return
    lines: set[int] = set()
    for where, sentence in _search(subject, _fresh(subject.document.value, subject.known_text)):
        problem = subject.problem(where, sentence, RULE)
        lines.add(problem.place.line)
        yield problem
    known = frozenset(subject.known_text.split("\n"))
    comments = [
        line if "#" in line and line not in known else "" for line in subject.text.split("\n")
    ]
    for where, sentence in _search(subject, comments):
        number = int(where[0]) + 1
        if number not in lines:
            place = Place(path=subject.document.path, line=number, column=1)
            yield Problem(place=place, message=sentence, rule=RULE)


def _search(subject: Subject, value: object) -> Iterator[tuple[Location, str]]:
    """Search all texts as one, which is quick, and only if that finds something one by one."""
    around, redact = subject.around, subject.scanner.redact
    if not redact(_APART.join(_texts(value)), around.allowed).findings:
        return
    secret = set(redact(value, around.policy.secrets.allowed).findings)
    for found in redact(value, around.allowed).findings:
        yield found.where, (_sentence if found in secret else _allowed_sentence)(found.kind)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _sentence(kind: str) -> str:
    return f"This text holds a secret ({kind}): take it out, and revoke it."


def _allowed_sentence(kind: str) -> str:
    return (
        f"This text looks like a secret ({kind}), and only this change allows it: merge the policy "
        "that allows it first, so that somebody else has agreed."
    )


def _fresh(value: Any, known: str) -> Any:  # noqa: ANN401 - any plain value
    """The value with its places, but without the texts that were judged before."""
    if isinstance(value, dict):
        return {key: _fresh(item, known) for key, item in value.items()}
    if isinstance(value, list):
        return [_fresh(item, known) for item in value]
    if isinstance(value, str) and known:
        return "\n".join(line for line in value.split("\n") if line.strip() not in known)
    return value
