"""Text can be read on the grounds it stands on, in light and in dark (WCAG 2.2, 1.4.3)."""

import re

import pytest

from tests.guards import REPOSITORY

_TOKENS = (REPOSITORY / "site" / "docs" / "assets" / "css" / "tokens.css").read_text("utf-8")
_HUES = ("red", "orange", "yellow", "green", "teal", "blue", "violet", "grey")
_CODE = ("comment", "keyword", "string", "number", "function", "name")
PAIRS = (
    *((text, ground) for text in ("ink", "ink-soft") for ground in ("paper", "surface", "sunk")),
    *((f"{hue}", f"{hue}-soft") for hue in _HUES),
    *((f"code-{kind}", "code-ground") for kind in _CODE),
    ("code", "code-ground"),
    ("ink", "orange-soft"),
    ("ink", "accent-soft"),
    ("ink-soft", "accent-soft"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent", "sunk"),
    ("accent-strong", "surface"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-alarm", "alarm"),
    ("red", "surface"),
    ("green", "code-ground"),
    ("red", "code-ground"),
    ("ink", "code-mark"),
)


def _schemes() -> dict[str, dict[str, str]]:
    light, dark = re.split(r"@media screen", _TOKENS, maxsplit=1)
    pattern = r"--bb-([a-z-]+): #([0-9a-f]{6});"
    return {"light": dict(re.findall(pattern, light)), "dark": dict(re.findall(pattern, dark))}


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(scheme: str) -> None:
    colours = _schemes()[scheme]
    weak = {
        f"{text} on {ground}": round(ratio, 2)
        for text, ground in PAIRS
        if (ratio := _contrast(colours[text], colours[ground])) < 4.5
    }
    assert weak == {}


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert round(_contrast("000000", "ffffff"), 1) == 21.0


def test_both_schemes_name_the_same_colours() -> None:
    schemes = _schemes()
    assert schemes["light"].keys() == schemes["dark"].keys()
