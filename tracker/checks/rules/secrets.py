"""No secret and no personal data enters a file; the problem names the kind and never shows it."""

from collections.abc import Collection, Iterator
from typing import Any

from tracker.checks.subject import Subject
from tracker.checks.texts import Text
from tracker.model import private_text
from tracker.model.explanation import Location
from tracker.model.problem import Place, Problem
from tracker.store.attachment_file import LARGEST
from tracker.store.secrets import SecretScanner

RULE = "secret"
_TOO_LARGE = (
    f"This text has more than {LARGEST // (1024 * 1024)} MB, which is too much to be searched for "
    "secrets: attach the part that matters, or link the whole."
)
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


def find_in_text(
    text: Text, scanner: SecretScanner, agreed: Collection[str], allowed: Collection[str]
) -> Iterator[Problem]:
    """Secrets in lines of a text that the judged version does not have.

    What is allowed, but was not agreed on before this change, is told as such.
    """
    if text.text is None:
        place = Place(path=text.path, line=1, column=1)
        yield Problem(place=place, message=_TOO_LARGE, rule=RULE)
        return
    known = frozenset(text.known.split("\n"))
    fresh = "\n".join("" if line in known else line for line in text.text.split("\n"))
    secret = {(span.start, span.end) for span in scanner.find(fresh, allowed)}
    for span in scanner.find(fresh, agreed):
        before = fresh[: span.start]
        line, column = before.count("\n") + 1, span.start - before.rfind("\n")
        sentence = _sentence(span.kind, secret=(span.start, span.end) in secret)
        place = Place(path=text.path, line=line, column=column)
        yield Problem(place=place, message=sentence, rule=RULE)


def _search(subject: Subject, value: object) -> Iterator[tuple[Location, str]]:
    """Search all texts as one, which is quick, and only if that finds something one by one."""
    around, redact = subject.around, subject.scanner.redact
    if not redact(_APART.join(_texts(value)), around.allowed).findings:
        return
    secret = set(redact(value, around.policy.secrets.allowed).findings)
    for found in redact(value, around.allowed).findings:
        yield found.where, _sentence(found.kind, secret=found in secret)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _sentence(kind: str, *, secret: bool) -> str:
    return private_text.found(kind) if secret else private_text.allowed_too_late(kind)


def _fresh(value: Any, known: str) -> Any:  # noqa: ANN401 - any plain value
    """The value with its places, but without the texts that were judged before."""
    if isinstance(value, dict):
        return {key: _fresh(item, known) for key, item in value.items()}
    if isinstance(value, list):
        return [_fresh(item, known) for item in value]
    if isinstance(value, str) and known:
        return "\n".join(line for line in value.split("\n") if line.strip() not in known)
    return value
