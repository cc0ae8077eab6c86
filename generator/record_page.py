"""A page that reaches MkDocs ready: its HTML, title and table of contents need no Markdown."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.built import BuiltPage, description
from generator.page_models.outline import Heading

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

_TOP_LEVEL: Final = 2


class RecordPage(MkDocsPage):
    """MkDocs' page around ours; `render` hands over what was made before."""

    def __init__(self, made: BuiltPage, *, file: "File", config: "MkDocsConfig") -> None:
        # A theme writes titles into its pages as they are: to MkDocs they are HTML.
        self.safe_title = escape(made.title)
        super().__init__(self.safe_title, file, config)
        self.made = made
        self.found_by = f'<h1 id="title">{self.safe_title}</h1><p>{escape(made.summary)}</p>'

    @property
    def html(self) -> str:
        """Its content."""
        return self.made.html

    def read_source(self, config: "MkDocsConfig") -> None:
        """Skip MkDocs' own reading: there is no Markdown, and no front matter to trust."""
        del config
        self.markdown = ""
        self.meta = {
            "title": self.safe_title,
            "description": description(self.made.summary),
            "hide": self.made.hidden,
        }
        if self.made.moved_to:
            self.meta["moved_to"] = escape(self.made.moved_to)

    def render(self, config: "MkDocsConfig", files: "Files") -> None:
        """Give MkDocs the content and its headings."""
        del config, files
        self.content = self.html
        self.toc = TableOfContents(anchor_links(self.made.headings))
        self.present_anchor_ids = set(_anchors(self.made.headings))


def anchor_links(headings: tuple[Heading, ...], level: int = _TOP_LEVEL) -> list[AnchorLink]:
    """The headings as MkDocs knows them."""
    links = []
    for heading in headings:
        link = AnchorLink(escape(heading.text), heading.anchor, level)
        link.children = anchor_links(heading.children, level + 1)
        links.append(link)
    return links


def _anchors(headings: tuple[Heading, ...]) -> Iterator[str]:
    for heading in headings:
        yield heading.anchor
        yield from _anchors(heading.children)
