"""What a check remembers makes the next one quicker, and never changes what it finds."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.builders.life import life_at
from tests.checks.team import NOW, Team, new_team
from tracker.checks.check_tree import Upkeep, check_tree
from tracker.checks.report import Report
from tracker.model.bug_id import record_path
from tracker.model.report import Attachment
from tracker.store.record_file import new_text

TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
BUGS = ("BUG-0001", "BUG-0002", "BUG-0003")
EDITS = (
    ("status: triaged", "status: verified"),
    ("category: Caching", "category: Cashing"),
    ("title: ", "titel: x\ntitle: "),
    ("Coupon redemption fails.", f"Coupon redemption fails. {TOKEN}"),
    ("# yaml", f"# {TOKEN}\n# yaml"),
    ("schema: 1", "schema: 7"),
    ("reported:", "related:\n  - ref: BUG-0002\nreported:"),
    ("reported:", "formerly:\n  - BUG-0003\n\nreported:"),
    ("reported:", "formerly:\n  - BUG-0009\n\nreported:"),
    ("id: BUG-0001", "id: BUG-0003"),
    ("2026-03-02T14", "2026-12-02T14"),
)  # fmt: skip
POLICIES = (
    None,
    "version: 1\n",
    "version: 2\n",
    "version: 1\nids:\n  - prefix: BUG\n    width: 3\n",
    "version: 1\nids:\n  - prefix: DH\n",
    f"version: 1\nsecrets:\n  allowed:\n    - {TOKEN}\n",
    f"version: 1\n# {TOKEN}\n",
    "versoin: 1\n",
    "categories:\n  - name: Cashing\n    class: performance\n",
)


def remembering(team: Team, **asked: object) -> Report:
    return check_tree(team.root, upkeep=Upkeep(), **{"now": NOW, **asked})  # type: ignore[arg-type]


def memory(team: Team) -> Path:
    return team.root / ".git" / "bugbook" / "checked.json"


def good(bug: str) -> str:
    record = life_at("triaged").bug.model_copy(update={"id": bug})
    if bug == "BUG-0002":
        screen = Attachment(name="screen.png")
        report = record.report.model_copy(update={"attachments": (screen,)})
        record = record.model_copy(update={"report": report})
    return new_text(record)


def step(draw: st.DrawFn) -> Callable[[Team], object]:
    """One thing that may happen between two checks."""
    bug = draw(st.sampled_from(BUGS))
    path = record_path(bug)
    old, new = draw(st.sampled_from(EDITS))
    policy = draw(st.sampled_from(POLICIES))
    screen = "bugs/000/BUG-0002/screen.png"

    def edit(team: Team) -> None:
        if (team.root / path).exists():
            team.write(path, (team.root / path).read_text("utf-8").replace(old, new, 1))

    def set_policy(team: Team) -> None:
        file = team.write("bugs/policy.yaml", policy or "")
        if policy is None:
            file.unlink()

    kinds: tuple[Callable[[Team], object], ...] = (
        edit,
        edit,
        lambda team: team.write(path, good(bug)),
        lambda team: (team.root / path).unlink(missing_ok=True),
        lambda team: team.write(screen, b"png"),
        lambda team: (team.root / screen).unlink(missing_ok=True),
        set_policy,
        lambda team: team.commit(),
        lambda team: team.git("stash", "-q", "--include-untracked"),
        lambda team: team.write("bugs/000/BUG-0003/worker.log", f"signed with {TOKEN}\n"),
        lambda team: team.root,  # nothing
    )
    return draw(st.sampled_from(kinds))


steps = st.lists(st.composite(step)(), min_size=1, max_size=6)
moments = st.sampled_from([NOW, NOW - timedelta(days=300), NOW + timedelta(days=300)])
questions = st.sampled_from(
    [{}, {"base": "HEAD"}, {"base": "start"}, {"paths": ["bugs/000/BUG-0001.yaml"]}]
)


@given(happenings=steps, asked=st.lists(st.tuples(questions, moments), min_size=6, max_size=6))
@settings(
    max_examples=int(os.environ.get("HISTORIES", "10")),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_check_that_remembers_finds_what_one_without_memory_finds(
    tmp_path_factory: pytest.TempPathFactory,
    happenings: list[Callable[[Team], object]],
    asked: list[tuple[dict[str, object], object]],
) -> None:
    team = new_team(tmp_path_factory.mktemp("team"))
    for bug in BUGS:
        team.write(record_path(bug), good(bug))
    team.write("bugs/000/BUG-0002/screen.png", b"png")
    team.commit()
    team.git("tag", "start")
    remembering(team)
    for happens, (question, now) in zip(happenings, asked, strict=False):
        happens(team)
        alone = check_tree(team.root, **{"now": now, **question})  # type: ignore[arg-type]
        assert remembering(team, now=now, **question) == alone


def test_nothing_is_judged_twice_but_what_changed(team: Team) -> None:
    for bug in BUGS:
        team.write(
            record_path(bug), new_text(life_at("triaged").bug.model_copy(update={"id": bug}))
        )
    remembering(team)
    known = json.loads(memory(team).read_text())
    assert sorted(known["verdicts"]) == [record_path(each) for each in BUGS]

    team.edit("BUG-0002", "status: triaged", "status: verified")
    assert {problem.place.path for problem in remembering(team).problems} == {
        "bugs/000/BUG-0002.yaml"
    }
    known = json.loads(memory(team).read_text())
    assert sorted(known["verdicts"]) == ["bugs/000/BUG-0001.yaml", "bugs/000/BUG-0003.yaml"]


@pytest.mark.parametrize("named", ["bugs/policy.yaml", "bugs/000/BUG-0001/worker.log"])
def test_no_memory_hides_a_secret_in_the_policy_or_beside_a_record(team: Team, named: str) -> None:
    team.put(life_at("triaged").bug)
    team.write(named, f"version: 1\n# {TOKEN}\n")
    team.commit()

    assert remembering(team).problems == ()
    for _ in range(2):
        assert [each.rule for each in remembering(team, paths=[named]).problems] == ["secret"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff", b'{"judged_by": 1, "verdicts": 1}'])
def test_a_damaged_memory_is_forgotten(team: Team, damage: bytes) -> None:
    team.put(life_at("triaged").bug).edit("BUG-0001", "status: triaged", "status: verified")
    remembering(team)
    memory(team).write_bytes(damage)

    assert remembering(team).problems == team.problems()


def test_a_memory_that_cannot_be_written_is_done_without(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.write(".git/bugbook", "in the way")

    assert remembering(team).problems == ()


def test_a_file_in_the_work_tree_is_no_memory(team: Team) -> None:
    """Else a pull request could bring along a memory of its own."""
    team.put(life_at("triaged").bug)
    remembering(team)
    team.edit("BUG-0001", "status: triaged", "status: verified")
    team.write("bugbook/checked.json", memory(team).read_bytes())
    memory(team).unlink()

    assert remembering(team).problems == team.problems() != ()
