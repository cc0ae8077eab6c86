"""The look of the site: templates and assets that come with the product, for every repository."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

THEME: Final = "material"
"""The theme that ours adds to; a site with another one is left alone."""

_THEME_FILE: Final = "mkdocs_theme.yml"
_STYLES: Final = ("tokens", "icons", "theme", "parts", "record", "home", "search", "print")
STYLES: Final = "assets/css/bugbook.css"
_SCRIPTS: Final = ("search", "tables", "markdown", "page")
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
    config.extra_css = [STYLES, *config.extra_css]
    config.extra_javascript = [*map(_script, _SCRIPTS), *config.extra_javascript]


def add_assets(files: Files, config: MkDocsConfig) -> None:
    """Add every asset that the site does not bring itself."""
    if config.theme.name != THEME:
        return
    files.append(File.generated(config, STYLES, content=styles()))
    for path in asset_paths():
        if files.get_file_from_path(path) is None:
            source = str(_assets().parent)
            files.append(File(path, source, config.site_dir, config.use_directory_urls))


def styles() -> str:
    """Our style sheets in one: a browser waits for each file before it shows anything."""
    folder = _assets() / "css"
    return "\n".join((folder / f"{name}.css").read_text("utf-8") for name in _STYLES)


def asset_paths() -> Iterator[str]:
    """The addresses of the assets, as pages name them: `assets/css/theme.css`."""
    folder = _assets()
    for pattern in _ASSETS:
        for path in sorted(folder.glob(pattern)):
            yield path.relative_to(folder.parent).as_posix()


def asset_source(path: str) -> Path:
    """Where the asset of an address is on this machine."""
    return _assets().parent / path


def _script(name: str) -> ExtraScriptValue:
    script = ExtraScriptValue(f"assets/js/{name}.js")
    script.defer = True
    return script


def _overrides() -> Path:
    """The templates: inside the installed package, or beside it in a clone."""
    packaged = _PACKAGED / "overrides"
    return packaged if packaged.is_dir() else _SOURCES / "overrides"


def _assets() -> Path:
    packaged = _PACKAGED / "assets"
    return packaged if packaged.is_dir() else _SOURCES / "docs" / "assets"
