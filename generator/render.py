"""The only module that knows Jinja: page models in, HTML out."""

import traceback
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.highlight import highlighted
from generator.inline_html import BADGES, Link, badge_html, cell_html, escaped
from generator.markdown import Markdown
from generator.page_models.inline import Cell
from generator.page_models.page import Block, Page, Section

_TEMPLATES = Path(__file__).parent / "templates"
_TOP = 2
"""The level of the headings below the page's own."""


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


class _Code(CodeGenerator):
    """Compiles templates that show their values by `_Environment.shown`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        if frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class _Environment(Environment):
    """Shows values as Jinja does, without making an object of each that says it is escaped."""

    code_generator_class: type[CodeGenerator] = _Code

    @staticmethod
    def shown(value: object) -> str:
        """The value as HTML."""
        if type(value) is str:
            return escaped(value)
        return value if isinstance(value, Markup) else escape(value)


class Renderer:
    """Holds the templates, and the narratives and code that are already rendered."""

    def __init__(self, compiled: Path | None = None) -> None:
        """Keep compiled templates in a folder, where one is given."""
        self._markdown = Markdown()
        self._code: dict[tuple[str, str], Markup] = {}
        self._environment = _Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            bytecode_cache=bytecode_cache(compiled) if compiled else None,
        )
        self._blocks: dict[str, Template] = {}
        self._environment.filters |= {
            "badge": badge_html,
            "badge_class": BADGES.__getitem__,
            "block": self._block,
            "cell": _cell,
            "code": self._highlighted,
            "narrative": self._rendered,
            "section": self._section,
        }

    def html(self, page: Page, link: Link) -> str:
        """The page's content, from its heading to its foot.

        Raises:
            TemplateFault: a template is wrong, or asks for what the page does not have.
        """
        try:
            return self._environment.get_template("page.html.j2").render(page=page, link=link)
        except TemplateError as error:
            raise TemplateFault(page, error) from error

    @pass_context
    def _section(self, context: Context, part: Section, *, card: bool = False) -> Markup:
        """A part of a page; Python and not a macro, which takes twice as long."""
        return Markup(self._nested(part, 2, card=card, link=context["link"]))  # noqa: S704 - escaped

    def _nested(self, part: Section, level: int, link: Link, *, card: bool = False) -> str:
        anchor, heading = escaped(part.anchor), escaped(part.heading)
        labelled = f' aria-labelledby="{anchor}"' if level == _TOP else ""
        kind = ' class="bb-card"' if card else ""
        blocks = "".join([self._shown(block, link) for block in part.blocks])
        inner = "".join([f"\n{self._nested(each, level + 1, link)}" for each in part.sections])
        return (
            f'<section{labelled}{kind}>\n<h{level} id="{anchor}">{heading}'
            f'<a class="headerlink" href="#{anchor}" aria-label="Link to {heading}">¶</a>'
            f"</h{level}>\n{blocks}{inner}\n</section>"
        )

    @pass_context
    def _block(self, context: Context, block: Block) -> Markup:
        return Markup(self._shown(block, context["link"]))  # noqa: S704 - escaped by its template

    def _shown(self, block: Block, link: Link) -> str:
        """What the template of a block makes of it; nothing else of the page is known to it."""
        template = self._blocks.get(block.kind)
        if template is None:
            template = self._environment.get_template(f"blocks/{block.kind}.html.j2")
            self._blocks[block.kind] = template
        values = {"block": block, "link": link}
        context = Context(self._environment, values, template.name, template.blocks)
        return "".join(template.root_render_func(context))

    def _rendered(self, text: str) -> Markup:
        return Markup(self._markdown.html(text))  # noqa: S704 - sanitised

    def _highlighted(self, text: str, language: str) -> Markup:
        found = self._code.get((text, language))
        if found is None:
            found = Markup(highlighted(text, language))  # noqa: S704 - escaped by Pygments
            self._code[text, language] = found
        return found


@pass_context
def _cell(context: Context, content: Cell) -> Markup:
    return cell_html(content, context["link"])


def bytecode_cache(folder: Path) -> FileSystemBytecodeCache:
    """Compiled templates, which take half a second to compile; each is known by its source."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
