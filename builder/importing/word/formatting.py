"""Computes a run's formatting from its properties and styles (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from builder.importing.document.form import Mark
from builder.importing.word.names import Element, is_on, name

Look = Mapping[str, str | bool]
"""Formatting properties by the names used here; properties that are not set are missing."""

_SWITCHES = {
    name("w:b"): "bold",
    name("w:i"): "italic",
    name("w:bCs"): "complex bold",
    name("w:iCs"): "complex italic",
    name("w:strike"): "strike",
    name("w:dstrike"): "strike twice",
    name("w:vanish"): "hidden",
}
"""Toggle properties: set in two kinds of styles, they cancel each other out (17.7.3)."""
_RIGHT_TO_LEFT = name("w:rtl")
_COMPLEX_SCRIPT = name("w:cs")
_VALUES = {
    name("w:u"): ("underline", name("w:val")),
    name("w:highlight"): ("highlight", name("w:val")),
    name("w:shd"): ("shading", name("w:fill")),
    name("w:color"): ("colour", name("w:val")),
    name("w:vertAlign"): ("shift", name("w:val")),
    name("w:rFonts"): ("font", name("w:ascii")),
    name("w:rStyle"): ("style", name("w:val")),
}
_LANGUAGE = name("w:lang")
_COMPLEX_LANGUAGE = name("w:bidi")
_EAST_ASIAN_LANGUAGE = name("w:eastAsia")
_VAL = name("w:val")
_FONTS = tuple(name(f"w:{one}") for one in ("ascii", "hAnsi", "cs", "eastAsia"))

TOGGLES = frozenset(_SWITCHES.values())
_FIXED_WIDTH = re.compile(
    r"courier|consolas|lucida console|menlo|monaco|monospace|\bmono\b|source code|andale"
)
_NO_FILL = ("", "auto", "ffffff", "none", "clear")
_PLAIN = re.compile(r"[0-9a-f]{6}")
_GREY = 40
"""Maximum difference between red, green and blue of a colour that counts as grey."""


def read(properties: Element | None) -> dict[str, str | bool]:
    """Parse a ``w:rPr``."""
    look: dict[str, str | bool] = {}
    for one in properties if properties is not None else ():
        tag = str(one.tag)
        if toggle := _SWITCHES.get(tag):
            look[toggle] = is_on(one)
        elif tag in (_RIGHT_TO_LEFT, _COMPLEX_SCRIPT):
            look["right to left" if tag == _RIGHT_TO_LEFT else "complex script"] = is_on(one)
        elif tag == _LANGUAGE:
            _languages(look, one)
        elif known := _VALUES.get(tag):
            key, attribute = known
            written = one.get(attribute)
            if key == "font":
                written = next((one.get(kind) for kind in _FONTS if one.get(kind)), None)
            if written is not None:
                look[key] = written
    return look


def _languages(look: dict[str, str | bool], element: Element) -> None:
    if tag := element.get(_VAL):
        look["language"] = tag
    if tag := element.get(_COMPLEX_LANGUAGE):
        look["complex language"] = tag
    if tag := element.get(_EAST_ASIAN_LANGUAGE):
        look["east Asian language"] = tag


def combine(defaults: Look, styles: Iterable[Look], direct: Look) -> dict[str, str | bool]:
    """Combine the defaults, one style of each kind, and direct formatting."""
    look = dict(defaults)
    for style in styles:
        for key, value in style.items():
            if key in TOGGLES and key not in defaults:
                look[key] = bool(look.get(key)) ^ bool(value)
            else:
                look[key] = value if key not in TOGGLES else bool(look.get(key)) or bool(value)
    look.update(direct)
    return look


def marks(look: Look) -> frozenset[Mark]:
    """Convert formatting to the marks of the intermediate form."""
    is_complex = look.get("right to left") or look.get("complex script")
    found: set[Mark] = set()
    if look.get("complex bold" if is_complex else "bold"):
        found.add("strong")
    if look.get("complex italic" if is_complex else "italic"):
        found.add("emphasis")
    if look.get("strike") or look.get("strike twice"):
        found.add("strike")
    if str(look.get("underline", "none")).lower() != "none":
        found.add("underline")
    if _is_highlighted(look):
        found.add("highlight")
    if _is_coloured(str(look.get("colour", "")).lower()):
        found.add("colour")
    if look.get("shift") == "superscript":
        found.add("super")
    if look.get("shift") == "subscript":
        found.add("sub")
    if _FIXED_WIDTH.search(str(look.get("font", "")).lower()):
        found.add("code")
    return frozenset(found)


def _is_highlighted(look: Look) -> bool:
    pen = str(look.get("highlight", "none")).lower()
    if "highlight" in look and pen not in ("none", "white"):
        return True
    fill = str(look.get("shading", "")).lower()
    return fill not in _NO_FILL and _is_coloured(fill)


def _is_coloured(colour: str) -> bool:
    """Whether a hex colour is not a grey; greys are design, not emphasis."""
    if not _PLAIN.fullmatch(colour):
        return False
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) > _GREY
