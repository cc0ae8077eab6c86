"""A preview shows what was saved, mistakes included, without being started again."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.builders.knowledge_base import KnowledgeBase, environment
from tests.builders.life import life_at

pytestmark = pytest.mark.slow
PATIENCE = 60.0
INTERNAL = "Coupon redemption fails."
"""Shown to the team, and hidden from the public by a policy of a test."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(project: KnowledgeBase, *options: str) -> Iterator[str]:
    """The preview's address while it runs."""
    port = _free_port()
    with _log(project).open("wb") as log:
        process = subprocess.Popen(
            [
                Path(sys.executable).with_name("bugbook"),
                "site",
                "serve",
                "--port",
                str(port),
                *options,
            ],
            cwd=project.root,
            env=environment(),
            stdout=log,
            stderr=log,
        )
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _log(project: KnowledgeBase) -> Path:
    """Where the preview of a project writes what it says in the terminal."""
    return project.root.with_suffix(".log")


def _wait(address: str, fits: Callable[[str], bool]) -> str:
    """The page once it is as wanted; what it was last when it never is."""
    seen = ""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=5) as answer:
                seen = answer.read().decode()
        except (URLError, ConnectionError, TimeoutError):
            seen = "nothing answers"
        if fits(seen):
            return seen
        time.sleep(0.2)
    pytest.fail(f"{address} never became as wanted; last seen: {seen[:2000]}")


def test_a_preview_shows_a_saved_record_a_mistake_and_a_new_record(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    project.commit()
    file = project.record_file("BUG-0001")
    good = file.read_text("utf-8")

    with _served(project) as address:
        page = f"{address}bugs/BUG-0001/"
        assert INTERNAL in _wait(page, lambda seen: "Redemption fails" in seen)

        file.write_text(good.replace("Redemption fails", "Redemption is slow"), encoding="utf-8")
        seen = _wait(page, lambda seen: "Redemption is slow" in seen)
        assert "with changes that are not committed yet" in seen

        file.write_text(good.replace("status: triaged", "status: treaged"), encoding="utf-8")
        seen = _wait(page, lambda seen: "bugs/000/BUG-0001.yaml:" in seen)
        assert "Redemption fails" in seen  # as it was committed

        file.write_text(good.replace("status: triaged", "status: verified"), encoding="utf-8")
        seen = _wait(page, lambda seen: "the timeline ends at `triaged`" in seen)
        assert "Redemption fails" in seen

        file.write_text(good, encoding="utf-8")
        project.lean_on_nothing("BUG-0001")
        seen = _wait(page, lambda seen: "There is no BUG-9999" in seen)
        assert "bugs/000/BUG-0001.yaml:8:10" in seen
        assert "There is no file" in seen
        assert "bugs/000/BUG-0001.yaml:8:10: There is no BUG-9999" in _log(project).read_text(
            "utf-8"
        )

        file.write_text(good, encoding="utf-8")
        project.write(life_at("reported").bug.model_copy(update={"id": "BUG-0002"}))
        _wait(f"{address}bugs/BUG-0002/", lambda seen: "BUG-0002" in seen)


def test_a_preview_for_the_public_hides_what_is_internal_after_each_edit(tmp_path: Path) -> None:
    project = KnowledgeBase.at(tmp_path / "team", life_at("triaged").bug)
    policy = project.root / "bugs" / "policy.yaml"
    policy.write_text("internal_fields:\n  - report.what_is_broken\n", encoding="utf-8")
    project.commit()
    record = project.record_file("BUG-0001")

    with _served(project, "--audience", "public") as address:
        page = f"{address}bugs/BUG-0001/"
        assert INTERNAL not in _wait(page, lambda seen: "Redemption fails" in seen)

        text = record.read_text("utf-8").replace("Redemption fails", "Redemption is slow")
        record.write_text(text, encoding="utf-8")
        assert INTERNAL not in _wait(page, lambda seen: "Redemption is slow" in seen)
