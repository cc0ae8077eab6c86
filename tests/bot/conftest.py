from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.block_kit.log import problems_in_calls
from tests.bot.office import Office, open_office
from tests.guards import SECRET_RULES
from tracker.store.secrets import SecretScanner, scanner_with


@pytest.fixture(scope="session")
def scanner() -> SecretScanner:
    """The rules for secrets, loaded before any test waits for an answer."""
    scanner = scanner_with(SECRET_RULES)
    scanner.warm_up()
    return scanner


@pytest.fixture
def database_url() -> str | None:
    """The database of the bot's ledger; None for a file in its data directory."""
    return None


@pytest.fixture
def office(tmp_path: Path, scanner: SecretScanner, database_url: str | None) -> Iterator[Office]:
    """A workspace with the bot in it; whatever the bot sent must be good Block Kit."""
    with open_office(tmp_path, scanner, database_url=database_url) as office:
        yield office
        problems = problems_in_calls(office.state.calls)
    assert problems == []
