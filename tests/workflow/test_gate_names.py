"""Every condition has a name and words, so that waivers and relaxations can be about it."""

import re
from pathlib import Path

import pytest

from tests.guards import REPOSITORY
from tracker.workflow.gates.names import FIXED, GATES

_GATE = re.compile(r'gate=f?"(?P<name>[^"]+)"')
_FILES = sorted((REPOSITORY / "tracker" / "workflow" / "gates").glob("*.py"))


@pytest.mark.parametrize("file", _FILES, ids=lambda path: path.stem)
def test_every_condition_of_the_table_is_named(file: Path) -> None:
    for found in _GATE.finditer(file.read_text(encoding="utf-8")):
        pattern = re.sub(r"\\\{[^}]+\\\}", ".+", re.escape(found["name"]))
        assert [name for name in GATES if re.fullmatch(pattern, name)], found["name"]


def test_what_a_fix_has_to_say_is_named() -> None:
    assert {"summary", "branch", "risk", "regression_test"} <= set(GATES)


def test_what_always_holds_is_among_the_conditions() -> None:
    assert set(GATES) >= FIXED
