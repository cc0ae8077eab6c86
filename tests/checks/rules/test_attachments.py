import os

import pytest

from tests.builders.life import life_at
from tests.checks.team import Team
from tracker.model.record import BugRecord
from tracker.model.report import Attachment
from tracker.store.attachment_file import LARGEST


def with_attachment(name: str) -> BugRecord:
    bug = life_at("triaged").bug
    report = bug.report.model_copy(update={"attachments": (Attachment(name=name),)})
    return bug.model_copy(update={"report": report})


def test_a_file_beside_the_record_is_fine(team: Team) -> None:
    team.put(with_attachment("screen.png"))
    team.write("bugs/000/BUG-0001/screen.png", b"\x89PNG")

    assert team.told() == []


def test_a_missing_file_is_told(team: Team) -> None:
    team.put(with_attachment("screen.png"))

    assert team.told() == [
        "There is no file `screen.png` in bugs/000/BUG-0001/: add it, or correct the name."
    ]


def test_evidence_that_is_kept_elsewhere_needs_no_file(team: Team) -> None:
    linked = with_attachment("Video of the reproduction")
    (video,) = linked.report.attachments
    video = video.model_copy(update={"link": "https://example.com/video"})
    report = linked.report.model_copy(update={"attachments": (video,)})

    team.put(linked.model_copy(update={"report": report}))

    assert team.told() == []


@pytest.mark.parametrize("name", ["../BUG-0002.yaml", "/etc/hostname", "a\\b", "..", "."])
def test_a_path_is_no_name_of_an_attachment(team: Team, name: str) -> None:
    team.put(with_attachment(name))

    assert team.rules() == ["attachment"]
    assert "is no file name" in team.told()[0]


def test_a_link_is_no_attachment(team: Team) -> None:
    team.put(with_attachment("screen.png"))
    outside = team.write("secret.png", b"x")
    (team.root / "bugs" / "000" / "BUG-0001").mkdir()
    (team.root / "bugs" / "000" / "BUG-0001" / "screen.png").symlink_to(outside)

    assert team.rules() == ["attachment"]


def test_a_file_too_large_for_a_repository_is_told(team: Team) -> None:
    team.put(with_attachment("trace.log"))
    file = team.write("bugs/000/BUG-0001/trace.log", b"")
    os.truncate(file, LARGEST)
    assert team.told() == []

    os.truncate(file, LARGEST + 1)
    assert team.told() == [
        (
            "`trace.log` has 10.0 MB, and at most 10 are kept: attach the part that matters, "
            "or link the whole."
        )
    ]
