"""Where a commit can be looked at."""

import pytest

from generator.commit_links import commit_links
from generator.page_paths import attachment_file


@pytest.mark.parametrize(
    ("address", "before"),
    [
        ("https://github.com/team/bugs.git", "https://github.com/team/bugs/commit/"),
        ("git@github.com:team/bugs.git", "https://github.com/team/bugs/commit/"),
        ("ssh://git@gitlab.example.com:2222/a/b", "https://gitlab.example.com/a/b/-/commit/"),
        ("https://me:secret@bitbucket.org/team/bugs", "https://bitbucket.org/team/bugs/commits/"),
        ("https://git.example.com:8443/x/y/", "https://git.example.com:8443/x/y/commit/"),
        ("/srv/git/bugs.git", ""),
        ("file:///srv/git/bugs.git", ""),
        ("../hub.git", ""),
        ("javascript:alert(1)", ""),
        ('https://example.com/a"onclick=x', ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_a_commit_has_an_address_where_its_repository_has_one(address: str, before: str) -> None:
    assert commit_links(address) == before


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("log.txt", "log.txt"),
        ("shot.PNG", "shot.PNG"),
        ("shot.svg", "shot.svg.bin"),
        ("page.html", "page.html.bin"),
        ("noending", "noending.bin"),
    ],
)
def test_an_attachment_is_handed_out_under_a_harmless_name(name: str, path: str) -> None:
    assert attachment_file("BUG-0001", name) == f"bugs/BUG-0001/files/{path}"


def test_no_name_of_an_attachment_leads_elsewhere() -> None:
    names = ("../x.txt", "..", ".htaccess", "a b?.txt", "a b#.txt", "数.txt", "//x.txt")
    paths = [
        attachment_file("BUG-0001", name).removeprefix("bugs/BUG-0001/files/") for name in names
    ]

    assert len(set(paths)) == len(names)
    assert all("/" not in path and not path.startswith(".") for path in paths)
