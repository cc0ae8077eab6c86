"""The look of the site: templates and assets that come with the product, for every repository."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

THEME: Final = "material"
"""The theme that ours adds to; a site with another one is left alone."""

_THEME_FILE: Final = "mkdocs_theme.yml"
_SHEETS: Final = "assets/stylesheets"
_STYLES: Final = ("tokens", "icons", "theme", "parts", "record", "home", "search", "print")
STYLES: Final = "assets/css/bugbook.css"
_THEIR_STYLES: Final = ("main", "palette")
SCRIPT: Final = "assets/js/bugbook.js"
_SCRIPTS: Final = ("page", "tables", "search", "markdown")
_INLINE: Final = ("boot", "palette")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT: Final = re.compile(r"\n\s*")
_ASSETS: Final = ("css/*.css", "js/*.js", "fonts/*", "*.svg", "card.png")
_PACKAGED: Final = Path(__file__).parent / "theme"
_SOURCES: Final = Path(__file__).parents[1] / "site"


def use_theme(config: MkDocsConfig) -> None:
    """Put our templates before the theme's and our styles before the site's own."""
    if config.theme.name != THEME:
        return
    folders = config.theme.dirs
    theirs = next(n for n, found in enumerate(folders) if (Path(found) / _THEME_FILE).is_file())
    folders.insert(theirs, str(_overrides()))
    config.theme["bb_scripts"] = {name: _inline(name) for name in _INLINE}
    config.extra_css = [STYLES, *config.extra_css]
    script = ExtraScriptValue(SCRIPT)
    script.defer = True
    config.extra_javascript = [script, *config.extra_javascript]


def add_assets(files: Files, config: MkDocsConfig) -> None:
    """Add every asset that the site does not bring itself."""
    if config.theme.name != THEME:
        return
    files.append(File.generated(config, STYLES, content=_their_styles(config) + styles()))
    files.append(File.generated(config, SCRIPT, content=_scripts()))
    for path in asset_paths():
        if files.get_file_from_path(path) is None:
            source = str(_assets().parent)
            files.append(File(path, source, config.site_dir, config.use_directory_urls))


def styles() -> str:
    """Our style sheets in one: a browser waits for each file before it shows anything."""
    folder = _assets() / "css"
    return "\n".join(_small((folder / f"{name}.css").read_text("utf-8")) for name in _STYLES)


def _scripts() -> str:
    """Our scripts in one."""
    folder = _assets() / "js"
    return "\n".join(_small((folder / f"{name}.js").read_text("utf-8")) for name in _SCRIPTS)


def _their_styles(config: MkDocsConfig) -> str:
    """The style sheets of the theme, which stand first in the one that a page names."""
    folder = next(Path(each) for each in config.theme.dirs if (Path(each) / _THEME_FILE).is_file())
    sheets = (next((folder / _SHEETS).glob(f"{name}.*.min.css")) for name in _THEIR_STYLES)
    return "".join(f"{_small(sheet.read_text('utf-8'))}\n" for sheet in sheets)


def asset_paths() -> Iterator[str]:
    """The addresses of the assets, as pages name them: `assets/css/theme.css`."""
    folder = _assets()
    for pattern in _ASSETS:
        for path in sorted(folder.glob(pattern)):
            yield path.relative_to(folder.parent).as_posix()


def asset_source(path: str) -> Path:
    """Where the asset of an address is on this machine."""
    return _assets().parent / path


@dataclass(frozen=True, kw_only=True)
class InlineScript:
    """A script within the page, which the Content-Security-Policy allows by its hash."""

    text: str

    @property
    def source(self) -> str:
        """Its name among the sources of scripts."""
        return f"'sha256-{b64encode(sha256(self.text.encode()).digest()).decode()}'"


def _inline(name: str) -> InlineScript:
    script = _overrides() / "partials" / "javascripts" / f"{name}.js"
    return InlineScript(text=_small(script.read_text("utf-8")))


def _small(text: str) -> str:
    """Without comments and indents."""
    return _INDENT.sub("\n", _COMMENT.sub("", text)).strip()


def _overrides() -> Path:
    """The templates: inside the installed package, or beside it in a clone."""
    packaged = _PACKAGED / "overrides"
    return packaged if packaged.is_dir() else _SOURCES / "overrides"


def _assets() -> Path:
    packaged = _PACKAGED / "assets"
    return packaged if packaged.is_dir() else _SOURCES / "docs" / "assets"
