"""More than five hundred texts that somebody could write into a record to do harm."""

from itertools import chain, product

HIT = "window.__hit=1"
"""What every script among them would do, beside opening a dialog."""

_SCRIPT = (
    f"<script>{HIT};alert(1)</script>",
    f"<ScRiPt>{HIT}</sCrIpT >",
    f"</script><script>{HIT}</script>",
    f"</title></style></textarea></noscript><script>{HIT}</script>",
    f"<scr<script>ipt>{HIT}</scr</script>ipt>",
    f"<script src=//elsewhere.example/x.js></script><script>{HIT}//",
    f"<img src=x onerror={HIT}>",
    f"<img/src=x/onerror={HIT}>",
    f'<IMG """><SCRIPT>{HIT}</SCRIPT>">',
    f"<body onload={HIT}>",
    f"<input autofocus onfocus={HIT}>",
    f"<details open ontoggle={HIT}>x</details>",
    f"<video><source onerror={HIT}></video>",
    f"<marquee onstart={HIT}>x</marquee>",
    f"<a href='#' onmouseover={HIT} autofocus tabindex=0 onfocus={HIT}>x</a>",
    f'"><img src=x onerror={HIT}>',
    f"' onfocus={HIT} autofocus x='",
    f'" style="animation-name:x" onanimationstart="{HIT}',
    f"`><img src=x onerror={HIT}>`",
    f"<!--><img src=x onerror={HIT}>-->",
    f"<![CDATA[<img src=x onerror={HIT}>]]>",
    f"<?xml version='1.0'?><script>{HIT}</script>",
    f"&lt;script&gt;{HIT}&lt;/script&gt;",
    f"&#60;script&#62;{HIT}&#60;/script&#62;",
    f"\\u003cscript\\u003e{HIT}\\u003c/script\\u003e",
    f"%3Cscript%3E{HIT}%3C/script%3E",
    f"+ADw-script+AD4-{HIT}+ADw-/script+AD4-",
)
_MARKUP = (
    "<iframe src=https://elsewhere.example></iframe>",
    f"<iframe srcdoc='<script>parent.{HIT}</script>'></iframe>",
    "<object data=//elsewhere.example/x.swf></object>",
    "<embed src=//elsewhere.example/x.svg>",
    "<link rel=stylesheet href=//elsewhere.example/x.css>",
    "<style>@import url(//elsewhere.example/x.css);body{display:none}</style>",
    "<base href=//elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example'>",
    f"<form action=javascript:{HIT}><button autofocus>x</button></form>",
    "<div style='position:fixed;inset:0;background:url(//elsewhere.example/x.png)'>x</div>",
    "<table><tr><td></table></div></section></article></main></body></html>",
    "<div><div><div><p><b><i><a href=x><ul><li><pre><code>",
    "<plaintext>",
    "<textarea>",
    "<template><p>x</template>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={HIT}>",
    f"<noscript><p title='</noscript><img src=x onerror={HIT}>'>",
    "<p hidden markdown=1 id=__search class=md-search data-md-component=search>x</p>",
    "<script type=text/template id=__config>{}</script>",
)
_SVG = (
    f"<svg onload={HIT}>",
    f"<svg><script>{HIT}</script></svg>",
    f"<svg><animate onbegin={HIT} attributeName=x dur=1s>",
    f"<svg><a xlink:href=javascript:{HIT}><text y=9>x</text></a></svg>",
    "<svg><image href=//elsewhere.example/x.png></svg>",
    "<svg><use href=//elsewhere.example/x.svg#x></svg>",
    f"<svg><foreignObject><img src=x onerror={HIT}></foreignObject></svg>",
    f"![x](data:image/svg+xml,<svg/onload={HIT}>)",
)
_LINKS = (
    f"[x](javascript:{HIT})",
    f"[x](JaVaScRiPt:{HIT})",
    f"[x](java&#115;cript:{HIT})",
    f"[x](java\tscript:{HIT})",
    f"[x](&#x6A;avascript:{HIT})",
    f"[x](vbscript:{HIT})",
    f"[x](data:text/html,<script>{HIT}</script>)",
    "[x](file:///etc/passwd)",
    "[x](//elsewhere.example/x)",
    f"<javascript:{HIT}>",
    f'[x](https://example.com "t" onmouseover={HIT})',
    f"[x][ref]\n\n[ref]: javascript:{HIT}",
    "![x](https://elsewhere.example/x.png)",
    "![x](//elsewhere.example/x.png 'title')",
    "![x][pic]\n\n[pic]: https://elsewhere.example/x.png",
    "[![x](https://elsewhere.example/x.png)](https://elsewhere.example)",
    f"https://example.com/'onmouseover={HIT}//",
    f"javascript:{HIT}//https://example.com",
    "[x](../../../../etc/passwd) [y](#__search) [z](?q=x)",
    "www.elsewhere.example mailto:x@elsewhere.example x@elsewhere.example",
    "[[wiki]] [[../secret|x]] [^1]\n\n[^1]: note",
)
_TEMPLATES = (
    "{{ config }} {{ 7 * 7 }} {{ self.__class__.__mro__ }}",
    "{% raw %}{{ x }}{% endraw %} {% include '/etc/passwd' %} {# x #}",
    "{% for x in range(10**9) %}x{% endfor %}",
    "${7*7} #{7*7} <%= 7*7 %> {{{x}}} @{x} *{x} [=7*7]",
    "{{ macros_info() }} {{ pagetree }} {! x.md !} !ENV PATH !!python/name:os.system",
    "%s %(x)s {0} {x!r} $x ${x:-y} `id` $(id)",
)
_EXTENSIONS = (
    f"text {{: onclick={HIT} style=color:red .md-search #__search }}",
    f"# Heading {{ onclick={HIT} }}",
    f"![x](x.png){{ onerror={HIT} }} [x](y){{ href=javascript:{HIT} }}",
    '--8<-- "mkdocs.yml"',
    '--8<-- "https://elsewhere.example/x.md"',
    "--8<--\nmkdocs.yml\n--8<--",
    '-8<- "bugs/policy.yaml"\n;--8<-- "x"',
    f'```mermaid\ngraph TD\nA-->B\nclick A "javascript:{HIT}"\n```',
    f'```html {{ .x onclick={HIT} title="<script>{HIT}</script>" }}\nx\n```',
    "~~~ { .python hl_lines='1' }\nx\n~~~",
    '``` yaml title="</code></pre>"\nx: 1\n```',
    '!!! danger "Title"\n    text\n\n??? note\n    text',
    '=== "Tab"\n    text\n\n/// details | x\n    open: true\nx\n///',
    f"<div markdown=1 onclick={HIT}>\n*x*\n</div>",
    "[TOC]\n\n[toc]",
    f"*[HTML]: <script>{HIT}</script>\n\nHTML",
    ":smile: :octicons-alert-16: :material-skull:{ .x } :fontawesome-brands-x:",
    "$$\\require{html}\\href{javascript:window.__hit=1}{x}$$ \\(x\\) \\[y\\] $z$",
    "\\begin{align}\\unicode{x}\\end{align} $\\def\\x{\\x\\x}\\x$",
    "++ctrl+alt+del++ ==mark== ^^ins^^ ~~del~~ H~2~O {--del--}{++ins++}{>>note<<}",
    "- [ ] task\n- [x] done\n\nTerm\n:   meaning",
    "---\ntitle: other\ntemplate: 404.html\nhide: [toc]\n---",
    "| a | b |\n|---|---|\n| c <br> | `|` |",
    "    indented\n\n\n<div>\n\n    code\n\n</div>\n\n- x\n\n    y",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03 \x02amp\x03",
    "<!-- more -->\n<!-- prettier-ignore -->",
)
_TEXT = (
    "\u202eevil\u202c \u2066x\u2069 \u200f\u0645\u0631\u062d\u200e \u05e9\u05dc\u05d5",
    "Z\u0351\u036b\u0343a\u0363\u0340l\u0356g\u0321o\u0322" + "\u0489\u0301\u0302\u0303" * 20,
    "\u200b\u200c\u200d\ufeff\u00ad\u2060",
    "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪" * 20,
    "﷽" * 30,
    "W" * 500,
    "wide" * 60 + "/" + "path" * 60,
    "一二三四五六七八九十" * 40,
    "a\u0300" * 200,
    "x" + "\u00a0" * 100 + "y",
    "\ud7ff\ue000\ufffd\U0010fffd",
    "null undefined NaN true [object Object] -1 1e309 0x00",
    "' OR 1=1; DROP TABLE bugs;-- \" ) UNION SELECT *",
    "__proto__ constructor prototype toString hasOwnProperty",
)
_PATHS = (
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "file:///etc/passwd",
    "~/.ssh/id_rsa",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "CON NUL aux.txt .. . index.md .git/config",
    "--upload-pack=touch /tmp/x -oProxyCommand=x",
    "bugs/000/BUG-0001.yaml#L1 ?q=<x>&y='z'",
    'a/b\\c:d*e?f"g<h>i|j',
)
_FRAMES = (
    "{}",
    "\"'>{}<'\"",
    "First.\n\n    {}\n\nLast `{}` **{}**.",
    "- {}\n\n```\n{}\n```\n\n> {}",
)


def _framed(frame: str, text: str) -> str:
    return frame.replace("{}", text)


_ALL = (_SCRIPT, _MARKUP, _SVG, _LINKS, _TEMPLATES, _EXTENSIONS, _TEXT, _PATHS)
HOSTILE = tuple(_framed(frame, text) for frame, text in product(_FRAMES, chain(*_ALL)))
"""Every text by itself, breaking out of an attribute, and among Markdown."""
