"""The only module that knows Jinja: page models in, HTML out."""

import traceback
from functools import partial
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup

from generator.highlight import highlighted
from generator.inline_html import BADGES, Link, badge_html, cell_html
from generator.markdown import Markdown
from generator.page_models.page import Page

_TEMPLATES = Path(__file__).parent / "templates"


class TemplateFault(Exception):  # noqa: N818 - the name says what happened
    """A template cannot show a page: which template, where in it, and of which record."""

    def __init__(self, page: Page, error: TemplateError) -> None:
        """Find the place in the template that was reached last."""
        frames = traceback.extract_tb(error.__traceback__)
        places = [
            f"{Path(each.filename).relative_to(_TEMPLATES)}:{each.lineno}"
            for each in frames
            if _TEMPLATES in Path(each.filename).parents
        ]
        if isinstance(error, TemplateSyntaxError):
            places.append(f"{error.name}:{error.lineno}")
        of = page.provenance.record_path if page.provenance else page.path
        where = places[-1] if places else "page.html.j2"
        super().__init__(f"{of}: the template {where} cannot show {page.path}: {error}")


class Renderer:
    """Holds the templates, and the narratives and code that are already rendered."""

    def __init__(self, compiled: Path | None = None) -> None:
        """Keep compiled templates in a folder, where one is given."""
        self._markdown = Markdown()
        self._code: dict[tuple[str, str], Markup] = {}
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            bytecode_cache=bytecode_cache(compiled) if compiled else None,
        )
        self._environment.filters |= {
            "badge_class": BADGES.__getitem__,
            "code": self._highlighted,
            "narrative": self._rendered,
        }

    def html(self, page: Page, link: Link) -> str:
        """The page's content, from its heading to its foot.

        Raises:
            TemplateFault: a template is wrong, or asks for what the page does not have.
        """
        try:
            return self._environment.get_template("page.html.j2").render(
                page=page, link=link, badge=badge_html, cell=partial(cell_html, link=link)
            )
        except TemplateError as error:
            raise TemplateFault(page, error) from error

    def _rendered(self, text: str) -> Markup:
        return Markup(self._markdown.html(text))  # noqa: S704 - sanitised

    def _highlighted(self, text: str, language: str) -> Markup:
        found = self._code.get((text, language))
        if found is None:
            found = Markup(highlighted(text, language))  # noqa: S704 - escaped by Pygments
            self._code[text, language] = found
        return found


def bytecode_cache(folder: Path) -> FileSystemBytecodeCache:
    """Compiled templates, which take half a second to compile; each is known by its source."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
