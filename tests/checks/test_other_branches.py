"""A number that another bug has on another branch is told before either branch is merged."""

from datetime import timedelta

import pytest

from tests.builders.life import life_at
from tests.checks.team import Team
from tracker.model.record import BugRecord

OURS = life_at("reported").bug


def other_bug(hours: int) -> BugRecord:
    """Another bug under the same number, reported so many hours after ours."""
    later = timedelta(hours=hours)
    first = OURS.timeline[0].model_copy(update={"key": "zzzzzz", "at": OURS.reported.at + later})
    reported = OURS.reported.model_copy(update={"at": OURS.reported.at + later})
    return OURS.model_copy(
        update={"title": "Login fails", "reported": reported, "timeline": (first,)}
    )


def on_remote(team: Team, branch: str, record: BugRecord) -> None:
    """What a fetch brings: a branch of the remote with one more record."""
    start = team.git("rev-parse", "HEAD")
    team.put(record).commit()
    team.git("update-ref", f"refs/remotes/origin/{branch}", "HEAD")
    team.git("reset", "-q", "--hard", start)


def told(name: str) -> list[str]:
    sentence = (
        f"BUG-0001 is another bug on `{name}`: give this one the next free number with "
        "`bugbook renumber BUG-0001` on this branch."
    )
    return [sentence]


@pytest.mark.parametrize("hours", [-1, 1])
def test_the_branch_that_comes_second_is_told_of_the_bug_on_the_base(
    team: Team, hours: int
) -> None:
    on_remote(team, "main", other_bug(hours))
    team.put(OURS).commit()

    assert team.told("origin/main") == told("origin/main")
    (problem,) = team.problems("origin/main")
    assert (problem.place.line, problem.rule) == (3, "id")


@pytest.mark.parametrize(("hours", "sentences"), [(-1, told("origin/theirs")), (1, [])])
def test_of_two_open_branches_only_the_later_bug_is_told(
    team: Team, hours: int, sentences: list[str]
) -> None:
    team.git("update-ref", "refs/remotes/origin/main", "HEAD")
    on_remote(team, "theirs", other_bug(hours))
    team.put(OURS).commit()

    assert team.told("origin/main") == sentences


def test_a_record_that_is_not_committed_yet_is_looked_at_too(team: Team) -> None:
    on_remote(team, "theirs", other_bug(-1))
    team.put(OURS)

    assert team.told() == told("origin/theirs")


def test_the_same_bug_on_its_own_branch_is_no_other_bug(team: Team) -> None:
    on_remote(team, "ours", OURS.model_copy(update={"title": "Redemption fails at times"}))
    team.put(OURS).commit()

    assert team.told("HEAD~1") == []


def test_a_check_without_a_base_compares_what_is_new_since_the_trunk_of_the_remote(
    team: Team,
) -> None:
    team.git("update-ref", "refs/remotes/origin/main", "HEAD")
    on_remote(team, "theirs", other_bug(-1))
    team.put(OURS).commit()

    assert team.told() == told("origin/theirs")


def test_a_check_without_a_base_knows_the_trunk_as_it_is_now(team: Team) -> None:
    on_remote(team, "main", other_bug(1))
    team.put(OURS).commit()

    assert team.told() == told("origin/main")


def test_a_trunk_of_another_name_is_the_head_of_the_remote(team: Team) -> None:
    on_remote(team, "records", other_bug(1))
    team.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/records")
    team.put(OURS).commit()

    assert team.told() == told("origin/records")


def test_a_remote_without_common_history_is_no_trunk(team: Team) -> None:
    start = team.git("rev-parse", "--abbrev-ref", "HEAD")
    team.git("checkout", "-q", "--orphan", "alien")
    team.put(other_bug(1)).commit()
    team.git("update-ref", "refs/remotes/origin/main", "HEAD")
    team.git("checkout", "-q", "-f", start)
    team.put(OURS).commit()

    assert team.told() == []
