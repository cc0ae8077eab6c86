"""A team's repository for each test."""

from pathlib import Path

import pytest

from tests.checks.team import Team, new_team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """An empty repository with one commit."""
    return new_team(tmp_path)
