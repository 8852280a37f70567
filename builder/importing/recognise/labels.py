"""What stands before a question or an option: `3)`, `Q3.`, `b)`, `*(c)`, `☒`, a bullet."""

from __future__ import annotations

import re
from typing import Literal

from builder.base.immutable import immutable
from builder.importing.recognise.words import EVERY, one_of

Style = Literal["number", "letter", "roman", "box", "bullet", "asked"]
"""`asked` is a question's label that may have no number: `Question:`, `Q2`."""

_ARABIC = "أبجدهوزحطي"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@immutable
class Label:
    """`name` is it without its stops, in lower case; `shown` as it stands; `starred` where a sign
    for “right” stands before or behind it or its box is ticked; `width` its characters."""

    style: Style
    name: str
    shown: str
    starred: bool = False
    width: int = 0

    def ordinal(self, style: Style) -> int:
        """Which of its series it is, from 1, read in this style; 0 where it is none of it."""
        if style in ("number", "asked"):
            return int(self.name) if self.name.isdecimal() else 0
        if style == "roman":
            return _ROMAN.index(self.name) + 1 if self.name in _ROMAN else 0
        if style == "letter" and len(self.name) == 1 and self.name.isalpha():
            if self.name in _ARABIC:
                return _ARABIC.index(self.name) + 1
            return ord(self.name) - ord("a") + 1 if self.name.isascii() else 0
        return 1 if style == self.style else 0


STAR = r"[*✓✔√]"
_SIGN = rf"(?P<sign>(?:{STAR}|\+)\s*)?"
_BEHIND = rf"(?P<behind>\s*{STAR})?"
_NUMBER = re.compile(
    rf"\s*{_SIGN}(?:\((?P<in>\d{{1,3}})\)|(?P<out>\d{{1,3}})"
    rf"(?:\)|[.:\]](?=\s|$)|\s[-–](?=\s)|\.[)\-])){_BEHIND}(?:\s+|$|(?<=\)))"
)
_ASKED = re.compile(
    rf"\s*(?:{one_of(EVERY.question)})\s*(?:n[o°º]\.?\s*)?"
    r"(?:(?P<number>\d{1,3})\s*(?:[.):\-–]+|(?=\s|$))|(?P<stop>[:.](?=\s)))\s*",
    re.IGNORECASE,
)
_LETTER = re.compile(
    rf"\s*{_SIGN}(?:[(\[](?P<in>[A-Za-z]|[ivx]{{1,4}}|[{_ARABIC}]ـ?)[)\]]"
    rf"|(?P<out>[A-Za-z]|[ivx]{{1,4}}|[{_ARABIC}]ـ?)"
    rf"(?:\s?\)|\s?[.:\]](?=\s|$)|\s?[-–](?=\s)|(?<=[A-H])(?=\t| {{2}}))){_BEHIND}"
    r"(?:\s+|$|(?<=[)*✓✔√]))"
)
_NUMBERED = re.compile(rf"\s*{_SIGN}A(?P<number>[1-8])(?:[.):]+(?=\s|$)|\s*$){_BEHIND}(?:\s+|$)")
"""“A1.”, the first answer. It is called by its letter."""
_BOX = re.compile(r"\s*(?:(?P<full>[☑☒■●◉✅]|\[[xX]\])|[☐□○◯⬜❏❑]|\[\s?\])\s*")


def typed(text: str) -> Label | None:
    """The label that a text begins with."""
    for style, pattern in _TYPED:
        if found := pattern.match(text):
            return _label(style, found)
    return None


_TYPED: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("box", _BOX),
    ("number", _NUMBER),
    ("asked", _ASKED),
    ("letter", _NUMBERED),
    ("letter", _LETTER),
)


def _label(style: Style, found: re.Match[str]) -> Label:
    groups = found.groupdict()
    name = groups.get("in") or groups.get("out") or groups.get("number") or ""
    starred = any(groups.get(sign) for sign in ("sign", "behind", "full"))
    name = name.casefold().rstrip("ـ")
    if name.isdecimal():
        name = str(int(name))
    if style == "letter" and name.isdecimal():
        name = chr(ord("a") + int(name) - 1)
    elif style == "letter" and len(name) > 1:
        style = "roman"
    return Label(style, name, found[0].strip(), starred, found.end())


def listed(shown: str) -> Label:
    """The label of a list's item, as the source shows it."""
    label = typed(f"{shown} ") if shown else None
    if label and label.style != "asked":
        return Label(label.style, label.name, shown, label.starred)
    bare = shown.strip(" .)(:").casefold()
    if bare.isdecimal():
        return Label("number", str(int(bare)), shown)
    if len(bare) == 1 and bare.isascii() and bare.isalpha() and bare != "o":
        return Label("letter", bare, shown)
    return Label("bullet", "", shown)
