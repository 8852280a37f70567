"""Converts an equation to a line of text: ``(a + b)/2``, with superscripts and subscripts.

The result follows the order in which an equation is read aloud, not how it looks. The import report
lists each equation, so that the author can check it.
"""

from __future__ import annotations

from builder.importing.document.form import Mark, Text
from builder.importing.word.names import Element, child, name

_PROPERTIES = frozenset(
    name(f"m:{one}Pr")
    for one in (
        *("f", "rad", "sSup", "sSub", "sSubSup", "sPre", "nary", "d", "func", "acc", "bar", "box"),
        *("borderBox", "groupChr", "limLow", "limUpp", "m", "eqArr", "phant", "r", "ctrl"),
        "oMathPara",
    )
)
_WORDS = (name("m:t"), name("w:t"))
_PLAIN: frozenset[Mark] = frozenset()
_RAISED: frozenset[Mark] = frozenset({"super"})
_LOWERED: frozenset[Mark] = frozenset({"sub"})
_SIMPLE = 1
"""Length of an operand that needs no brackets, in characters."""


def line(element: Element) -> tuple[Text, ...]:
    """The text of an equation (``m:oMath``), in reading order."""
    merged: list[Text] = []
    for words, marks in _read(element, _PLAIN):
        if merged and merged[-1].marks == marks:
            merged[-1] = Text(merged[-1].words + words, marks)
        elif words:
            merged.append(Text(words, marks))
    return tuple(merged)


_Pieces = list[tuple[str, frozenset[Mark]]]


def _read(element: Element | None, marks: frozenset[Mark]) -> _Pieces:
    if element is None:
        return []
    pieces: _Pieces = []
    for one in element:
        tag = str(one.tag)
        if tag in _WORDS:
            pieces.append((one.text or "", marks))
        elif tag in _PROPERTIES:
            continue
        elif form := _FORMS.get(tag):
            pieces += form(one, marks)
        else:
            pieces += _read(one, marks)
    return pieces


def _part(element: Element, part: str, marks: frozenset[Mark]) -> _Pieces:
    return _read(child(element, part), marks)


def _with_brackets(pieces: _Pieces, marks: frozenset[Mark]) -> _Pieces:
    is_simple = (
        sum(len(words) for words, _ in pieces) <= _SIMPLE
        or "".join(words for words, _ in pieces).isalnum()
    )
    return pieces if is_simple else [("(", marks), *pieces, (")", marks)]


def _fraction(one: Element, marks: frozenset[Mark]) -> _Pieces:
    over, under = _part(one, "m:num", marks), _part(one, "m:den", marks)
    return [*_with_brackets(over, marks), ("/", marks), *_with_brackets(under, marks)]


def _root(one: Element, marks: frozenset[Mark]) -> _Pieces:
    degree = _part(one, "m:deg", _RAISED)
    return [*degree, ("√", marks), *_with_brackets(_part(one, "m:e", marks), marks)]


def _scripts(one: Element, marks: frozenset[Mark]) -> _Pieces:
    return [
        *_part(one, "m:e", marks),
        *_part(one, "m:sub", _LOWERED),
        *_part(one, "m:sup", _RAISED),
    ]


def _scripts_before(one: Element, marks: frozenset[Mark]) -> _Pieces:
    return [
        *_part(one, "m:sub", _LOWERED),
        *_part(one, "m:sup", _RAISED),
        *_part(one, "m:e", marks),
    ]


def _nary(one: Element, marks: frozenset[Mark]) -> _Pieces:
    sign = child(one, "m:naryPr", "m:chr")
    operator = "∫" if sign is None else sign.get(name("m:val"), "∫")
    return [(operator, marks), *_scripts_before(one, marks)]


def _delimiter(one: Element, marks: frozenset[Mark]) -> _Pieces:
    signs = []
    for which, usual in (("beg", "("), ("sep", "|"), ("end", ")")):
        sign = child(one, "m:dPr", f"m:{which}Chr")
        signs.append(usual if sign is None else sign.get(name("m:val"), usual))
    pieces: _Pieces = [(signs[0], marks)]
    for at, part in enumerate(one.iterfind(name("m:e"))):
        pieces += [(signs[1], marks)] * bool(at) + _read(part, marks)
    return [*pieces, (signs[2], marks)]


def _rows(one: Element, marks: frozenset[Mark]) -> _Pieces:
    pieces: _Pieces = []
    parts = [part for part in one if part.tag in (name("m:e"), name("m:mr"))]
    for at, part in enumerate(parts):
        one_row = _row if part.tag == name("m:mr") else _read
        pieces += [("; ", marks)] * bool(at) + one_row(part, marks)
    return pieces


def _row(one: Element, marks: frozenset[Mark]) -> _Pieces:
    pieces: _Pieces = []
    for at, part in enumerate(one.iterfind(name("m:e"))):
        pieces += [(" ", marks)] * bool(at) + _read(part, marks)
    return pieces


def _function(one: Element, marks: frozenset[Mark]) -> _Pieces:
    return [*_part(one, "m:fName", marks), (" ", marks), *_part(one, "m:e", marks)]


def _limit(one: Element, marks: frozenset[Mark]) -> _Pieces:
    is_upper = one.tag == name("m:limUpp")
    limit = _part(one, "m:lim", _RAISED if is_upper else _LOWERED)
    return [*_part(one, "m:e", marks), *limit]


def _accent(one: Element, marks: frozenset[Mark]) -> _Pieces:
    sign = child(one, "m:accPr", "m:chr")
    accent = "\u0302" if sign is None else sign.get(name("m:val"), "\u0302")
    return [*_part(one, "m:e", marks), (accent, marks)]


_FORMS = {
    name("m:f"): _fraction,
    name("m:rad"): _root,
    name("m:sSup"): _scripts,
    name("m:sSub"): _scripts,
    name("m:sSubSup"): _scripts,
    name("m:sPre"): _scripts_before,
    name("m:nary"): _nary,
    name("m:d"): _delimiter,
    name("m:m"): _rows,
    name("m:mr"): _row,
    name("m:eqArr"): _rows,
    name("m:func"): _function,
    name("m:limLow"): _limit,
    name("m:limUpp"): _limit,
    name("m:acc"): _accent,
}
