"""Files beside a record: what may be shown, what is only handed out, what is refused."""

from pathlib import Path

import pytest

from tests.builders.life import life_at
from tracker.model.record import BugRecord
from tracker.model.report import Attachment
from tracker.operations.read_attachments import FileUse, read_attachments
from tracker.store.attachment_file import LARGEST

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def with_files(*names: str) -> BugRecord:
    record = life_at("reported").bug
    files = tuple(Attachment(name=name) for name in names)
    return record.model_copy(
        update={"report": record.report.model_copy(update={"attachments": files})}
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bugs" / "000" / "BUG-0001"
    made.mkdir(parents=True)
    return made


@pytest.mark.parametrize(
    ("name", "content", "use"),
    [
        ("shot.png", PNG, FileUse.SHOW),
        ("photo.JPG", b"\xff\xd8\xff\xe0" + b"\0" * 20, FileUse.SHOW),
        ("shot.webp", b"RIFF\0\0\0\0WEBPVP8 ", FileUse.SHOW),
        ("sound.webp", b"RIFF\0\0\0\0WAVEfmt ", FileUse.TAKE),
        ("shot.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileUse.TAKE),
        ("page.html", b"<script>alert(1)</script>", FileUse.TAKE),
        ("fake.png", b"<svg onload=alert(1)>", FileUse.TAKE),
        ("hidden.txt", PNG, FileUse.TAKE),
        ("large.png", PNG + b"\0" * (2 * 1024 * 1024), FileUse.TAKE),
    ],
)
def test_only_pictures_of_pixels_are_shown(
    folder: Path, tmp_path: Path, name: str, content: bytes, use: FileUse
) -> None:
    (folder / name).write_bytes(content)

    (found,) = read_attachments(tmp_path, with_files(name))

    assert (found.use, found.size) == (use, len(content))
    assert bool(found.fault) == (name in {"fake.png", "sound.webp"})


@pytest.mark.parametrize(
    "name", ["../../../secret.txt", "..", "a/b.txt", "missing.txt", "link.txt"]
)
def test_a_file_outside_of_the_folder_is_never_touched(
    folder: Path, tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(secret)

    (found,) = read_attachments(tmp_path, with_files(name))

    assert found.use is FileUse.NOTHING
    assert found.fault


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "notes.txt").write_text("private", encoding="utf-8")
    (tmp_path / "bugs" / "000").mkdir(parents=True)
    (tmp_path / "bugs" / "000" / "BUG-0001").symlink_to(elsewhere)

    (found,) = read_attachments(tmp_path, with_files("notes.txt"))

    assert found.use is FileUse.NOTHING


def test_a_file_that_is_too_large_is_not_handed_out(folder: Path, tmp_path: Path) -> None:
    with (folder / "dump.bin").open("wb") as file:
        file.truncate(LARGEST + 1)

    (found,) = read_attachments(tmp_path, with_files("dump.bin"))

    assert found.use is FileUse.NOTHING
    assert "at most 10 are kept" in found.fault
