"""Rate pages of the built site by Lighthouse: `make lighthouse`.

Not a part of `make bench`: the ratings depend on how busy the machine is, and Lighthouse is fetched
by npx when it is asked for.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median_low
from typing import Final

from benchmarks.site_server import served

_LIGHTHOUSE: Final = "lighthouse@13.5.0"
_PAGES: Final = ("dashboard/", "bugs/", "bugs/BUG-0456/", "bugs/BUG-0456/post-mortem/", "metrics/")
_CATEGORIES: Final = ("performance", "accessibility", "best-practices")
_LEAST: Final = 95
_EMPTY: Final = "empty.html"
_NOTHING: Final = '<!doctype html><meta name="viewport" content="width=device-width"><p>Nothing'
_RUNS: Final = int(os.environ.get("RUNS", "3"))
_CHROMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = "--headless --no-sandbox --disable-gpu"


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
        (Path(folder) / _EMPTY).write_text(_NOTHING, encoding="utf-8")
        with served(Path(folder)) as root:
            nothing = _rated(npx, chrome, root + _EMPTY)["performance"]
            rated = {page: _rated(npx, chrome, root + page) for page in _PAGES}
    print(f"A page with nothing on it: performance {nothing}; below 100 the machine was busy.")
    for page, ratings in rated.items():
        print(page, *(f"{name} {rating}" for name, rating in ratings.items()), sep="  ")
    return int(any(rating < _LEAST for ratings in rated.values() for rating in ratings.values()))


def _rated(npx: str, chrome: str, address: str) -> dict[str, int]:
    """The median of several runs: one run tells as much of the machine as of the page."""
    runs = [_run(npx, chrome, address) for _ in range(_RUNS)]
    return {name: median_low(run[name] for run in runs) for name in _CATEGORIES}


def _run(npx: str, chrome: str, address: str) -> dict[str, int]:
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
                "--throttling-method=simulate",
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
