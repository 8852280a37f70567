"""Colours of a theme: contrast as WCAG 2.2 counts it, shades that pass, and what follows of them.

A colour is text: ``#`` and six hexadecimal digits.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass

TEXT = 4.5
"""The least contrast of text (WCAG 1.4.3); borders and focus rings need less (1.4.11, 3:1)."""
_STEPS = 200
"""How finely shades are told apart between a colour and white or black."""
_TINT = 0.1
"""How much of the accent the background of a callout has."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The light or the dark looks, as ``templates/css/tokens.css`` has them.

    ``surfaces`` are the backgrounds on which a link or a border in the accent may stand, by the
    names of their custom properties; ``ink`` is the text of a button in the accent. ``towards`` is
    the lightness that makes a colour stand out better: 1 for white, 0 for black.
    """

    surfaces: Mapping[str, str]
    ink: str
    towards: int


LIGHT = Scheme(
    {
        "paper": "#fbfaf7",
        "raised": "#ffffff",
        "note": "#fdf3dc",
        "right-soft": "#e6f3ea",
        "almost-soft": "#fbeee0",
    },
    ink="#ffffff",
    towards=0,
)
DARK = Scheme(
    {
        "paper": "#12191e",
        "raised": "#1a242b",
        "note": "#2f2716",
        "right-soft": "#14301f",
        "almost-soft": "#33230f",
    },
    ink="#12191e",
    towards=1,
)


def contrast(colour: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def weakest(accent: str, scheme: Scheme) -> tuple[float, str]:
    """The least contrast that an accent has in a scheme, and the name of that background."""
    surfaces = {**scheme.surfaces, "accent-soft": _tint(accent, scheme)}
    return min((contrast(accent, surface), name) for name, surface in surfaces.items())


def nearest(accent: str, scheme: Scheme) -> str:
    """The shade nearest to an accent that can be read in a scheme: itself, if it can be."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(accent))
    shade = accent.lower()
    for step in range(1, _STEPS + 1):
        if weakest(shade, scheme)[0] >= TEXT:
            break
        moved = lightness + (scheme.towards - lightness) * step / _STEPS
        shade = _colour(colorsys.hls_to_rgb(hue, moved, saturation))
    return shade


DARK_FOCUS = "#ffd45e"
"""The focus ring of tokens.css in the dark."""


def tokens(accent: str, scheme: Scheme) -> Mapping[str, str]:
    """The custom properties of the styles that follow from an accent in a scheme."""
    looks = {
        "accent": accent,
        "accent-ink": scheme.ink,
        "accent-soft": _tint(accent, scheme),
        "link": accent,
    }
    # In the dark the focus ring keeps its yellow, said again: the light one, which applies in both
    # schemes, comes after tokens.css.
    return looks | {"focus": DARK_FOCUS if scheme is DARK else accent}


def _tint(accent: str, scheme: Scheme) -> str:
    pairs = zip(_parts(accent), _parts(scheme.surfaces["raised"]), strict=True)
    return _colour(tuple(_TINT * own + (1 - _TINT) * below for own, below in pairs))


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
