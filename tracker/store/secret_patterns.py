"""Our own patterns for secrets in pasted text, for what the rule set of the scanner leaves out."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

Match = re.Match[str]


@dataclass(frozen=True, kw_only=True)
class Span:
    """Where in a text a secret stands, and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class _Pattern:
    """An expression in linear time; its group `secret` is taken if the judgement agrees."""

    kind: str
    signs: tuple[str, ...]
    """One of them is in every text that has a match: looking for them first is much quicker. They
    are in lower case where the expression takes either."""
    expression: re.Pattern[str]
    judgement: Callable[[Match], bool] = bool

    def may_match(self, text: str, folded: str) -> bool:
        """Whether the expression is worth a try; `folded` is the text without upper case."""
        looked_at = folded if self.expression.flags & re.IGNORECASE else text
        return any(sign in looked_at for sign in self.signs)


_PLACEHOLDER: Final = re.compile(
    r"[\W_]*|x+|(?:[$<{%*\[…].*)|.*(?:\*\*\*|redacted|masked|hidden|placeholder|\byour[_-]).*",
    re.IGNORECASE | re.DOTALL,
)
_NO_SECRET: Final = re.compile(
    r"accepted|bearer|basic|changed|disabled|empty|enabled|expired|failed|false|incorrect|"
    r"invalid|length|mismatch|missing|none|null|optional|pass|password|reset|required|"
    r"revoked|string|token|true|undefined|unset|valid|wrong",
    re.IGNORECASE,
)
_TIMESTAMP: Final = re.compile(r"\d{4}-\d\d-\d\d")
_LETTER: Final = re.compile(r"[A-Za-z]")
_DIGIT_OR_SIGN: Final = re.compile(r"[0-9!@#$^*+~?]")
_CODE: Final = re.compile(r"[A-Za-z_]+(?:(?:\.|::|->)[A-Za-z_]+)+|[a-z]+(?:_[a-z]+)+")
_SHORTEST_MIXED: Final = 6


def _is_mixed(value: str) -> bool:
    """Tell whether it has letters and also digits or signs, as words of a sentence do not."""
    return (
        len(value) >= _SHORTEST_MIXED
        and bool(_LETTER.search(value) and _DIGIT_OR_SIGN.search(value))
        and not _TIMESTAMP.match(value)
        and not _PLACEHOLDER.fullmatch(value)
    )


def _mixed(found: Match) -> bool:
    return _is_mixed(found["secret"])


def _no_placeholder(found: Match) -> bool:
    return not _PLACEHOLDER.fullmatch(found["secret"])


def _assigned(found: Match) -> bool:
    """`password=word` counts; after a colon or blanks a sentence may go on, and words do not."""
    return _is_value(found, words_count=found["operator"] == "=")


def _assigned_in_quotes(found: Match) -> bool:
    return _is_value(found, words_count=" " not in found["secret"])


def _is_value(found: Match, *, words_count: bool) -> bool:
    value, name = found["secret"].rstrip(".:!?"), found["name"].lower()
    follows = found.string[found.end("secret") : found.end("secret") + 1]
    is_call = follows == "(" and value.isidentifier()
    is_working_folder = name == "pwd" and value.startswith(("/", "~", "C:"))
    if is_call or is_working_folder or _CODE.fullmatch(value) or _NO_SECRET.fullmatch(value):
        return False
    if words_count and ("pass" in name or name in {"pwd", "secret"}):
        return not _PLACEHOLDER.fullmatch(value)
    return _is_mixed(value)


def _decodes_to_a_login(found: Match) -> bool:
    try:
        login = base64.b64decode(found["secret"], validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return ":" in login and login.isprintable()


def _pattern(
    kind: str,
    signs: tuple[str, ...],
    expression: str,
    judgement: Callable[[Match], bool] = bool,
    flags: int = 0,
) -> _Pattern:
    compiled = re.compile(expression, flags)
    return _Pattern(kind=kind, signs=signs, expression=compiled, judgement=judgement)


_NAME: Final = (
    r"(?=[PSTCAEpstcae])"  # three times as quick as trying each name at each place
    r"(?<!nexpected )(?<!nvalid )"
    r"(?P<name>password|passwd|passphrase|passcode|pwd|secret|token|credentials?|authorization"
    r"|(?:api|access|account|auth|encryption|private|secret|shared|signing)[_\- ]?key)"
)
_NAME_SIGNS: Final = ("pass", "pwd", "secret", "token", "credential", "authorization", "key")
_QUOTE: Final = r"\\{0,2}[\"'`]"
_PEM: Final = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"

PATTERNS: Final = (
    _pattern(
        "private key",
        ("-----BEGIN",),
        rf"(?P<secret>{_PEM}(?:(?!-----BEGIN)[\s\S])*?-----END [A-Z0-9 ]{{0,40}}PRIVATE KEY"
        rf"(?: BLOCK)?-----|{_PEM}(?:(?:\s|\\n|\\r){{0,4}}[A-Za-z0-9+/=]{{16,}})*)",
    ),
    _pattern("jwt", ("eyJ",), r"\b(?P<secret>eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*){0,3})"),
    _pattern(
        "authorization header",
        ("authorization",),
        rf"authorization(?:{_QUOTE})?\s{{0,3}}[:=]\s{{0,3}}(?:{_QUOTE})?"
        r"(?:bearer|basic|token|apikey|digest|negotiate|ntlm)\s{1,3}(?P<secret>[^\s\"',;\\]{6,})",
        _mixed,
        re.IGNORECASE,
    ),
    _pattern(
        "bearer token",
        ("bearer",),
        r"\bbearer\s{1,3}(?P<secret>[\w.~+/-]{16,}={0,2})",
        _mixed,
        re.IGNORECASE,
    ),
    _pattern(
        "basic login",
        ("basic",),
        r"\bbasic\s{1,3}(?P<secret>[A-Za-z0-9+/]{8,}={0,2})",
        _decodes_to_a_login,
        re.IGNORECASE,
    ),
    _pattern(
        "password",
        ("://",),
        r"(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}://[^\s/:@\"'<>]{0,100}:(?P<secret>[^\s/@\"'<>]{1,200})@",
        _no_placeholder,
        re.IGNORECASE,
    ),
    _pattern(
        "password",
        ("curl",),
        r"\bcurl\b[^\n]{0,300}?\s(?:-u|--user)[ =]{0,2}[\"']?[^\s:\"']{1,100}"
        r":(?P<secret>[^\s\"']{4,})",
        _no_placeholder,
    ),
    _pattern(
        "credential",
        _NAME_SIGNS,
        rf"{_NAME}(?:{_QUOTE})?\]?(?P<operator>\s{{0,3}}(?:=>|:=|==?|:)\s{{0,3}})"
        rf"(?P<quote>{_QUOTE})(?P<secret>[^\"'`\n\\]{{4,200}})",
        _assigned_in_quotes,
        re.IGNORECASE,
    ),
    _pattern(
        "credential",
        _NAME_SIGNS,
        rf"{_NAME}(?:{_QUOTE})?\]?(?P<operator>\s{{0,3}}(?:=>|:=|==?|:)\s{{0,3}})"
        r"(?P<secret>[^\s\"'<>`,;&(){}\[\]|\\]{4,200})",
        _assigned,
        re.IGNORECASE,
    ),
    _pattern(
        "credential",
        ("--",),
        r"--(?P<name>password|passwd|token|secret|api-key)\s{1,3}(?P<secret>[^\s\"']{6,})",
        _mixed,
    ),
    _pattern(
        "aws access key",
        ("AKIA", "ASIA", "ABIA", "ACCA"),
        r"(?<![A-Za-z0-9])(?P<secret>A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16})\b",
    ),
    _pattern(
        "slack token", ("xox", "xapp"), r"\b(?P<secret>(?:xox[a-z]|xapp)(?:\.[a-z]+)?-[\w-]{10,})"
    ),
    _pattern(
        "slack webhook",
        ("hooks.slack.com/",),
        r"(?P<secret>hooks\.slack\.com/(?:services|workflows)/[\w/]{20,})",
    ),
    _pattern(
        "github token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"\b(?P<secret>gh[pousr]_\w{20,}|github_pat_\w{20,})",
    ),
    _pattern(
        "gitlab token",
        ("glpat-", "glptt-", "gldt-", "glrt-", "glcbt-"),
        r"\b(?P<secret>gl(?:pat|ptt|dt|rt|cbt)-[\w-]{20,})",
    ),
    _pattern(
        "google key",
        ("AIza", "GOCSPX-", "ya29."),
        r"\b(?P<secret>AIza[\w-]{35}|GOCSPX-[\w-]{20,}|ya29\.[\w-]{20,})",
    ),
    _pattern(
        "stripe key",
        ("k_live_", "k_test_", "whsec_"),
        r"\b(?P<secret>(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,})",
    ),
    _pattern("api key", ("sk-",), r"\b(?P<secret>sk-(?:proj-|ant-)?[\w-]{20,})", _mixed),
    _pattern("npm token", ("npm_",), r"\b(?P<secret>npm_[A-Za-z0-9]{36})"),
    _pattern("pypi token", ("pypi-AgE",), r"\b(?P<secret>pypi-AgE[\w-]{30,})"),
    _pattern("sendgrid key", ("SG.",), r"\b(?P<secret>SG\.[\w-]{16,}\.[\w-]{16,})"),
    _pattern("twilio key", ("SK",), r"\b(?P<secret>SK[0-9a-f]{32})\b"),
    _pattern("telegram token", (":AA",), r"\b(?P<secret>\d{8,10}:AA[\w-]{33})"),
    _pattern("age key", ("AGE-SECRET-KEY-1",), r"\b(?P<secret>AGE-SECRET-KEY-1[0-9A-Z]{58})"),
)


def find_patterns(text: str) -> Iterator[Span]:
    """Find what our patterns take for secrets; spans may overlap."""
    folded = text.casefold()
    for pattern in PATTERNS:
        if not pattern.may_match(text, folded):
            continue
        for found in pattern.expression.finditer(text):
            if pattern.judgement(found):
                start, end = found.span("secret")
                name = found.groupdict().get("name", pattern.kind).lower()
                yield Span(start=start, end=end, kind=re.sub(r"[_-]", " ", name))
