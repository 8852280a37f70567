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
    name("w:bCs"): "bold of others",
    name("w:iCs"): "italic of others",
    name("w:strike"): "strike",
    name("w:dstrike"): "strike twice",
    name("w:vanish"): "hidden",
}
"""Toggle properties: set in two kinds of styles, they cancel each other out (17.7.3)."""
_TURNED = name("w:rtl")
_OTHERS = name("w:cs")
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
_LANGUAGE_OTHERS = name("w:bidi")
_LANGUAGE_OF_THE_EAST = name("w:eastAsia")
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
        if switch := _SWITCHES.get(tag):
            look[switch] = is_on(one)
        elif tag in (_TURNED, _OTHERS):
            look["turned" if tag == _TURNED else "others"] = is_on(one)
        elif tag == _LANGUAGE:
            _languages(look, one)
        elif known := _VALUES.get(tag):
            key, attribute = known
            said = one.get(attribute)
            if key == "font":
                said = next((one.get(kind) for kind in _FONTS if one.get(kind)), None)
            if said is not None:
                look[key] = said
    return look


def _languages(look: dict[str, str | bool], element: Element) -> None:
    if said := element.get(_VAL):
        look["language"] = said
    if said := element.get(_LANGUAGE_OTHERS):
        look["language of others"] = said
    if said := element.get(_LANGUAGE_OF_THE_EAST):
        look["language of the East"] = said


def shown(defaults: Look, styles: Iterable[Look], direct: Look) -> dict[str, str | bool]:
    """Combine the defaults, one style of each kind, and direct formatting."""
    look = dict(defaults)
    for style in styles:
        for key, said in style.items():
            if key in TOGGLES and key not in defaults:
                look[key] = bool(look.get(key)) ^ bool(said)
            else:
                look[key] = said if key not in TOGGLES else bool(look.get(key)) or bool(said)
    look.update(direct)
    return look


def marks(look: Look) -> frozenset[Mark]:
    """Convert formatting to the marks of the intermediate form."""
    others = look.get("turned") or look.get("others")
    found: set[Mark] = set()
    if look.get("bold of others" if others else "bold"):
        found.add("strong")
    if look.get("italic of others" if others else "italic"):
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
