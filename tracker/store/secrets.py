"""Takes passwords, keys, tokens and personal data out of text before it is kept anywhere."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from tracker.store.personal_data import find_personal_data
from tracker.store.secret_patterns import Span, find_patterns

if TYPE_CHECKING:
    from kingfisher_sdk import Scanner

Value = TypeVar("Value")
Where = tuple[str | int, ...]

_MARKER: Final = re.compile(r"\[redacted: [a-z0-9 ]{1,60}\]")
_RULE_FAMILY: Final = re.compile(r"^[a-z]+\.(?:secrets/)?")
# What the rules look for has a long word with a digit in it, a key block, or a password in a URL;
# text without any, as nearly all that people type, need not wait for the rules to load.
_DIGITS: Final = frozenset("0123456789")
_LONG_WORD: Final = re.compile(r"[A-Za-z0-9_+=-]{16,}")
_KEY_OR_PASSWORD: Final = re.compile(r"-----BEGIN|://[^\s/@:]*:[^\s/@]+@")
_SENTENCE_ENDS: Final = ".,;:!?…"
_MOST_ROUNDS: Final = 5  # what is left beside a marker may read as a secret; seen: two rounds


@dataclass(frozen=True, kw_only=True)
class SecretFinding:
    """What was taken out: its kind, and the path of the text; never the secret itself."""

    kind: str
    where: Where


@dataclass(frozen=True, kw_only=True)
class Redacted(Generic[Value]):
    """A value without its secrets, and what was found."""

    value: Value
    findings: tuple[SecretFinding, ...]


@dataclass(frozen=True, kw_only=True)
class SecretScanner:
    """Finds secrets with the rules of kingfisher and our own patterns, without any network.

    The rules load at the first use, which takes seconds, or at `warm_up`. A cache folder, which
    nobody else may write to, makes the next start quick; without one nothing is stored.
    """

    cache_folder: Path | None = None

    def warm_up(self) -> None:
        """Load the rules now, so that no person waits for them."""
        self._scanner.scan("")

    def redact(self, value: Value, allowed: Collection[str] = ()) -> Redacted[Value]:
        """Replace each secret in the texts of dictionaries and lists by `[redacted: kind]`.

        What lies inside one of the allowed texts stays, and so do keys. Redacting the result again
        changes nothing.
        """
        clean = _Cleaning(find=partial(self._find, allowed=allowed))
        cleaned = clean.value(value, ())
        return Redacted(value=cast("Value", cleaned), findings=tuple(clean.findings))

    def find(self, text: str, allowed: Collection[str] = ()) -> tuple[Span, ...]:
        """Tell where in a text secrets are, in order, none of them over another."""
        return tuple(_apart(self._find(text, allowed)))

    def _find(self, text: str, allowed: Collection[str]) -> list[Span]:
        """Find secrets in order of their start, leaving out what an earlier redaction wrote."""
        markers = [found.span() for found in _MARKER.finditer(text)]
        spans = [
            *find_patterns(text),
            *find_personal_data(text),
            *self._find_with_rules(text),
        ]
        fresh = (
            span
            for span in spans
            if not _is_inside(span, markers) and not _is_allowed(span, text, allowed)
        )
        return sorted(fresh, key=lambda span: (span.start, -span.end))

    def _find_with_rules(self, text: str) -> Iterator[Span]:
        if not _may_hold_a_secret(text):
            return
        data = text.encode("utf-8", "surrogatepass")
        for finding in self._scanner.scan(data):
            start, end = finding.location["start_offset"], finding.location["end_offset"]
            if finding.visible and start < end:
                before = data[:start].decode("utf-8", "replace")
                inside = data[start:end].decode("utf-8", "replace")
                name = _RULE_FAMILY.sub("", finding.rule_id.lower())
                kind = re.sub(r"[^a-z]+", " ", name).strip()
                yield Span(
                    start=len(before), end=len(before) + len(inside), kind=kind[:60] or "secret"
                )

    @cached_property
    def _scanner(self) -> "Scanner":
        from kingfisher_sdk import Rules, Scanner  # noqa: PLC0415 - loads a large library

        store = self.cache_folder is not None
        return Scanner(Rules(cache=store, cache_dir=self.cache_folder))


@cache
def scanner_with(cache_folder: Path | None) -> SecretScanner:
    """Return this process' scanner with the rules in a folder, which load once."""
    return SecretScanner(cache_folder=cache_folder)


@dataclass(frozen=True, kw_only=True)
class _Cleaning:
    """One walk through a value, which gathers what is found on its way."""

    find: Callable[[str], list[Span]]
    findings: list[SecretFinding] = field(default_factory=list)

    def value(self, value: object, where: Where) -> Any:  # noqa: ANN401 - any plain value
        if isinstance(value, str):
            return self._text(value, where)
        if isinstance(value, dict):
            return {key: self.value(item, (*where, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self.value(item, (*where, index)) for index, item in enumerate(value)]
        return value

    def _text(self, text: str, where: Where) -> str:
        for _ in range(_MOST_ROUNDS):
            spans = list(_apart(self.find(text)))
            if not spans:
                break
            self.findings.extend(SecretFinding(kind=span.kind, where=where) for span in spans)
            for span in reversed(spans):
                text = f"{text[: span.start]}[redacted: {span.kind}]{text[span.end :]}"
        return text


def _may_hold_a_secret(text: str) -> bool:
    if _KEY_OR_PASSWORD.search(text):
        return True
    words = (found[0] for found in _LONG_WORD.finditer(text))
    return any(not _DIGITS.isdisjoint(word) for word in words)


def _is_inside(span: Span, markers: list[tuple[int, int]]) -> bool:
    at = bisect_right(markers, span.start, key=itemgetter(0)) - 1
    return at >= 0 and span.end <= markers[at][1]


def _is_allowed(span: Span, text: str, allowed: Collection[str]) -> bool:
    """Whether all of it lies in one place of an allowed text; a longer secret is not allowed.

    What ends the sentence may have been taken for a part of the secret.
    """
    end = span.start + len(text[span.start : span.end].rstrip(_SENTENCE_ENDS))
    return any(
        text.find(each, max(0, end - len(each)), span.start + len(each)) >= 0 for each in allowed
    )


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Join spans that overlap; the kind of the first, longest one is kept."""
    current: Span | None = None
    for span in spans:
        if current is None or span.start >= current.end:
            if current is not None:
                yield current
            current = span
        elif span.end > current.end:
            current = Span(start=current.start, end=span.end, kind=current.kind)
    if current is not None:
        yield current
