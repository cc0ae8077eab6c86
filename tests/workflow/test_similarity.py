from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.builders.incident import NFC, REDIS, finished
from tests.builders.life import USUAL, Life
from tests.builders.searching import similar_bugs
from tracker.model.record import BugRecord
from tracker.workflow.trait import Trait


def bug(number: int, title: str, **fields: Any) -> BugRecord:
    life = Life()
    life.act("report", **{**USUAL["report"], "id": f"BUG-{number:04d}", "title": title, **fields})
    return life.bug


CONFLICT = bug(1, "Login fails", what_is_broken='It says "Token refresh conflict".')
SAME_MESSAGE = bug(2, "Sign-in broken", what_is_broken='Again "Token refresh conflict" for some.')
SAME_WORD = bug(3, "Login page is slow", what_is_broken="The login page takes long.")
OTHER = bug(4, "Wrong colour of a button", what_is_broken="The button is grey, not blue.")


def test_a_shared_error_message_counts_more_than_a_shared_word() -> None:
    found = similar_bugs(CONFLICT, (OTHER, SAME_WORD, SAME_MESSAGE))

    assert [each.bug for each in found] == ["BUG-0002", "BUG-0003"]
    assert found[0].shared[0] == (Trait.ERROR, "token refresh conflict")


def test_what_two_bugs_share_is_said_in_words() -> None:
    (found,) = similar_bugs(CONFLICT, (SAME_MESSAGE,))

    assert found.why == (
        "error message “token refresh conflict”; words “conflict”, “refresh”, “token”"
    )


def test_a_bug_is_not_similar_to_itself() -> None:
    assert similar_bugs(CONFLICT, (CONFLICT, OTHER)) == ()


def test_two_bugs_of_one_component_and_pattern_are_similar_whatever_their_words() -> None:
    redis = finished(REDIS)
    other = bug(
        5, "Counter jumps", environment={"stage": "production", "components": ["ratelimit"]}
    )
    other = other.model_copy(update={"triage": redis.triage})

    found, *_ = similar_bugs(other, (redis, finished(NFC)))

    assert found.bug == "DH-789"
    assert {kind for kind, _ in found.shared} >= {Trait.COMPONENT, Trait.PATTERN, Trait.CATEGORY}
    assert found.root_cause == (redis.root_cause and redis.root_cause.summary)


def test_no_more_are_told_than_asked_for() -> None:
    many = [bug(number, "Token refresh conflict") for number in range(2, 9)]

    found = similar_bugs(bug(1, "Token refresh conflict"), many, most=3)

    assert [each.bug for each in found] == ["BUG-0002", "BUG-0003", "BUG-0004"]


TITLES = st.lists(
    st.text("abc ÄßfeilToken", min_size=3, max_size=40).filter(lambda text: len(text.strip()) > 2),
    min_size=1,
    max_size=6,
)


@given(titles=TITLES)
def test_the_order_of_the_records_changes_nothing_and_scores_stay_between_0_and_1(
    titles: list[str],
) -> None:
    others = tuple(bug(number, title) for number, title in enumerate(titles, start=2))

    found = similar_bugs(CONFLICT, others, most=50)

    assert found == similar_bugs(CONFLICT, others[::-1], most=50)
    assert all(0 < each.score <= 1 for each in found)


def test_a_generator_of_records_is_as_good_as_a_list() -> None:
    records = (CONFLICT, SAME_MESSAGE, SAME_WORD)

    assert similar_bugs(CONFLICT, iter(records)) == similar_bugs(CONFLICT, records)
