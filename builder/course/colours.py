"""Theme colours: contrast by WCAG 2.2, the nearest readable shade, and derived colours.

A colour is text: ``#`` and six hexadecimal digits.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import replace

from builder.base.immutable import immutable

TEXT = 4.5
"""Minimum contrast of text (WCAG 1.4.3); borders and focus rings need 3:1 (1.4.11)."""
_SHADE_STEPS = 200
"""Number of steps between a colour and white or black when searching for a shade."""
_TINT_SHARE = 0.1
"""Share of the accent in the background of a callout."""


@immutable
class Scheme:
    """The light or dark colour scheme, as in ``templates/css/tokens.css``.

    ``surfaces`` are the colours of the backgrounds behind links and borders in the accent colour,
    by the name of their custom property. ``ink`` is the colour of text on accent buttons.
    ``towards`` is the lightness that increases contrast: 1 for white, 0 for black.
    """

    surfaces: Mapping[str, str]
    ink: str
    towards: int


LIGHT = Scheme(
    {
        "paper": "#f5f6f3",
        "raised": "#ffffff",
        "note": "#fcf3dd",
        "right-soft": "#e7f4ea",
        "partly-soft": "#fcf3dd",
        "wrong-soft": "#fbece7",
    },
    ink="#ffffff",
    towards=0,
)
DARK = Scheme(
    {
        "paper": "#11191d",
        "raised": "#1a252a",
        "note": "#33280f",
        "right-soft": "#15301f",
        "partly-soft": "#33280f",
        "wrong-soft": "#3a1d17",
    },
    ink="#11191d",
    towards=1,
)


@immutable
class Looks:
    """The colours of a preset in one scheme: of links and buttons (``accent``), pages (``paper``),
    cards (``raised``) and lines."""

    accent: str
    paper: str
    raised: str
    line: str

    def scheme(self, scheme: Scheme) -> Scheme:
        """A copy of a scheme with the backgrounds of this preset."""
        grounds = {"paper": self.paper, "raised": self.raised}
        return replace(scheme, surfaces={**scheme.surfaces, **grounds})

    def tokens(self) -> Mapping[str, str]:
        """The custom properties of the backgrounds and lines; the function ``tokens`` returns those
        of the accent."""
        return {"paper": self.paper, "raised": self.raised, "line": self.line}


PRESETS: Mapping[str, tuple[Looks, Looks]] = {
    "lagoon": (
        Looks("#0b5d6b", "#f5f6f3", "#ffffff", "#d9dfdc"),
        Looks("#7fcbd6", "#11191d", "#1a252a", "#33444b"),
    ),
    "forest": (
        Looks("#1d6238", "#f5f7f2", "#ffffff", "#d9e0d6"),
        Looks("#93d3a6", "#111a15", "#1a261f", "#34473b"),
    ),
    "indigo": (
        Looks("#3a4a9f", "#f5f6fa", "#ffffff", "#dadde9"),
        Looks("#adb9f7", "#13151f", "#1c2030", "#373d55"),
    ),
    "plum": (
        Looks("#7d2a66", "#f9f5f8", "#ffffff", "#e6dae2"),
        Looks("#e8add6", "#1a1318", "#271c24", "#4b3845"),
    ),
    "clay": (
        Looks("#8f3d1b", "#f9f6f2", "#ffffff", "#e6ddd3"),
        Looks("#f2b494", "#1a1411", "#272019", "#4a3e33"),
    ),
    "slate": (
        Looks("#34505f", "#f5f6f7", "#ffffff", "#dadfe2"),
        Looks("#a9c6d4", "#121719", "#1c2326", "#384348"),
    ),
}
"""The presets of a theme by name: their colours in the light and in the dark scheme
(docs/branding.md)."""


def contrast(colour: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lowest_contrast(accent: str, scheme: Scheme) -> tuple[float, str]:
    """The lowest contrast ratio between an accent and the backgrounds of a scheme, and the name of
    the background that has it."""
    surfaces = {**scheme.surfaces, "accent-soft": _tint(accent, scheme)}
    return min((contrast(accent, surface), name) for name, surface in surfaces.items())


def nearest_readable(accent: str, scheme: Scheme) -> str:
    """The shade nearest to an accent that has enough contrast for text on every background of a
    scheme; the accent itself if it has."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(accent))
    shade = accent.lower()
    for step in range(1, _SHADE_STEPS + 1):
        if lowest_contrast(shade, scheme)[0] >= TEXT:
            break
        moved = lightness + (scheme.towards - lightness) * step / _SHADE_STEPS
        shade = _colour(colorsys.hls_to_rgb(hue, moved, saturation))
    return shade


DARK_FOCUS = "#ffd45e"
"""The focus ring's colour in the dark scheme of tokens.css."""


def tokens(accent: str, scheme: Scheme) -> Mapping[str, str]:
    """The custom properties that are derived from an accent in a scheme, by name."""
    looks = {
        "accent": accent,
        "accent-ink": scheme.ink,
        "accent-soft": _tint(accent, scheme),
        "link": accent,
    }
    # The dark scheme repeats its focus colour from tokens.css, since the theme's light colour
    # applies to both schemes and comes later.
    return looks | {"focus": DARK_FOCUS if scheme is DARK else accent}


def _tint(accent: str, scheme: Scheme) -> str:
    pairs = zip(_parts(accent), _parts(scheme.surfaces["raised"]), strict=True)
    return _colour(tuple(_TINT_SHARE * own + (1 - _TINT_SHARE) * below for own, below in pairs))


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _colour(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
