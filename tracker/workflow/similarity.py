"""What a bug has that another one may have as well: words, error lines, components, pattern."""

import re
from collections import Counter
from typing import Final

from tracker.model.record import BugRecord
from tracker.workflow.error_text import constant_parts, quoted
from tracker.workflow.trait import Feature, Trait

_WORD: Final = re.compile(r"[^\W\d_][\w-]{2,39}")
_COMMON_WORDS: Final = """
about after again all also and any are because been before being both but can cannot could did does
doing each for from had has have having her here how into its itself more most not now off only
other our out over own same should since some such than that the their them then there these they
this those through too under until very was were what when where which while who why will with would
you your bug issue problem fail fails failed failing broken work works user users error errors
"""
COMMON: Final = frozenset(_COMMON_WORDS.split())
"""Words that tell no bug from another one."""


def traits_of(record: BugRecord) -> Counter[Feature]:
    """The traits of a bug, with how often each stands in it."""
    report, cause, triage = record.report, record.root_cause, record.triage
    prose = (
        record.title,
        record.title,  # twice: somebody chose these words to name the bug
        report.what_is_broken,
        report.actual or "",
        cause.summary if cause else "",
    )
    found: Counter[Feature] = Counter(
        (Trait.WORD, word)
        for text in prose
        for word in _WORD.findall(text.casefold())
        if word not in COMMON
    )
    lines = "\n".join((report.logs or "", report.actual or "")).splitlines()
    errors = {part.casefold() for line in lines for part in constant_parts(line)}
    errors.update(part.casefold() for part in quoted("\n".join(prose)))
    found.update((Trait.ERROR, part) for part in errors)
    found.update((Trait.COMPONENT, name) for name in set(record.environment.components))
    if triage is not None:
        found[Trait.CATEGORY, triage.category] = 1
    if triage is not None and triage.pattern:
        found[Trait.PATTERN, triage.pattern] = 1
    return found
