"""The files of the search: words, what filters need of every bug, and what results show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from generator.built import BugFacts, BuiltFile
from generator.codec import json_text
from generator.page_urls import Addresses
from generator.search_shards import numbers_coded
from tracker.model.bug_id import BUG_ID

FOLDER: Final = "search"
_IN_ONE: Final = 64
"""Numbers whose results share a file."""
_EXCERPT: Final = 160


@dataclass(frozen=True, kw_only=True)
class Numbering:
    """A whole number for each bug: its own, times the kinds of numbers, plus which kind it is."""

    prefixes: tuple[str, ...]

    @classmethod
    def of(cls, ids: Iterable[str]) -> "Numbering":
        """The numbering of these bugs."""
        return cls(prefixes=tuple(sorted({bug_id.rpartition("-")[0] for bug_id in ids})))

    def number(self, bug_id: str) -> int:
        """The number of a bug."""
        prefix, _, digits = bug_id.rpartition("-")
        return int(digits) * len(self.prefixes) + self.prefixes.index(prefix)


def found_bugs(facts: Mapping[str, BugFacts]) -> dict[str, BugFacts]:
    """The bugs that can be found, by their id: those whose records can be read."""
    by_id = {each.bug_id: each for each in facts.values() if each.readable}
    return {bug_id: each for bug_id, each in by_id.items() if BUG_ID.match(bug_id)}


def result_files(
    bugs: Mapping[str, BugFacts],
    numbering: Numbering,
    addresses: Addresses,
    shards: tuple[str, ...],
) -> Iterator[BuiltFile]:
    """What filters and results need; `shards` are the files of words that there are."""
    by_number = {numbering.number(bug_id): facts for bug_id, facts in bugs.items()}
    ordered = sorted(by_number.items())
    yield _file("bugs", {**_columns(ordered, numbering), "shards": shards})
    shown: dict[int, dict[str, list[object]]] = {}
    for number, facts in ordered:
        row: list[object] = [facts.title, addresses.url(facts.paths[0]), _excerpt(facts.summary)]
        shown.setdefault(number // _IN_ONE, {})[str(number)] = row
    for part, rows in shown.items():
        yield _file(f"shown/{part}", rows)


def word_file(name: str, content: str) -> BuiltFile:
    """A file of words."""
    return BuiltFile(path=f"{FOLDER}/words/{name}.json", content=content)


def _columns(ordered: list[tuple[int, BugFacts]], numbering: Numbering) -> dict[str, object]:
    components = sorted({name for _, facts in ordered for name in facts.components})
    severities = sorted({facts.severity for _, facts in ordered})
    statuses = sorted({facts.status for _, facts in ordered})
    return {
        "in_one": _IN_ONE,
        "prefixes": numbering.prefixes,
        "numbers": numbers_coded(number for number, _ in ordered),
        "severities": severities,
        "severity": "".join(chr(65 + severities.index(facts.severity)) for _, facts in ordered),
        "statuses": statuses,
        "status": "".join(chr(65 + statuses.index(facts.status)) for _, facts in ordered),
        "components": components,
        "component": [
            [components.index(name) for name in facts.components] for _, facts in ordered
        ],
    }


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"


def _file(name: str, content: object) -> BuiltFile:
    return BuiltFile(path=f"{FOLDER}/{name}.json", content=json_text(content))
