"""Bugs that are like this one: a page says by which words, the browser finds them.

Were they found when the site is built, each new bug would change the pages of all that are like it.
"""

from dataclasses import dataclass
from typing import Final, Literal

from generator.search_terms import words
from tracker.model.record import BugRecord
from tracker.workflow.similarity import COMMON, traits_of
from tracker.workflow.trait import Trait

_MOST: Final = 16
_TELLING: Final = (Trait.ERROR, Trait.WORD, Trait.COMPONENT, Trait.PATTERN)
"""Kinds of traits, the most telling first; a category has too many bugs."""


@dataclass(frozen=True, kw_only=True)
class Similar:
    """A bug, and the words that tell it from others."""

    bug: str
    words: str
    kind: Literal["similar"] = "similar"


def similar(record: BugRecord) -> Similar:
    """The words of the traits by which `bugbook similar` goes, errors and frequent words first."""
    traits = traits_of(record)
    ranked = sorted(traits, key=lambda each: (_rank(each[0]), -traits[each], each[1]))
    texts = (text for trait, text in ranked if trait in _TELLING)
    telling = (word for text in texts for word in words(text) if word not in COMMON)
    return Similar(bug=record.id, words=" ".join(list(dict.fromkeys(telling))[:_MOST]))


def _rank(trait: Trait) -> int:
    return _TELLING.index(trait) if trait in _TELLING else len(_TELLING)
