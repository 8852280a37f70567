"""Parses labels of questions and options: `3)`, `Q3.`, `b)`, `*(c)`, `☒`, a bullet."""

from __future__ import annotations

import re
from typing import Literal

from builder.base.immutable import immutable
from builder.importing.recognise.words import EVERY, one_of

Style = Literal["number", "letter", "roman", "box", "bullet", "asked"]
"""`asked` is the label of a question, which may lack a number: `Question:`, `Q2`."""

_ARABIC = "أبجدهوزحطي"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@immutable
class Label:
    """A label. `name` is its letter or number in lower case; `text` is the label as written.
    `marked` if a sign for “right” is next to it or its box is ticked. `width` is its length in
    characters."""

    style: Style
    name: str
    text: str
    marked: bool = False
    width: int = 0

    def ordinal(self, style: Style) -> int:
        """Its position in a series of this style, from 1; 0 if it does not belong to one."""
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
_SIGN_BEHIND = rf"(?P<behind>\s*{STAR})?"
_NUMBER = re.compile(
    rf"\s*{_SIGN}(?:\((?P<in>\d{{1,3}})\)|(?P<out>\d{{1,3}})"
    rf"(?:\)|[.:\]](?=\s|$)|\s[-–](?=\s)|\.[)\-])){_SIGN_BEHIND}(?:\s+|$|(?<=\)))"
)
_ASKED = re.compile(
    rf"\s*(?:{one_of(EVERY.question)})\s*(?:n[o°º]\.?\s*)?"
    r"(?:(?P<number>\d{1,3})\s*(?:[.):\-–]+|(?=\s|$))|(?P<stop>[:.](?=\s)))\s*",
    re.IGNORECASE,
)
_LETTER = re.compile(
    rf"\s*{_SIGN}(?:[(\[](?P<in>[A-Za-z]|[ivx]{{1,4}}|[{_ARABIC}]ـ?)[)\]]"
    rf"|(?P<out>[A-Za-z]|[ivx]{{1,4}}|[{_ARABIC}]ـ?)"
    rf"(?:\s?\)|\s?[.:\]](?=\s|$)|\s?[-–](?=\s)|(?<=[A-H])(?=\t| {{2}}))){_SIGN_BEHIND}"
    r"(?:\s+|$|(?<=[)*✓✔√]))"
)
_NUMBERED = re.compile(
    rf"\s*{_SIGN}A(?P<number>[1-8])(?:[.):]+(?=\s|$)|\s*$){_SIGN_BEHIND}(?:\s+|$)"
)
"""“A1.”, the first answer; its name is its letter."""
_BOX = re.compile(r"\s*(?:(?P<full>[☑☒■●◉✅]|\[[xX]\])|[☐□○◯⬜❏❑]|\[\s?\])\s*")


def parse_label(text: str) -> Label | None:
    """Parse the label at the start of a text."""
    for style, pattern in _TYPED:
        if found := pattern.match(text):
            return _make_label(style, found)
    return None


_TYPED: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("box", _BOX),
    ("number", _NUMBER),
    ("asked", _ASKED),
    ("letter", _NUMBERED),
    ("letter", _LETTER),
)


def _make_label(style: Style, found: re.Match[str]) -> Label:
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


def item_label(shown: str) -> Label:
    """Parse the label of a list item, as the source shows it."""
    label = parse_label(f"{shown} ") if shown else None
    if label and label.style != "asked":
        return Label(label.style, label.name, shown, label.marked)
    name = shown.strip(" .)(:").casefold()
    if name.isdecimal():
        return Label("number", str(int(name)), shown)
    if len(name) == 1 and name.isascii() and name.isalpha() and name != "o":
        return Label("letter", name, shown)
    return Label("bullet", "", shown)
