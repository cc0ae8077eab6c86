"""The check as a whole: everything at once, without git, on hostile files, never writing."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.life import life_at
from tests.checks.team import NOW, Team
from tests.guards import REPOSITORY
from tracker.checks.check_tree import check_tree
from tracker.store.git_errors import NotARepositoryError, UnknownRevisionError
from tracker.store.record_file import new_text


def test_the_records_of_this_repository_pass() -> None:
    assert check_tree(REPOSITORY, now=NOW).problems == ()


def test_an_empty_folder_passes(tmp_path: Path) -> None:
    (tmp_path / "bugs").mkdir()

    assert check_tree(tmp_path, now=NOW).problems == ()


def test_all_problems_of_all_files_are_told_at_once_in_order(team: Team) -> None:
    bug = life_at("triaged").bug
    team.put(bug, bug.model_copy(update={"id": "BUG-0002"}))
    team.edit("BUG-0001", "status: triaged", "status: triagged")
    team.edit("BUG-0001", "severity: P1", "severity: P7")
    team.edit("BUG-0002", "category: Caching", "category: Cashing")
    team.write("bugs/000/BUG-0003.yaml", "a: [\n")

    assert [str(problem.place) for problem in team.problems()] == [
        team.place("BUG-0001", "triagged"),
        team.place("BUG-0001", "P7"),
        team.place("BUG-0002", "Cashing"),
        "bugs/000/BUG-0003.yaml:2:1",
    ]


def test_an_unknown_key_hides_no_other_problem_of_its_record(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "status: triaged", "status: verified")
    team.edit("BUG-0001", "category: Caching", "category: Cashing")
    team.edit("BUG-0001", "  chosen: P1", "  choosen: P1\n  chosen: P1")
    team.edit("BUG-0001", "title: ", "titel: x\ntitle: ")

    assert {problem.rule for problem in team.problems()} == {"unknown-key", "status", "name"}
    assert sum(problem.rule == "unknown-key" for problem in team.problems()) == 2


def test_a_key_that_is_there_twice_hides_no_other_problem_of_its_record(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "status: triaged\n", "status: triaged\nstatus: verified\n")
    team.edit("BUG-0001", "severity: P1", "severity: P7")

    assert team.rules() == ["yaml-duplicate-key", "wrong-value"]


def test_without_git_everything_but_the_past_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "bugs" / "000" / "BUG-0001.yaml"
    file.parent.mkdir(parents=True)
    text = new_text(life_at("triaged").bug)
    file.write_text(text.replace("status: triaged", "status: closed"), "utf-8")

    assert {problem.rule for problem in check_tree(tmp_path, now=NOW).problems} == {
        "status",
        "resolution",
    }
    with pytest.raises(NotARepositoryError, match="leave the base out"):
        check_tree(tmp_path, now=NOW, base="HEAD")


def test_a_repository_without_a_commit_has_only_new_records(tmp_path: Path, team: Team) -> None:
    team.git("update-ref", "-d", "HEAD")
    team.put(life_at("triaged").bug)

    assert team.told("HEAD") == []
    assert tmp_path.exists()


def test_a_record_of_a_newer_version_is_told_as_such_and_as_nothing_else(team: Team) -> None:
    team.put(life_at("reported").bug)
    team.edit("BUG-0001", "schema: 1", "schema: 99\nmood: grim")

    (problem,) = team.problems()
    assert str(problem) == (
        f"{team.place('BUG-0001', '99')}: This file was written by a newer version of bugbook, as "
        "format 99; this version reads format 1: upgrade bugbook. [newer-schema]"
    )


def test_a_number_in_quotes_is_answered_with_what_to_change(team: Team) -> None:
    team.put(life_at("reported").bug)
    team.edit("BUG-0001", "schema: 1", 'schema: "1"')

    assert team.told() == ["`schema` must be `1`, without quotes."]


def test_a_key_of_another_form_is_answered_with_one_that_fits(team: Team) -> None:
    bug = life_at("reported").bug
    team.put(bug)
    team.edit("BUG-0001", f"key: {bug.timeline[0].key}", "key: 0123456789ab")

    assert team.told() == ["`timeline[1].key` must look like `4f7k2c`."]


def test_a_file_of_nothing_but_unknown_keys_is_told_in_bounded_words(team: Team) -> None:
    team.put(life_at("reported").bug)
    team.edit("BUG-0001", "schema: 1", "schema: 1\n" + "\n".join(f"k{n}: 1" for n in range(5_000)))

    assert 1 <= len(team.told()) <= 200


@pytest.mark.parametrize("base", ["nowhere", "--upload-pack=x", "HEAD~99", "a b", "", "HEAD:bugs"])
def test_an_unknown_base_is_one_sentence(team: Team, base: str) -> None:
    with pytest.raises(UnknownRevisionError, match="There is no revision"):
        team.problems(base)


def test_a_base_without_a_common_commit_is_one_sentence(team: Team) -> None:
    team.git("checkout", "-q", "--orphan", "other")
    team.write("OTHER.md", "Another history.\n")
    team.commit()

    with pytest.raises(UnknownRevisionError, match="no common commit"):
        team.problems("main")


def test_records_may_lie_in_a_folder_of_a_repository(team: Team) -> None:
    text = new_text(life_at("investigating").bug)
    team.write("shop/bugs/000/BUG-0001.yaml", text)
    team.commit()
    edited = text.replace("status: investigating", "status: in_progress")
    team.write("shop/bugs/000/BUG-0001.yaml", edited.replace("Assigned to", "Given to"))

    found = check_tree(team.root / "shop", now=NOW, base="HEAD").problems
    assert {problem.rule for problem in found} == {"status", "history"}
    assert {problem.place.path for problem in found} == {"bugs/000/BUG-0001.yaml"}


def test_only_the_paths_that_are_named_are_told_of(team: Team) -> None:
    bug = life_at("triaged").bug
    team.put(bug, bug.model_copy(update={"id": "BUG-1002"}))
    for name in ("BUG-0001", "BUG-1002"):
        team.edit(name, "status: triaged", "status: triagged")

    assert len(team.problems()) == 2
    (problem,) = team.problems(None, "bugs/001")
    assert problem.place.path == "bugs/001/BUG-1002.yaml"


def test_a_merge_that_nobody_finished_is_one_problem(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit(
        "BUG-0001",
        "status: triaged\n",
        "<<<<<<< HEAD\nstatus: triaged\n=======\nstatus: closed\n>>>>>>> main\n",
    )

    (problem,) = team.problems()
    assert str(problem) == (
        "bugs/000/BUG-0001.yaml:5:1: A merge conflict is left here: choose what holds, and remove "
        "the marks. [merge-conflict]"
    )


def test_the_check_writes_nothing(team: Team) -> None:
    team.put(life_at("code_review").bug)
    before = {path: path.stat().st_mtime_ns for path in sorted(team.root.rglob("*"))}
    team.problems("HEAD")

    assert {path: path.stat().st_mtime_ns for path in sorted(team.root.rglob("*"))} == before


HOSTILE: dict[str, str | bytes] = {
    "bomb": "a: &a [x]\nb: [*a, *a]\n",
    "tag": "id: !!python/object/apply:os.system [ls]\n",
    "twice": "id: BUG-0001\nid: BUG-0002\n",
    "list": "- a\n",
    "empty": "",
    "deep": "a: " + "[" * 5000,
    "nul": "id: BUG\x00\n",
    "bidi": "title: \u202eevil\n",
    "tabs": "a:\t1\n\tb: 2\n",
    "documents": "a: 1\n---\nb: 2\n",
    "not utf-8": b"\xff\xfe\x00",
    "surrogate": b"title: \xed\xa0\x80\n",
    "large": b"a: " + b"x" * 10_000_000,
    "another version": "schema: 7\nid: BUG-0001\n",
    "not a map at all": "BUG-0001",
    "formerly": "formerly: BUG-0001\nformerly:\n - BUG-0002\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_problem_with_a_place(team: Team, name: str) -> None:
    team.write("bugs/000/BUG-0001.yaml", HOSTILE[name])

    problems = team.problems()
    assert problems
    assert all(problem.place.path == "bugs/000/BUG-0001.yaml" for problem in problems)
    assert all(problem.message.endswith((".", "?")) for problem in problems)


@given(junk=st.binary(max_size=40), at=st.integers(min_value=0, max_value=2000))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_bytes_in_a_record_never_stop_the_check(team: Team, junk: bytes, at: int) -> None:
    text = new_text(life_at("code_review").bug).encode()
    at = min(at, len(text))
    team.write("bugs/000/BUG-0001.yaml", text[:at] + junk + text[at:])

    for problem in team.problems("HEAD"):
        assert problem.place.line >= 1


def test_many_records_are_divided_among_processes(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    text = new_text(life_at("triaged").bug)
    for number in range(1, 1101):
        path = f"bugs/{number // 1000:03d}/BUG-{number:04d}.yaml"
        team.write(path, text.replace("BUG-0001", f"BUG-{number:04d}"))
    for bug in ("BUG-0007", "BUG-0008"):
        team.edit(bug, "status: triaged", "status: triagged")

    report = check_tree(team.root, now=NOW)
    assert [problem.place.path for problem in report.problems] == [
        "bugs/000/BUG-0007.yaml",
        "bugs/000/BUG-0008.yaml",
    ]
    assert report.records == 1100
