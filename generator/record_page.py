"""A page that reaches MkDocs ready: its HTML, title and table of contents need no Markdown."""

from html import escape
from typing import TYPE_CHECKING

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.page_models.page import Page, Section

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

_TOP_LEVEL = 2


class RecordPage(MkDocsPage):
    """MkDocs' page around ours; `render` hands over what was made before."""

    def __init__(self, model: Page, html: str, *, file: "File", config: "MkDocsConfig") -> None:
        # A theme writes titles into its pages as they are: to MkDocs they are HTML.
        self.safe_title = escape(model.title)
        super().__init__(self.safe_title, file, config)
        self.model = model
        self.html = html
        self.found_by = f'<h1 id="title">{self.safe_title}</h1><p>{escape(model.summary)}</p>'

    def read_source(self, config: "MkDocsConfig") -> None:
        """Skip MkDocs' own reading: there is no Markdown, and no front matter to trust."""
        del config
        self.markdown = ""
        hidden = [] if self.model.kind == "reference" else ["navigation"]
        self.meta = {"title": self.safe_title, "hide": hidden}

    def render(self, config: "MkDocsConfig", files: "Files") -> None:
        """Give MkDocs the content and its headings."""
        del config, files
        self.content = self.html
        parts = (*self.model.glance, *self.model.sections)
        self.toc = TableOfContents([_heading(part, _TOP_LEVEL) for part in parts])
        self.present_anchor_ids = {anchor for part in parts for anchor in _anchors(part)}


def _heading(part: Section, level: int) -> AnchorLink:
    link = AnchorLink(escape(part.heading), part.anchor, level)
    link.children = [_heading(inner, level + 1) for inner in part.sections]
    return link


def _anchors(part: Section) -> list[str]:
    return [part.anchor, *(anchor for inner in part.sections for anchor in _anchors(inner))]
