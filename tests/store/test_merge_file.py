"""Files of two branches become one: comments and layout survive, conflicts cannot be overlooked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.branches import Values, branches
from tests.builders.life import life_at
from tracker.model.problem import ProblemsFound
from tracker.model.record import to_mapping
from tracker.store.merge_file import MergedFile, merge_files
from tracker.store.record_file import read_record
from tracker.store.yaml_reader import read_yaml
from tracker.store.yaml_writer import write_yaml
from tracker.workflow.merge import Side, merge
from tracker.workflow.merge_lists import same

PATH = "bugs/000/BUG-0001.yaml"
BASE = write_yaml(to_mapping(life_at("triaged").bug), schema_comment="../schema.json")
NOTE = """\
  - key: {key}
    at: "2027-01-01T10:{minute}:00Z"
    by: A <a@example.com>
    action: note
    text: Looked at it.
"""


def merged(ours: str, theirs: str, base: str = BASE, path: str = PATH) -> MergedFile:
    return merge_files(base.encode(), ours.encode(), theirs.encode(), path)


def text_of(ours: str, theirs: str) -> str:
    result = merged(ours, theirs)
    assert (result.conflicts, result.notes) == ((), ())
    read_record(result.data, PATH)
    return result.data.decode()


def replaced(old: str, new: str, text: str = BASE) -> str:
    assert old in text
    return text.replace(old, new, 1)


def noted(key: str, minute: int, comment: str = "") -> str:
    return BASE + comment + NOTE.format(key=key, minute=minute)


def test_notes_of_both_branches_are_kept_in_the_order_of_time() -> None:
    assert BASE.rstrip().splitlines()[-1].startswith("    text:")

    text = text_of(noted("bbbbbb", 40), noted("aaaaaa", 20))
    assert text == noted("aaaaaa", 20) + NOTE.format(key="bbbbbb", minute=40)


def test_neighbouring_fields_are_merged() -> None:
    ours = replaced("title: Redemption fails", "title: Payment fails")
    theirs = replaced("status: triaged", "status: investigating  # taken over by phone")

    text = text_of(ours, theirs)
    assert "title: Payment fails\nstatus: investigating  # taken over by phone\n" in text


def test_comments_blank_lines_and_quotes_of_both_branches_stay() -> None:
    ours = replaced("title: Redemption fails", "\n# Agreed with support.\ntitle: 'Redemption'")
    theirs = noted("aaaaaa", 20, "  # Seen in the log.\n")

    text = text_of(ours, theirs)
    assert "\n# Agreed with support.\ntitle: 'Redemption'\n" in text
    assert text.endswith("  # Seen in the log.\n" + NOTE.format(key="aaaaaa", minute=20))


def test_a_comment_that_could_not_be_kept_is_told() -> None:
    ours = replaced("status: triaged", "status: closed # ours").replace("title: R", "title: A r")
    theirs = replaced("status: triaged", "status: closed # theirs").replace("Redempt", "Rejempt")

    result = merged(ours, theirs)
    assert [note for note in result.notes if "# theirs" in note or "# ours" in note] != []


def test_a_conflict_stands_between_markers_and_cannot_be_read_by_mistake() -> None:
    ours = replaced("status: triaged", "status: closed")
    theirs = replaced("status: triaged", "status: investigating", noted("aaaaaa", 20))

    result = merged(ours, theirs)
    assert result.conflicts == (
        "`status` differs on both sides: ours “closed”, theirs “investigating”.",
    )
    marked = "<<<<<<< ours\nstatus: closed\n=======\nstatus: investigating\n>>>>>>> theirs\n"
    assert marked in result.data.decode()
    assert result.data.decode().count("<<<<<<<") == 1
    with pytest.raises(ProblemsFound):
        read_yaml(result.data, PATH)


def test_taking_either_side_of_the_markers_gives_a_record_again() -> None:
    ours = replaced("status: triaged", "status: closed", noted("bbbbbb", 40))
    theirs = replaced("status: triaged", "status: investigating", noted("aaaaaa", 20))
    text = merged(ours, theirs).data.decode()

    for status, taken in (("closed", resolved(text, "ours")), ("investigating", resolved(text))):
        record = read_record(taken.encode(), PATH)
        assert record.status == status
        assert [entry.key for entry in record.timeline[-2:]] == ["aaaaaa", "bbbbbb"]


def resolved(text: str, side: str = "theirs") -> str:
    """Take one side at every marker, as a person does."""
    kept, taken = "", ""
    for line in text.splitlines(keepends=True):
        if line.startswith(("<<<<<<< ", "=======", ">>>>>>> ")):
            taken = {"<": "ours", "=": "theirs", ">": ""}[line[0]]
        elif taken in {"", side}:
            kept += line
    return kept


def test_markers_that_would_vanish_in_a_text_of_several_lines_go_round_the_whole_file() -> None:
    long = replaced("title: Redemption fails", 'title: "Redemption\n  is\n  slow"')
    ours, theirs = long.replace("slow", "broken"), long.replace("slow", "dead")

    result = merged(ours, theirs, base=long)
    assert result.conflicts != ()
    with pytest.raises(ProblemsFound):
        read_yaml(result.data, PATH)


def test_two_new_records_under_one_number_are_two_bugs() -> None:
    result = merged(BASE, BASE.replace("Redemption fails", "Login fails"), base="")

    assert "two bugs" in result.conflicts[0]
    assert "bugbook renumber BUG-0001" in result.conflicts[0]
    assert "Redemption fails" in result.data.decode()
    assert "Login fails" in result.data.decode()
    with pytest.raises(ProblemsFound):
        read_yaml(result.data, PATH)


def test_a_version_with_mistakes_is_merged_by_line_and_its_mistakes_are_told() -> None:
    theirs = replaced("status: triaged", "status: [triaged")

    result = merged(noted("aaaaaa", 20), theirs)
    assert result.notes[0].startswith(f"{PATH} (theirs):")
    assert "status: [triaged" in result.data.decode()
    assert "key: aaaaaa" in result.data.decode()


def test_an_attachment_is_merged_by_line() -> None:
    base, path = "- a\n- b\n- c\n", "bugs/000/BUG-0001/steps.yaml"

    assert merged("- A\n- b\n- c\n", "- a\n- b\n- C\n", base, path).data == b"- A\n- b\n- C\n"
    disputed = merged("- A\n- b\n- c\n", "- B\n- b\n- c\n", base, path)
    assert disputed.data == b"<<<<<<< ours\n- A\n=======\n- B\n>>>>>>> theirs\n- b\n- c\n"
    assert disputed.conflicts != ()


def test_bytes_that_are_no_text_come_out_again_between_markers() -> None:
    result = merge_files(BASE.encode(), b"\xff\xfe\n", BASE.encode() + b"#\xff\n", PATH)

    assert result.data.startswith(b"<<<<<<< ours\n\xff\xfe\n=======\n")
    assert b"#\xff\n>>>>>>> theirs\n" in result.data
    assert result.conflicts != ()


def test_windows_line_ends_stay() -> None:
    base, ours = BASE.replace("\n", "\r\n"), replaced("status: triaged", "status: closed")
    theirs = replaced("Redemption fails", "Payment fails")

    result = merged(ours.replace("\n", "\r\n"), theirs.replace("\n", "\r\n"), base)
    assert result.conflicts == ()
    assert result.data.count(b"\n") == result.data.count(b"\r\n")


@settings(max_examples=40)
@given(branches())
def test_the_merged_text_says_what_the_merged_values_are(
    made: tuple[Values, Values, Values],
) -> None:
    base, ours, theirs = (write_yaml(side, schema_comment="../schema.json") for side in made)
    values = merge(*made)
    result = merged(ours, theirs, base, "bugs/000/BUG-0002.yaml")

    assert len(result.conflicts) == len(values.conflicts)
    if not values.conflicts:
        assert same(read_yaml(result.data, PATH).value, values.value)
        return
    with pytest.raises(ProblemsFound):
        read_yaml(result.data, PATH)
    text = result.data.decode()
    assert same(read_yaml(resolved(text, "ours").encode(), PATH).value, values.value)
    other = merge(*made, prefer=Side.THEIRS).value
    assert same(read_yaml(resolved(text).encode(), PATH).value, other)


HOSTILE = st.sampled_from([
    b"\n", b"- ", b": ", b'"', b"|\n", b"#", b"\t", b"{", b"&a", b"*a", b"!!x", b"---\n", b"\xff",
    b"\r\n", b"\xef\xbb\xbf", b"\0", b"<<<<<<< ours\n", b"=======\n", b"status: no\n", b"? ",
])  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """The base with a few pieces put in or cut out anywhere."""
    data = BASE.encode()
    for _ in range(draw(st.integers(0, 3))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 30))
        data = data[:at] + draw(HOSTILE) + data[at + length :]
    return data


@settings(max_examples=150)
@given(spoilt(), spoilt(), st.sampled_from([PATH, "bugs/policy.yaml", "bugs/000/BUG-0001/x.yaml"]))
def test_whatever_stands_in_the_files_a_merge_ends_and_no_conflict_can_be_read(
    ours: bytes, theirs: bytes, path: str
) -> None:
    result = merge_files(BASE.encode(), ours, theirs, path)

    if result.conflicts:
        with pytest.raises(ProblemsFound):
            read_yaml(result.data, path)
    elif theirs == BASE.encode():
        assert result.data == ours
