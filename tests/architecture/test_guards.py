import os
import socket
import subprocess
import urllib.request
from pathlib import Path

import platformdirs
import pygit2
import pytest

from tests import guards


def test_the_home_folder_is_empty_but_for_a_git_identity(home: Path) -> None:
    assert Path.home() == home
    assert [path.name for path in home.iterdir()] == [".gitconfig"]


def test_a_platform_folder_lies_in_the_home_of_the_test(home: Path) -> None:
    assert platformdirs.user_data_path("bugbook").is_relative_to(home)


def test_git_knows_no_other_identity_than_the_tests_own(tmp_path: Path) -> None:
    seen = subprocess.run(
        ["git", "config", "--get-all", "user.email"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    )

    assert seen.stdout == "test@example.com\n"


def test_libgit2_knows_no_other_identity_than_the_tests_own(tmp_path: Path) -> None:
    repository = pygit2.init_repository(tmp_path)

    assert list(repository.config.get_multivar("user.email")) == ["test@example.com"]


@pytest.mark.parametrize("name", ["BUGBOOK_BRANCH", "GIT_DIR", "HTTPS_PROXY", "SLACK_BOT_TOKEN"])
def test_a_variable_that_would_change_what_a_test_sees_is_named_foreign(name: str) -> None:
    assert guards.foreign_variables({name: "value", "PATH": "/bin"}) == [name]


def test_no_foreign_variable_is_left_in_the_environment() -> None:
    kept = {"BUGBOOK_SECRET_RULES_DIR": str(guards.SECRET_RULES)}

    assert guards.foreign_variables(os.environ) == list(kept)
    assert kept.items() <= os.environ.items()


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.com"])
def test_another_host_is_out_of_reach(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="this machine alone"):
        socket.create_connection((host, 443), timeout=0.1)


def test_a_page_of_another_host_is_out_of_reach_through_every_except_exception() -> None:
    with pytest.raises(pytest.fail.Exception, match="this machine alone"):
        urllib.request.urlopen("http://example.com/", timeout=0.1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_within_reach(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1]), timeout=5) as client,
    ):
        assert client.getpeername()[0] == "127.0.0.1"


def test_a_real_record_cannot_be_written() -> None:
    with pytest.raises(pytest.fail.Exception, match="never write the real records"):
        (guards.RECORDS / "BUG-0000.yaml").write_text("id: BUG-0000\n", encoding="utf-8")


def test_a_real_record_cannot_be_opened_with_a_writing_flag() -> None:
    with pytest.raises(pytest.fail.Exception, match="never write the real records"):
        os.open(guards.RECORDS / "BUG-0000.yaml", os.O_WRONLY | os.O_CREAT)


def test_a_folder_cannot_be_made_among_the_real_records() -> None:
    with pytest.raises(pytest.fail.Exception, match="never write the real records"):
        (guards.RECORDS / "999").mkdir()


def test_nothing_can_be_moved_among_the_real_records(tmp_path: Path) -> None:
    (tmp_path / "record.yaml").touch()

    with pytest.raises(pytest.fail.Exception, match="never write the real records"):
        (tmp_path / "record.yaml").rename(guards.RECORDS / "record.yaml")


def test_other_files_can_be_written_and_records_can_be_read(tmp_path: Path) -> None:
    with guards.audited(tmp_path / "bugs"):
        (tmp_path / "notes.txt").write_text("fine", encoding="utf-8")

        assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "fine"


def test_a_change_of_the_records_by_another_program_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "RECORDS", tmp_path)
    before = guards.records_state()

    subprocess.run(["touch", "BUG-0000.yaml"], cwd=tmp_path, check=True)

    assert guards.records_state() != before
