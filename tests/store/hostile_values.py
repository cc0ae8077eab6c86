"""Texts and values on which YAML readers and writers are known to disagree or to break."""

from hypothesis import strategies as st

from tracker.model.text import normalise

HOSTILE_TEXTS = (
    *("", " ", "\n", "\n\n", " \n ", "\t", "\ta\nb", "a\n\tb\n", "  lead\nb\n", "\n  a", "a\n\n\n"),
    *("a  \nb  ", "a\n   \nb", "a\n  ", "trail ", " lead", "a\n\n b\n\n", "---", "--- a\n...\n"),
    *("no", "No", "yes", "on", "off", "y", "N", "true", "False", "null", "NULL", "~", "None"),
    *("1", "-1", "+1", "0", "007", "0o17", "0x1F", "0b1", "1_000", "1e3", "1E-3", ".5", "5.", "1."),
    *("1.5", "-.inf", ".nan", ".NaN", "12:30", "12:30:45", "190:20:30", "2026-11-21", "1e999"),
    *("2026-11-21T10:00:00Z", "2026-11-21 10:00:00", "2001-1-1", "=", "<<", "1234567e8"),
    *("a: b", "a:", ":", ": a", "a :b", "a #b", "# a", "#", "a#b", "- a", "-", "?", "? a", "a,b"),
    *("[a]", "{a: b}", "]", "}", ",", "&a", "*a", "!a", "!!str a", "|", ">", "%a", "@a", "`a`"),
    *("'", '"', "'a'", '"a"', "it's", 'say "hi"', "a'b\"c", "\\", "\\n", "C:\\temp\\new", "a\\"),
    *(
        "é",
        "日本語",
        "😀",
        "👩\u200d💻",
        "\u00a0",
        "a\u00a0b",
        "\u200b",
        "\u00ad",
        "\u3000x",
        "\ue000",
    ),
    *(
        "{{ x }}",
        "{% raw %}",
        "${HOME}",
        "$(id)",
        "<script>",
        "](javascript:1)",
        "../../etc/passwd",
    ),
    *("-o ProxyCommand", "--exec=x", "BUG-0042", "1.2.3", "50% of users", "a: |\n  b\n# c\nd: e\n"),
    *("x" * 3_000, "word " * 600, "line\n" * 300, "key: value\n- item\n# comment\n"),
)

# What normalising must deal with; never seen by the writer as it is.
RAW_TEXTS = (
    *("\x00", "a\x00b", "\x07", "\x0b", "\x0c", "\x1b[31mred\x1b[0m", "\x7f", "\x80", "\x9f"),
    *(
        "\x85",
        "a\x85b",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufeffa",
        "a\ufeffb",
        "\r",
        "\r\n",
        "a\rb\r\n",
    ),
    *("\u202e", "\u2066a\u2069", "\u200e", "\u200f", "\u061c", "\ud800", "\udfff", "\ud83d"),
    *("\ufffe", "\uffff", "\ufdd0"),
)

raw_texts = st.one_of(
    st.sampled_from(HOSTILE_TEXTS + RAW_TEXTS),
    st.text(max_size=30),
    st.text(st.sampled_from("ab01.:-#'\"\\|> \n\t[]{},&*!%@`~=?<"), max_size=20),
    st.text(st.characters(exclude_categories=()), max_size=10),
)
texts = raw_texts.map(normalise)
keys = st.one_of(
    st.sampled_from(("id", "title", "no", "1", "null", "a b", "x-note", "a: b", "#", "é", "")),
    st.text(st.sampled_from("abcxyz_-. :#'\"1"), max_size=6),
)
scalars = st.one_of(
    texts,
    st.booleans(),
    st.none(),
    st.integers(min_value=-(2**63), max_value=2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=10,
)
records = st.dictionaries(keys, values, min_size=1, max_size=5)
