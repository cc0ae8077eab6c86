"""The files of words are those of an index made anew, whatever changed before."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.page_cache import Kept, PageCache
from generator.word_index import Found

_WORDS = ("nfs", "nfc", "outage", "ouzo", "db", "äther", "9pm", "the")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[PageCache]:
    with PageCache.open(tmp_path / "grown.sqlite", b"code") as opened:
        yield opened


class _Bugs:
    """Bugs with words, of which some change."""

    def __init__(self, count: int) -> None:
        self._chance = random.Random(20260301)  # noqa: S311 - not for secrets
        self.terms: dict[str, dict[str, int]] = {}
        self.numbers: dict[str, int] = {}
        for number in range(count):
            self.write(number)

    def write(self, number: int) -> None:
        words = self._chance.sample(_WORDS, self._chance.randint(1, len(_WORDS) - 1))
        self.terms[f"{number}.yaml"] = {word: self._chance.choice((8, 4, 1)) for word in words}
        self.numbers[f"{number}.yaml"] = number

    def change(self) -> None:
        path = self._chance.choice(sorted(self.terms))
        number = self.numbers[path]
        match self._chance.randrange(4):
            case 0:
                del self.terms[path], self.numbers[path]
            case 1:
                self.write(len(self.terms) + 1000)
            case 2:  # the same number from another file
                self.terms[f"moved-{path}"] = self.terms.pop(path)
                self.numbers[f"moved-{path}"] = self.numbers.pop(path)
            case _:
                self.write(number)

    def files(self, cache: PageCache) -> dict[str, str]:
        kept = [
            Kept(
                path=path,
                key=json.dumps(terms),
                facts=b"",
                terms=json.dumps(terms).encode(),
                pages=b"",
            )
            for path, terms in self.terms.items()
        ]
        cache.keep(kept)
        return cache.words({bug.path: Found(bug.key, self.numbers[bug.path]) for bug in kept})


def _anew(bugs: _Bugs, folder: Path) -> dict[str, str]:
    with PageCache.open(folder / "anew.sqlite", b"code") as cache:
        return bugs.files(cache)


@pytest.mark.parametrize("count", [60, 127, 300])
def test_changes_give_the_files_of_an_index_made_anew(
    count: int, cache: PageCache, tmp_path: Path
) -> None:
    bugs = _Bugs(count)
    bugs.files(cache)

    for number in range(25):
        bugs.change()
        (tmp_path / str(number)).mkdir()
        assert bugs.files(cache) == _anew(bugs, tmp_path / str(number))


def test_a_word_that_no_bug_has_any_more_has_no_file(cache: PageCache) -> None:
    bugs = _Bugs(40)
    for terms in bugs.terms.values():
        terms.pop("db", None)
    bugs.terms["0.yaml"] = {"db": 8}
    assert "db" in bugs.files(cache)

    bugs.terms["0.yaml"] = {"nfs": 8}

    assert "db" not in bugs.files(cache)
