"""The files that a site is made from, where it can be told that there are no others."""

import re
import site
import sysconfig
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from generator.last_build import Sources
from generator.mkdocs_plugin import BugbookPlugin

_PLUGINS: Final = ("bugbook", "search", "material/search")
_EXTENSIONS: Final = frozenset(
    {
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "meta",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
    }
)
_PYMDOWNX: Final = "pymdownx."
_READ_MORE: Final = ("pymdownx.b64", "pymdownx.snippets")
_NAMED_CODE: Final = re.compile(r"!!python/\S*?:(?!material\.|pymdownx\.)|^INHERIT:", re.MULTILINE)
"""Code of somebody else, and settings of another file."""


def build_sources(config: MkDocsConfig) -> Sources | None:
    """Folders and files that a build reads; nothing where others may have a part in its pages.

    What plugins, hooks and extensions of others read is not known. A strict build judges the
    records by the clock, too.
    """
    plugin = config.plugins.get("bugbook")
    configuration = Path(config.config_file_path).resolve()
    if (
        config.strict
        or not isinstance(plugin, BugbookPlugin)
        or config.hooks
        or not set(config.plugins) <= set(_PLUGINS)
        or not all(map(_is_known, config.markdown_extensions))
        or _NAMED_CODE.search(configuration.read_text("utf-8"))
    ):
        return None
    docs, records = Path(config.docs_dir).resolve(), plugin.root(config)
    installed = {Path(sysconfig.get_path("purelib")), Path(site.getusersitepackages())}
    theirs = (Path(folder) for folder in config.theme.dirs)
    themes = (path for path in theirs if not installed & {*path.parents})
    return Sources(
        frame=(docs, *themes),
        records=(records / "bugs",),
        commits_of=(records, docs.parent),
    )


def _is_known(extension: str) -> bool:
    of_pymdownx = extension.startswith(_PYMDOWNX) and extension not in _READ_MORE
    return of_pymdownx or extension in _EXTENSIONS
