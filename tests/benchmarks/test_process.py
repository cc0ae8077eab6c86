"""What a measured command took."""

import sys
from pathlib import Path

import pytest

from benchmarks.process import CommandFailedError, run


def test_a_command_is_not_as_large_as_the_program_that_starts_it(tmp_path: Path) -> None:
    large = bytearray(200_000_000)

    assert run("true", folder=tmp_path).memory < len(large) / 2
    assert run(sys.executable, "-c", "bytearray(150_000_000)", folder=tmp_path).memory > 150e6


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("sh", "-c", "echo 'It is broken.'; exit 3"), "ended with 3:\nIt is broken."),
        (("no-such-command",), "No such file or directory: 'no-such-command'"),
    ],
)
def test_a_command_that_fails_is_told_with_its_last_words(
    command: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandFailedError) as raised:
        run(*command, folder=tmp_path)

    assert told in str(raised.value)
