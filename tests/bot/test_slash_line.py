"""What people type, taken apart without Slack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command_line import (
    DOWN,
    LOOKS,
    CommandLine,
    Misread,
    parse_bug,
    parse_hotfix,
    parse_mention,
    words_of_title,
)
from bot.outage_words import tells_of_outage
from bot.typed_pairs import known_keys, read_pairs
from tracker.model.bug_id import IdStyle
from tracker.workflow.verbs import VERBS

STYLES = (IdStyle(), IdStyle(prefix="DH", width=3))


def bug(text: str) -> CommandLine:
    line = parse_bug(text, STYLES)
    assert isinstance(line, CommandLine)
    return line


@pytest.mark.parametrize(
    ("text", "word", "number", "words"),
    [
        ("", "report", None, ""),
        ("  ", "report", None, ""),
        ("Redemption fails", "report", None, "Redemption fails"),
        ("report Redemption fails", "report", None, "Redemption fails"),
        ("report 500 errors at checkout", "report", None, "500 errors at checkout"),
        ("triage 42", "triage", "BUG-0042", ""),
        ("triage 99999999999999", "triage", "99999999999999", ""),
        ("triage bug-99999999999999 P1", "triage", "BUG-99999999999999", "P1"),
        ("99999999999999 orders are lost", "report", None, "99999999999999 orders are lost"),
        ("triage #42 P1", "triage", "BUG-0042", "P1"),
        ("TRIAGE bug-42 P1", "triage", "BUG-0042", "P1"),
        ("submit_fix DH-7", "submit-fix", "DH-007", ""),
        ("42", "show", "BUG-0042", ""),
        ("42 triage P1", "triage", "BUG-0042", "P1"),
        ("42 is the answer", "report", None, "42 is the answer"),
        ("note It doesn't work", "note", None, "It doesn't work"),
        ("note 42 “Rolled back”", "note", "BUG-0042", "Rolled back"),
        ("approve BG-42", "approve", "BG-42", ""),
        ("note HTTP-500 again", "note", None, "HTTP-500 again"),
        ("hotfix declare 42", "hotfix-declare", "BUG-0042", ""),
        ("hotfix 42 declare", "hotfix-declare", "BUG-0042", ""),
        ("hotfix", "status", None, ""),
        ("hotfix 42", "status", "BUG-0042", ""),
        ("hotfix needed for the checkout", "report", None, "hotfix needed for the checkout"),
        ("list P1 open", "list", None, "P1 open"),
        ("search 404", "search", None, "404"),
        ("help triage", "help", None, "triage"),
        ("42 P1", "triage", "BUG-0042", "P1"),
        ("42 P9", "triage", "BUG-0042", "P9"),
        ("triage P9 42", "triage", "BUG-0042", "P9"),
        ("42 P2P nodes are gone", "report", None, "42 P2P nodes are gone"),
        ("42 <@U1> eta 2h", "assign", "BUG-0042", "<@U1> eta 2h"),
        ("42: note rolled back", "note", "BUG-0042", "rolled back"),
        ("triage P1 42", "triage", "BUG-0042", "P1"),
        ("assign <@U1> 42 eta 2h", "assign", "BUG-0042", "<@U1> eta 2h"),
        ("assign <@U1> eta 2 42", "assign", "BUG-0042", "<@U1> eta 2"),
        ("publish release-notes 42", "publish", "BUG-0042", "release-notes"),
        ("prompt root-cause 42", "prompt", "BUG-0042", "root-cause"),
        ("readiness 42", "readiness", "BUG-0042", ""),
        ("note seen by 42 people", "note", None, "seen by 42 people"),
        ("deploy 2 42", "deploy", "BUG-0002", "42"),
        ("metrics", "metrics", None, ""),
        ("down NFC redemption", "down", None, "NFC redemption"),
    ],
)
def test_a_command_is_taken_apart(text: str, word: str, number: str | None, words: str) -> None:
    line = bug(text)

    assert (line.word, line.bug, line.text) == (word, number, words)


@pytest.mark.parametrize(
    ("text", "word", "number"),
    [
        ("", "status", None),
        ("42", "status", "BUG-0042"),
        ("status 42", "status", "BUG-0042"),
        ("declare 42", "hotfix-declare", "BUG-0042"),
        ("backport 42 abc123", "hotfix-backport", "BUG-0042"),
        ("mitigate 42 Flag off", "mitigate", "BUG-0042"),
        ("rollback 42 Errors rise", "roll-back", "BUG-0042"),
        ("help", "help", None),
        ("42 review Minimal and safe", "hotfix-review", "BUG-0042"),
    ],
)
def test_a_hotfix_command_is_taken_apart(text: str, word: str, number: str | None) -> None:
    line = parse_hotfix(text, STYLES)

    assert isinstance(line, CommandLine)
    assert (line.word, line.bug) == (word, number)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("triag 42 P1", "triage"),
        ("hlep", "help"),
        ("asign 42 @backend", "assign"),
        ("42 traige P1", "triage"),
        ("fix 42", "submit-fix"),
        ("status BUG-42", "show"),
        ("resolved", "close"),
        ("triag checkout P0", "triage"),
        ("repotr checkout is broken", "report"),
        ("assgin redemption fails @backend", "assign"),
        ("aprove Looks right", "approve"),
    ],
)
def test_a_mistyped_verb_is_no_report(text: str, nearest: str) -> None:
    misread = parse_bug(text, STYLES)

    assert isinstance(misread, Misread)
    assert misread.typed in text.split()
    assert misread.nearest == nearest
    assert misread.meant == bug(text.replace(misread.typed, nearest))
    assert misread.whole == text


@pytest.mark.parametrize("typed", ["submit fix", "Pass tests", "roll back", "wont fix"])
def test_a_verb_typed_in_two_words_is_asked_about(typed: str) -> None:
    verb = typed.lower().replace(" ", "-")
    meant, whole = bug(f"{verb} 42"), f"{typed} 42"
    for text in (whole, f"42 {typed}"):
        misread = parse_bug(text, STYLES)
        assert misread == Misread(typed=typed, nearest=verb, meant=meant, whole=text)


@pytest.mark.parametrize(
    "first", ["Noted", "Not", "Reports", "Closed", "Clone", "Deploys", "Roll back"]
)
def test_a_word_like_a_verb_in_a_sentence_is_a_report(first: str) -> None:
    assert bug(f"{first} errors in the checkout").word == "report"


@pytest.mark.parametrize("rest", ["me", "me backup <@U0SENIOR>", "myself eta 2h"])
def test_whoever_takes_a_bug_by_its_number_alone_assigns_it_to_themselves(rest: str) -> None:
    line = parse_bug(f"42 {rest}", STYLES)

    assert isinstance(line, CommandLine)
    assert (line.word, line.bug, line.typed) == ("assign", "BUG-0042", rest)


def test_a_title_that_begins_with_me_is_a_report() -> None:
    line = parse_bug("42 me too: coupons fail", STYLES)

    assert isinstance(line, CommandLine)
    assert line.word == "report"


@pytest.mark.parametrize("text", ["hotfix declar 42", "hotfix 42 declar", "hotfix decl 42"])
def test_a_slip_in_a_step_behind_the_word_hotfix_is_told_and_begins_no_report(text: str) -> None:
    misread = parse_bug(text, STYLES)

    assert isinstance(misread, Misread)
    assert misread.nearest == "hotfix declare"
    assert misread.meant == CommandLine(word="hotfix-declare", bug="BUG-0042")
    assert misread.whole == text


def test_an_unknown_hotfix_step_is_misread_with_the_nearest() -> None:
    meant = CommandLine(word="hotfix-review", bug="BUG-0042")
    misread = parse_hotfix("reveiw 42", STYLES)

    assert misread == Misread(typed="reveiw", nearest="review", meant=meant, whole="reveiw 42")
    assert parse_hotfix("xyzzy", STYLES) == Misread(typed="xyzzy", nearest=None, whole="xyzzy")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("help", "hotfix"),
        ("help deploy", "hotfix-deploy"),
        ("help deploy now", "hotfix-deploy"),
        ("help rollback", "roll-back"),
        ("help xyzzy", "xyzzy"),
    ],
)
def test_help_of_the_hotfix_is_about_its_own_steps(text: str, topic: str) -> None:
    assert parse_hotfix(text, STYLES) == CommandLine(word="help", typed=topic)


def test_a_mention_without_a_verb_is_no_report() -> None:
    misread = Misread(typed="good", nearest=None, whole="good morning")

    assert parse_mention("good morning", STYLES) == misread
    assert parse_mention("note 42 Seen", STYLES) == bug("note 42 Seen")


def test_a_mention_with_nothing_else_asks_for_help() -> None:
    assert parse_mention("  ", STYLES) == CommandLine(word="help")


def test_values_go_on_to_the_next_known_key() -> None:
    line = bug('communicate 42 whom=Support team how="a call, how=no" message=it’s on max=5')

    assert line.pairs == {
        "whom": "Support team",
        "how": "a call, how=no",
        "message": "it’s on max=5",
    }
    assert line.text == ""


def test_what_looks_like_a_pair_and_is_none_stays_text() -> None:
    assert bug("note 42 set max=5 in the config").text == "set max=5 in the config"


def test_a_key_may_be_written_with_dashes_and_capitals() -> None:
    assert bug("monitor 42 Error-Rate-After=0%").pairs == {"error_rate_after": "0%"}


def test_keys_of_parts_are_known_and_those_of_people_are_not() -> None:
    assert {"production_down", "severity"} <= known_keys("triage")
    assert "email" not in known_keys("assign")


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for parse in (parse_bug, parse_hotfix, parse_mention):
        line = parse(text, STYLES)
        if isinstance(line, CommandLine):
            assert line.word in {*VERBS, *LOOKS, DOWN, "status"}


@given(st.text(max_size=200), st.sets(st.sampled_from(["text", "eta", "how"])))
def test_pairs_have_known_keys_only(text: str, keys: set[str]) -> None:
    _, pairs = read_pairs(text, frozenset(keys))

    assert set(pairs) <= keys


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("triage redemption fails P1", "redemption fails", "P1"),
        ("assign redemption <@U1> eta 2h", "redemption", "<@U1> eta 2h"),
        ("publish signature release-notes", "signature", "release-notes"),
        ("history signature mismatch", "signature mismatch", ""),
        ("assign 42 <@U1>", "", "<@U1>"),
        ("note redemption fails again", "", "redemption fails again"),
    ],
)
def test_words_before_the_argument_name_a_bug_by_its_title(
    text: str, title: str, rest: str
) -> None:
    assert words_of_title(bug(text)) == (title, rest)


@pytest.mark.parametrize(
    "text", ["Production is down", "the site is down since noon", "Checkout is DOWN"]
)
def test_an_outage_is_known_by_its_words(text: str) -> None:
    assert tells_of_outage(text)


@pytest.mark.parametrize("text", ["Prices go down", "The download page is slow"])
def test_a_word_like_down_alone_is_no_outage(text: str) -> None:
    assert not tells_of_outage(text)


_HOSTILE = st.text(
    alphabet=st.sampled_from("4 2#-=“”\"'<@U1>|&;P0\n\t\u202e\u2028\x00éñ漢🧨:,abnote"), max_size=80
)


@given(st.sampled_from(("", *VERBS, *LOOKS, DOWN)), _HOSTILE)
def test_hostile_words_behind_any_verb_are_kept_whole(verb: str, typed: str) -> None:
    line = parse_bug(f"{verb} {typed}", STYLES)

    kept = f"{line.bug or ''} {line.typed}" if isinstance(line, CommandLine) else line.whole
    said = sorted("".join(typed.split()))
    if isinstance(line, CommandLine) and line.bug is None and line.word == verb:
        assert sorted("".join(kept.split())) == said


@given(_HOSTILE)
def test_a_number_that_was_found_is_an_id_and_was_typed(typed: str) -> None:
    for verb in ("note", "assign", "triage", "show"):
        line = parse_bug(f"{verb} {typed}", STYLES)
        assert isinstance(line, CommandLine)
        if line.bug is not None:
            digits = line.bug.rpartition("-")[2].lstrip("0")
            assert digits in typed
