"""Code with colours for known languages, plain otherwise; colours are classes, never styles.

Pygments is loaded for the first code that gets colours.
"""

from functools import partial
from html import escape

_LANGUAGES = (
    "bash c console cpp csharp css diff docker dockerfile go graphql html http ini java"
    " javascript js json kotlin lua make makefile nginx php powershell properties protobuf"
    " py python ruby rust scala sh shell sql swift terraform toml ts tsx typescript xml"
    " yaml yml"
)


def highlighted(text: str, language: str) -> str:
    """The code as a block of HTML; a language that is not known is shown without colours."""
    name = language.lower()
    colour = partial(_coloured, name) if name in _LANGUAGES.split() else escape
    return f'<div class="highlight"><pre><code>{colour(text)}</code></pre></div>\n'


def _coloured(language: str, text: str) -> str:
    from pygments import highlight
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    return highlight(text, lexer, HtmlFormatter(nowrap=True))
