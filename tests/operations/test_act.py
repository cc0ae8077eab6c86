"""Judging writes nothing, submitting is durable, acting tells what became of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.trackers import NOON, Requests, report, tracker_on
from tests.real_git import RealGit, new_work_tree
from tracker.assembly import Recorded, Tracker, Waiting
from tracker.model.text import TextTooLong
from tracker.workflow.actions.edits import AddNote
from tracker.workflow.decision import Accepted, Refused
from tracker.workflow.verbs import VERBS


@pytest.fixture
def team(tmp_path: Path) -> RealGit:
    return new_work_tree(tmp_path / "team")


@pytest.fixture
def tracker(team: RealGit, tmp_path: Path) -> Iterator[Tracker]:
    opened = tracker_on(team, tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def ask() -> Requests:
    return Requests()


def test_judging_a_report_tells_its_number_and_writes_nothing(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    decision = tracker.judge(ask(report()))
    assert isinstance(decision, Accepted)
    assert decision.record.id == "BUG-0001"
    assert team("for-each-ref") == ""
    assert tracker.commit_pending() == ()


def test_a_submitted_request_waits_until_it_is_committed(tracker: Tracker, ask: Requests) -> None:
    request = ask(report())
    assert tracker.outcome(request.id) is None
    tracker.submit(request)
    assert tracker.outcome(request.id) == Waiting(reason="")
    assert tracker.settled_among([request.id], patience=0.05) == {}
    (settled,) = tracker.commit_pending()
    assert isinstance(settled.outcome, Recorded)
    assert tracker.settled_among([request.id], patience=5) == {request.id: settled.outcome}
    assert tracker.load("1").title == "NFC redemption fails"


def test_acting_again_with_the_same_request_tells_the_first_outcome(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    request = ask(report())
    first = tracker.act(request)
    assert isinstance(first, Recorded)
    assert tracker.act(request) == first
    assert team("rev-list", "--count", "main") == "1"


def test_a_refusal_is_told_and_nothing_is_kept(tracker: Tracker, ask: Requests) -> None:
    tracker.act(ask(report()))
    refusal = tracker.act(ask(VERBS["close"].model_validate({}), "BUG-0001"))
    assert isinstance(refusal, Refused)
    nowhere = tracker.act(ask(AddNote(text="x"), "BUG-0009"))
    assert isinstance(nowhere, Refused)
    assert nowhere.reasons[0].sentence.startswith("There is no BUG-0009")
    nothing = tracker.act(ask(AddNote(text="x")))
    assert isinstance(nothing, Refused)
    assert "needs the number of a bug" in nothing.reasons[0].sentence
    assert tracker.outcome("r-2") is None
    assert tracker.commit_pending() == ()


def test_acting_judges_on_what_a_person_has_just_committed(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    tracker.act(ask(report()))
    file = team.path / "bugs/000/BUG-0001.yaml"
    text = file.read_text()
    team.write("bugs/000/BUG-0002.yaml", text.replace("BUG-0001", "BUG-0002"))
    assert isinstance(tracker.act(ask(AddNote(text="Seen."), "BUG-0002")), Recorded)
    assert "Seen." in (team.path / "bugs/000/BUG-0002.yaml").read_text()


def test_a_dirty_work_tree_is_refused_before_anything_is_kept(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    tracker.act(ask(report()))
    file = team.path / "bugs/000/BUG-0001.yaml"
    file.write_text(file.read_text() + "# half a thought\n")
    refusal = tracker.act(ask(AddNote(text="x"), "BUG-0001"))
    assert isinstance(refusal, Refused)
    (reason,) = refusal.reasons
    assert reason.sentence == (
        f"{team.path} has uncommitted changes in its work tree (bugs/000/BUG-0001.yaml);"
        " commit or remove them there and try again."
    )
    assert file.read_text().endswith("# half a thought\n")
    assert tracker.commit_pending() == ()


def test_a_file_that_git_does_not_know_stands_in_nobodys_way(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    (team.path / "notes.txt").write_text("mine\n")
    assert isinstance(tracker.act(ask(report())), Recorded)


def test_a_remote_that_is_away_keeps_the_action_and_says_so(
    tracker: Tracker, team: RealGit, ask: Requests, tmp_path: Path
) -> None:
    tracker.act(ask(report()))
    team.path.rename(tmp_path / "away")
    waiting = tracker.act(ask(AddNote(text="Meanwhile."), "BUG-0001"))
    assert isinstance(waiting, Waiting)
    assert "cannot be reached" in waiting.reason
    reason = tracker.refresh()
    assert reason is not None
    assert "cannot be reached" in reason
    (tmp_path / "away").rename(team.path)
    assert tracker.refresh() is None
    assert len(tracker.commit_pending()) == 1


def test_hostile_text_is_made_plain_before_it_is_judged_and_kept(
    tracker: Tracker, ask: Requests
) -> None:
    tracker.act(ask(report("Broken\u202egnp.exe")))
    assert tracker.load("BUG-0001").title == "Broken\\u202egnp.exe"
    tracker.act(ask(AddNote(text="one\r\ntwo\x1b[31m"), "BUG-0001"))
    assert tracker.load("BUG-0001").timeline[-1].text == "one\ntwo\\x1b[31m"


def test_text_that_no_longer_fits_its_field_is_refused_by_name(
    tracker: Tracker, ask: Requests
) -> None:
    two_lines = tracker.judge(ask(report("Broken\rbadly")))
    assert isinstance(two_lines, Refused)
    assert two_lines.reasons[0].field == "title"
    endless = ask(AddNote(text="\u202e" * 20_000), "BUG-0001")
    refusal = tracker.judge(endless)
    assert isinstance(refusal, Refused)
    assert refusal.reasons[0].field == "text"
    assert "at most 20,000" in refusal.reasons[0].sentence
    with pytest.raises(TextTooLong):
        tracker.submit(endless)


def test_what_happened_later_than_now_is_refused(tracker: Tracker, ask: Requests) -> None:
    tracker.act(ask(report()))
    refusal = tracker.judge(ask(AddNote(text="x", at=NOON.replace(year=2026)), "BUG-0001"))
    assert isinstance(refusal, Refused)
    assert refusal.reasons[0].field == "at"


def test_a_secret_is_taken_out_before_anything_is_kept_and_its_kind_is_told(
    tracker: Tracker, team: RealGit, ask: Requests, tmp_path: Path
) -> None:
    tracker.act(ask(report()))
    word = "Kx82" + "pQz91LmN"
    request = ask(AddNote(text=f"It worked with password={word} at once."), "BUG-0001")
    decision = tracker.judge(request)
    assert isinstance(decision, Accepted)
    assert word not in str(decision)
    assert tracker.secrets_in(request) == ("password",)
    assert isinstance(tracker.act(request), Recorded)
    assert tracker.load("1").timeline[-1].text == (
        "It worked with password=[redacted: password] at once."
    )
    assert word not in team("log", "-p", "--all")
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(word.encode() in path.read_bytes() for path in kept)


def test_what_the_policy_allows_is_kept_and_not_told(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    word = "Kx82" + "pQz91LmN"
    note = f"It worked with password={word}, and with password={word}5 at once."
    tracker.act(ask(report()))
    team.write("bugs/policy.yaml", f"secrets:\n  allowed:\n    - {word}\n")

    request = ask(AddNote(text=note), "BUG-0001")
    assert isinstance(tracker.act(request), Recorded)
    assert tracker.secrets_in(request) == ("password",)
    assert tracker.secrets_in(ask(AddNote(text=f"password={word}"), "BUG-0001")) == ()
    assert tracker.load("1").timeline[-1].text == (
        f"It worked with password={word}, and with password=[redacted: password] at once."
    )
    assert tracker.without_secrets({"note": f"password={word}"}) == {"note": f"password={word}"}


def test_a_policy_that_cannot_be_read_allows_nothing(
    tracker: Tracker, team: RealGit, ask: Requests
) -> None:
    word = "Kx82" + "pQz91LmN"
    team.write("bugs/policy.yaml", f"secrets:\n  allowed:\n    - {word}\nversion: one\n")

    refusal = tracker.act(ask(report(f"Login fails with password={word}")))
    assert isinstance(refusal, Refused)
    assert "bugs/policy.yaml:4" in refusal.reasons[0].sentence
    assert tracker.secrets_in(ask(report(f"Login fails with password={word}"))) == ("password",)


def test_text_without_secrets_is_kept_as_it_is(tracker: Tracker, ask: Requests) -> None:
    assert tracker.secrets_in(ask(report())) == ()
