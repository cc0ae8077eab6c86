"""Rate pages of the built site by Lighthouse: `make lighthouse`.

Not a part of `make bench`: the ratings depend on how busy the machine is, and Lighthouse is fetched
by npx when it is asked for.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

_LIGHTHOUSE: Final = "lighthouse@13.5.0"
_PAGES: Final = ("dashboard/", "bugs/", "bugs/BUG-0456/", "bugs/BUG-0456/post-mortem/", "metrics/")
_CATEGORIES: Final = ("performance", "accessibility", "best-practices")
_LEAST: Final = 95
_CHROMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = "--headless --no-sandbox --disable-gpu"


class _Quiet(SimpleHTTPRequestHandler):
    """Serves the site without telling of each file."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


def main() -> int:
    """Build the site of this repository and rate its pages; 1 when a rating is below 95."""
    chrome = next(filter(None, map(shutil.which, _CHROMES)), None)
    npx = shutil.which("npx")
    if chrome is None or npx is None:
        print("Lighthouse needs Chromium and npx: install them and try again.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [Path(sys.executable).with_name("bugbook"), "site", "build", "--out", folder],
            check=True,
        )
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            root = f"http://127.0.0.1:{server.server_port}/"
            rated = {page: _rated(npx, chrome, root + page) for page in _PAGES}
            server.shutdown()
    for page, ratings in rated.items():
        print(page, *(f"{name} {rating}" for name, rating in ratings.items()), sep="  ")
    return int(any(rating < _LEAST for ratings in rated.values() for rating in ratings.values()))


def _rated(npx: str, chrome: str, address: str) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                npx,
                "--yes",
                _LIGHTHOUSE,
                address,
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                f"--only-categories={','.join(_CATEGORIES)}",
                f"--chrome-path={chrome}",
                f"--chrome-flags={_FLAGS}",
            ],
            check=True,
        )
        found = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(100 * found[name]["score"]) for name in _CATEGORIES}


if __name__ == "__main__":
    sys.exit(main())
