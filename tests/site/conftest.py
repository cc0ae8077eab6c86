"""The whole site, built once from the incidents that the documents tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.builders.incident import NFC, POLICY, REDIS, finished, until
from tests.builders.life import life_at
from tests.guards import REPOSITORY
from tests.real_git import RealGit
from tracker.model.bug_id import record_path
from tracker.model.record import BugRecord, to_mapping


class QuietServer(SimpleHTTPRequestHandler):
    """Serves files as a plain web server does, the page for lost visitors included."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


def _records() -> tuple[BugRecord, ...]:
    """Two whole incidents, one in the middle of its hotfix, and one just reported."""
    burning = until(NFC, "hotfix-branch").model_copy(update={"id": "BUG-0457"})
    new = life_at("reported").bug.model_copy(update={"id": "BUG-0458"})
    return finished(NFC), finished(REDIS), burning, new


@pytest.fixture(scope="session")
def site_folder(_guarded_session: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page of the strict build."""
    root = tmp_path_factory.mktemp("knowledge-base")
    (root / "mkdocs.yml").write_bytes((REPOSITORY / "mkdocs.yml").read_bytes())
    (root / "site").symlink_to(REPOSITORY / "site")
    for record in _records():
        path = root / record_path(record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(to_mapping(record), sort_keys=False, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    policy = POLICY.model_dump(mode="json", exclude_defaults=True)
    (root / "bugs" / "policy.yaml").write_text(yaml.safe_dump(policy), encoding="utf-8")
    git = RealGit(root)
    git("init", "--quiet")
    git("add", "bugs")
    git("commit", "--quiet", "--message", "Record what happened")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "public"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return root / "public"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of built pages behind a web server on this machine, until the block ends."""
    handler = partial(QuietServer, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site_address(site_folder: Path) -> Iterator[str]:
    """The built pages behind a web server on this machine."""
    with served(site_folder) as address:
        yield address
