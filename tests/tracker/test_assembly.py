"""Opening a tracker: where its data lives, and what stands in the way."""

from pathlib import Path

import pytest

from tests.operations.trackers import Requests, report, tracker_on
from tests.real_git import new_bare, new_work_tree
from tracker.assembly import open_tracker
from tracker.library import data_folder, secret_rules_folder
from tracker.model.trouble import TroubleError
from tracker.settings import read_settings
from tracker.store.remote import Remote


def test_each_remote_and_branch_has_a_data_folder_of_its_own(tmp_path: Path) -> None:
    settings = read_settings(None, data_dir=tmp_path)
    remotes = [
        Remote(address=address, branch=branch, local=False)
        for address in ("https://example.com/a/bugs.git", "https://example.com/b/bugs.git")
        for branch in ("main", "records")
    ]
    folders = [data_folder(settings, remote) for remote in remotes]
    assert len(set(folders)) == 4
    assert {folder.parent for folder in folders} == {tmp_path}
    assert all(folder.name.startswith("bugs-git-") for folder in folders)


def test_a_hostile_address_names_a_harmless_folder(tmp_path: Path) -> None:
    remote = Remote(address="ssh://x/..\n$(rm -rf)/..", branch="main", local=False)
    folder = data_folder(read_settings(None, data_dir=tmp_path), remote)
    assert folder.parent == tmp_path
    assert folder.name.startswith("repository-")


def test_the_data_lies_below_the_home_folder_unless_another_is_named(home: Path) -> None:
    remote = Remote(address="https://example.com/bugs.git", branch="main", local=False)
    assert data_folder(read_settings(None), remote).is_relative_to(home)


def test_the_rules_for_secrets_lie_beside_the_remotes_unless_another_place_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUGBOOK_SECRET_RULES_DIR", "~/rules")
    assert secret_rules_folder() == Path.home() / "rules"
    monkeypatch.delenv("BUGBOOK_SECRET_RULES_DIR")
    assert secret_rules_folder(read_settings(None, data_dir=tmp_path)).parent == tmp_path
    assert secret_rules_folder().is_relative_to(Path.home())


def test_what_was_kept_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    shared = new_bare(tmp_path / "shared.git")
    first = tracker_on(shared, tmp_path / "data")
    request = Requests()(report())
    first.submit(request)
    first.close()
    second = tracker_on(shared, tmp_path / "data")
    assert [each.request for each in second.commit_pending()] == [request.id]
    second.close()


@pytest.mark.parametrize("repository", ["nowhere", "plain", "file:///nowhere/bugs.git"])
def test_a_repository_that_cannot_be_used_gets_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain").mkdir()
    with pytest.raises(TroubleError) as raised:
        open_tracker(read_settings(None, repository=repository, data_dir=tmp_path / "data"))
    sentence = str(raised.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_opening_twice_does_not_clone_twice(tmp_path: Path) -> None:
    team = new_work_tree(tmp_path / "team")
    told: list[str] = []
    team.write("bugs/README.md", "Ours\n")
    settings = read_settings(None, repository=str(team.path), data_dir=tmp_path / "data")
    open_tracker(settings, progress=told.append).close()
    assert told
    told.clear()
    open_tracker(settings, progress=told.append).close()
    assert told == []
