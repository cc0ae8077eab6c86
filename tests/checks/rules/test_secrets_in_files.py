"""The rule `secrets`: found in values and comments, told by kind and place, never shown."""

import pytest

from tests.builders.life import life_at
from tests.checks.team import Team
from tracker.store.attachment_file import LARGEST

KEY = "AKIA" + "IOSFODNN7QRSTUVW"  # in two parts, so that no scanner takes it for a real one


def test_a_record_without_secrets_is_fine(team: Team) -> None:
    assert team.put(life_at("triaged").bug).told() == []


@pytest.mark.parametrize(
    ("new", "at"),
    [
        (f"  what_is_broken: Coupon redemption fails with {KEY}.", "Coupon"),
        (f"  # seen with {KEY}\n  what_is_broken: Coupon redemption fails.", "  # seen"),
        (
            f"  what_is_broken: Coupon redemption fails.\n  logs: |\n    key\n    {KEY}",
            "|\n    key",
        ),
    ],
)
def test_a_secret_is_told_by_kind_and_place_and_never_shown(team: Team, new: str, at: str) -> None:
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "  what_is_broken: Coupon redemption fails.", new)

    (problem,) = team.problems()
    assert str(problem) == (
        f"{team.place('BUG-0001', at)}: This text holds a secret (aws access key): take it out, "
        "and revoke it. [secret]"
    )


def test_personal_data_is_told_as_such_and_stays_where_the_policy_allows_it(team: Team) -> None:
    card = "4111 1111 1111 1111"
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "fails.", f"fails with {card}.")

    (problem,) = team.problems()
    assert str(problem) == (
        f"{team.place('BUG-0001', 'Coupon')}: This text holds personal data (payment card number): "
        "take it out. [secret]"
    )
    team.write("bugs/policy.yaml", f"secrets:\n  allowed:\n    - {card}\n")
    assert team.rules() == []


def test_only_new_text_is_searched_unless_a_file_is_named(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "fails.", f"fails with {KEY}.")
    base = team.commit()
    assert team.rules() == []
    assert team.rules(base) == []
    assert [problem.rule for problem in team.problems(None, "bugs/000/BUG-0001.yaml")] == ["secret"]

    team.edit("BUG-0001", "title: Redemption fails", f"title: Redemption fails {KEY}")
    assert team.rules(base) == ["secret"]


def test_a_text_that_the_policy_allows_is_no_secret_but_any_other_still_is(team: Team) -> None:
    other = KEY[:-1] + "X"
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "fails.", f"fails with {KEY}.  # as in {KEY}")
    team.write("bugs/policy.yaml", f"secrets:\n  allowed:\n    - {KEY}\n")
    assert team.told(None, "bugs/policy.yaml", "bugs/000/BUG-0001.yaml") == []

    team.edit("BUG-0001", "title: Redemption fails", f"title: Redemption fails {other}")
    assert team.rules() == ["secret"]


def test_no_change_uses_a_text_that_only_it_allows(team: Team) -> None:
    team.put(life_at("triaged").bug)
    base = team.commit()
    team.write("bugs/policy.yaml", f"version: 1\nsecrets:\n  allowed:\n    - {KEY}\n")
    allowed = team.commit()
    team.edit("BUG-0001", "fails.", f"fails with {KEY}.")
    team.commit()

    assert team.told(base) == [
        (
            "This text looks like a secret (aws access key), and only this change allows it: merge "
            "the policy that allows it first, so that somebody else has agreed."
        ),
    ]
    assert team.told(allowed) == []


def test_an_allowed_text_is_shown_where_something_else_is_wrong_with_it(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "category: Caching", f"category: {KEY}")
    team.write("bugs/policy.yaml", f"secrets:\n  allowed: [{KEY}]\n")

    (problem,) = team.problems()
    assert problem.rule == "name"
    assert KEY in problem.message


def test_no_message_and_no_line_shows_a_secret(team: Team) -> None:
    team.put(life_at("triaged").bug)
    team.edit("BUG-0001", "category: Caching", f"category: {KEY}")

    problems = team.problems()
    assert {problem.rule for problem in problems} == {"name", "secret"}
    assert KEY not in str(problems)


LOG = "bugs/000/BUG-0001/worker.log"


def test_a_secret_in_a_text_beside_a_record_is_told_by_its_place_and_never_shown(
    team: Team,
) -> None:
    team.put(life_at("triaged").bug)
    team.write(LOG, f"started\nsigned with {KEY}\n")

    (problem,) = team.problems()
    assert str(problem) == (
        f"{LOG}:2:13: This text holds a secret (aws access key): take it out, and revoke it. "
        "[secret]"
    )
    assert team.problems(None, "bugs/000/BUG-0001.yaml") == (problem,)
    assert team.problems(None, LOG) == (problem,)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_text_may_be_written_in_another_encoding(team: Team, encoding: str) -> None:
    team.write(LOG, f"signed with {KEY}\n".encode(encoding))

    assert team.rules() == ["secret"]


def test_what_is_no_text_beside_a_record_is_not_searched(team: Team) -> None:
    team.write(LOG, f"\0{KEY}".encode())
    outside = team.write("outside.txt", KEY)
    team.write("bugs/000/BUG-0001/more/empty.txt", "")
    (team.root / "bugs/000/BUG-0001/link.txt").symlink_to(outside)

    assert team.rules() == []


def test_only_new_lines_of_a_text_are_searched_unless_it_is_named(team: Team) -> None:
    team.write(LOG, f"signed with {KEY}\n")
    base = team.commit()
    team.write(LOG, f"again\nsigned with {KEY}\n")
    assert team.rules() == team.rules(base) == []
    assert [str(problem.place) for problem in team.problems(None, LOG)] == [f"{LOG}:2:13"]

    team.write(LOG, f"signed with {KEY}\nand with {KEY}\n")
    assert [str(problem.place) for problem in team.problems(base)] == [f"{LOG}:2:10"]


def test_a_text_too_large_to_be_searched_is_told(team: Team) -> None:
    team.write(LOG, b"x\n" * (LARGEST // 2 + 1))

    (problem,) = team.problems()
    assert problem.message.startswith("This text has more than 10 MB")


def test_a_secret_in_the_policy_is_told_unless_the_policy_allows_it(team: Team) -> None:
    team.write("bugs/policy.yaml", f"version: 1\n# signed with {KEY}\n")
    (problem,) = team.problems()
    assert (str(problem.place), problem.rule) == ("bugs/policy.yaml:2:15", "secret")

    team.write("bugs/policy.yaml", f"version: 1\nsecrets:\n  allowed:\n    - {KEY}\n")
    team.write(LOG, f"signed with {KEY}\n")
    assert team.rules() == []


def test_what_only_this_change_allows_is_told_in_a_text_too(team: Team) -> None:
    base = team.commit()
    team.write("bugs/policy.yaml", f"version: 1\nsecrets:\n  allowed:\n    - {KEY}\n")
    team.write(LOG, f"signed with {KEY}\n")
    team.commit()

    (told,) = team.told(base)
    assert "only this change allows it" in told
