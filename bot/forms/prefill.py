"""What a form is filled in with: typed words and pairs, and what was entered before; pure."""

from collections.abc import Mapping
from typing import Final

from bot.blocks.text import cut
from bot.forms.catalogue import FORMS
from bot.forms.layout import Form
from bot.forms.quick import typed_by_input

_LONGEST_TITLE: Final = 150


def by_input(form: Form, prefill: Mapping[str, str]) -> dict[str, str]:
    """Typed values under the names of inputs; what has no input is left out."""
    names = {field.name for field in form.all_inputs}
    exact = {key: value for key, value in prefill.items() if key in names}
    pairs = {key: value for key, value in prefill.items() if key not in {*names, "text"}}
    found = dict(exact)
    for key, value in pairs.items():
        found = {**(typed_by_input(form, "", {key: value}) or {}), **found}
    text = "" if "text" in names else " ".join(prefill.get("text", "").split(" ")).strip()
    if text:
        found = {**(typed_by_input(form, text, {}) or {}), **found}
    if form.verb == "report" and len(text) > _LONGEST_TITLE:
        found.setdefault("what_is_broken", text)
        found["title"] = cut(text, _LONGEST_TITLE)
    return found


def typed_over(verb: str, before: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What is typed now over what was entered before.

    Words and short keys name inputs as well as full names do, so they win over their entries.
    """
    named = by_input(FORMS[verb], typed)
    return {**{name: entry for name, entry in before.items() if name not in named}, **typed}
