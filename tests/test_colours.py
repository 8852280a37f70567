"""Contrast as WCAG counts it, and shades that can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import colours
from builder.course.colours import (
    DARK,
    LIGHT,
    TEXT,
    Scheme,
    contrast,
    lowest_contrast,
    nearest_readable,
    tokens,
)
from builder.course.validate import schemas

CSS = Path(__file__).parent.parent / "templates" / "css"
TOKENS = CSS / "tokens.css"
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The two greys between which WCAG's limit for text on white lies.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.0),
        ("#00ff00", "#ffffff", 1.37),
        # Below 0.04045 a part of a colour counts in another way.
        ("#0a0a0a", "#000000", 1.06),
    ],
)
def test_the_contrast_of_two_colours_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


def test_a_shade_that_can_be_read_stays() -> None:
    assert nearest_readable("#0b5d6b", LIGHT) == "#0b5d6b"
    assert nearest_readable("#7fcbd6", DARK) == "#7fcbd6"


def test_a_shade_keeps_the_hue_of_the_brand() -> None:
    assert nearest_readable("#ffcc00", LIGHT) == "#836900"
    assert nearest_readable("#8a1c5b", DARK) == "#e16caf"


def tokens_of(scheme: Scheme) -> dict[str, str]:
    """The colours of tokens.css, and of what judges an answer, by name."""
    found: dict[str, str] = {}
    for name in ("tokens.css", "verdicts.css"):
        light, _, dark = (CSS / name).read_text("utf-8").partition("@media screen")
        side = dark if scheme is DARK else light
        found |= re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", side)
    return found


@pytest.mark.whole
@SCHEMES
@given(accent=COLOURS)
def test_the_nearest_shade_can_be_read_wherever_it_stands(scheme: Scheme, accent: str) -> None:
    shade = nearest_readable(accent, scheme)
    assert lowest_contrast(shade, scheme)[0] >= TEXT
    assert nearest_readable(shade, scheme) == shade
    looks = tokens(shade, scheme)
    assert contrast(looks["accent"], looks["accent-ink"]) >= TEXT
    assert contrast(looks["link"], looks["accent-soft"]) >= TEXT


@SCHEMES
def test_the_backgrounds_are_those_of_the_styles(scheme: Scheme) -> None:
    written = tokens_of(scheme)
    assert {name: written[name] for name in scheme.surfaces} == scheme.surfaces
    assert lowest_contrast(written["accent"], scheme)[0] >= TEXT
    assert lowest_contrast(written["link"], scheme)[0] >= TEXT
    for name in ("ink", "ink-soft"):
        for surface in (*scheme.surfaces.values(), written["accent-soft"]):
            assert colours.contrast(written[name], surface) >= TEXT


@SCHEMES
def test_borders_and_focus_rings_stand_out(scheme: Scheme) -> None:
    """WCAG 1.4.11: 3:1."""
    written = tokens_of(scheme)
    for name in ("edge", "focus", "right", "partly", "wrong", "alert", "note-edge"):
        for surface in (scheme.surfaces["paper"], scheme.surfaces["raised"]):
            assert contrast(written[name], surface) >= 3, (name, surface)


def test_theme_keeps_focus_colour_of_dark_mode() -> None:
    written = re.findall(r"--focus: (#[0-9a-f]{6});", TOKENS.read_text("utf-8"))
    assert tokens("#12ab5d", DARK)["focus"] == written[1]


@SCHEMES
@pytest.mark.parametrize("name", colours.PRESETS)
def test_every_preset_can_be_read_in_both_schemes(name: str, scheme: Scheme) -> None:
    looks = colours.PRESETS[name][scheme is DARK]
    grounds = looks.scheme(scheme)
    assert lowest_contrast(looks.accent, grounds)[0] >= TEXT
    written = tokens_of(scheme)
    for ground in grounds.surfaces.values():
        for ink in ("ink", "ink-soft"):
            assert contrast(written[ink], ground) >= TEXT
    for ground in (looks.paper, looks.raised):
        for edge in ("edge", "focus" if scheme is DARK else "alert"):
            assert contrast(written[edge], ground) >= 3


@pytest.mark.whole
def test_the_presets_are_those_that_an_author_can_write() -> None:
    assert (
        list(colours.PRESETS)
        == schemas.course()["definitions"]["ThemeShape"]["properties"]["preset"]["anyOf"][0]["enum"]
    )
