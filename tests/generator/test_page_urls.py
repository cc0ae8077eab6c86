"""Links between pages, as seen from each of them."""

from itertools import product
from posixpath import relpath

import pytest

from generator.page_urls import Addresses

_PATHS = (
    "index.md",
    "dashboard.md",
    "bugs/index.md",
    "bugs/BUG-0001/index.md",
    "bugs/BUG-0001/history.md",
    "bugs/BUG-0002/root-cause.md",
    "bugs/BUG-0001/files/a..b.txt",
    "browse/person/.hidden.md",
    "../outside.txt",
)


@pytest.mark.parametrize("directories", [True, False])
def test_a_link_is_the_shortest_way_between_two_addresses(directories: bool) -> None:  # noqa: FBT001
    addresses = Addresses(directories=directories)

    for start, end in product((path for path in _PATHS if path.endswith(".md")), _PATHS):
        there = addresses.url(end) if end.endswith(".md") else end
        folder = addresses.url(start).rpartition("/")[0]
        slash = "/" if not there or there.endswith("/") else ""
        shortest = relpath(there or ".", folder or ".") + slash
        assert addresses.link(start, f"{end}#part") == f"{shortest}#part", (start, end)
