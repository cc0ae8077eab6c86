"""Each document of the recorded incidents, as a whole.

`UPDATE_GOLDEN=1 pytest tests/generator/test_golden_pages.py` writes the pages anew; read the
difference before you commit it.
"""

import os
from pathlib import Path

import pytest

from generator.site_pages import site_pages
from tests.builders.pages import NOW, RENDERER
from tests.guards import REPOSITORY
from tracker.operations.read_work_tree import LastChange, WorkTree, read_work_tree

GOLDEN = Path(__file__).parents[1] / "golden" / "generator"
RECORDED = ("BUG-0456", "BUG-0457", "BUG-0458", "BUG-0459", "DH-789")
DOCUMENTS = tuple(
    f"bugs/{bug_id}/{document}.md"
    for bug_id in RECORDED
    for document in ("index", "root-cause", "hotfix", "release-notes", "post-mortem")
    if (bug_id, document) != ("BUG-0459", "hotfix")  # a P1 that is not hotfixed
)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages of the real records at a commit that never changes."""
    found = read_work_tree(REPOSITORY)
    commit = LastChange(commit="0123456789abcdef0123456789abcdef01234567", at=NOW)
    tree = WorkTree(
        records=tuple(record for record in found.records if record.id in RECORDED),
        policy=found.policy,
        problems=(),
        as_of=dict.fromkeys(RECORDED, commit),
        tip=commit,
        folder=found.folder,
    )
    return {page.path: RENDERER.html(page, lambda path: f"/{path}") for page in site_pages(tree)}


@pytest.mark.parametrize("path", [*DOCUMENTS, "bugs/index.md", "dashboard.md"])
def test_a_document_looks_as_it_was_approved(path: str, pages: dict[str, str]) -> None:
    golden = GOLDEN / f"{path.removeprefix('bugs/').removesuffix('.md').replace('/', '-')}.html"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(pages[path], encoding="utf-8")

    assert pages[path] == golden.read_text(encoding="utf-8")
