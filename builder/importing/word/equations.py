"""Converts an equation to a line of text: ``(a + b)/2``, with superscripts and subscripts.

The result is what a screen reader would say, not how the equation looks. The import report lists
each equation.
"""

from __future__ import annotations

from builder.importing.document.form import Mark, Text
from builder.importing.word.names import Element, child, name

_PROPERTIES = frozenset(
    name(f"m:{one}Pr")
    for one in (
        *("f", "rad", "sSup", "sSub", "sSubSup", "sPre", "nary", "d", "func", "acc", "bar", "box"),
        *(
            "borderBox",
            "groupChr",
            "limLow",
            "limUpp",
            "m",
            "eqArr",
            "phant",
            "r",
            "ctrl",
            "oMathPara",
        ),
    )
)
_WORDS = (name("m:t"), name("w:t"))
_PLAIN: frozenset[Mark] = frozenset()
_RAISED: frozenset[Mark] = frozenset({"super"})
_LOWERED: frozenset[Mark] = frozenset({"sub"})
_SIMPLE = 1
"""Length of an operand that needs no brackets, in characters."""


def line(element: Element) -> tuple[Text, ...]:
    """An equation's text, in reading order."""
    merged: list[Text] = []
    for words, marks in _read(element, _PLAIN):
        if merged and merged[-1].marks == marks:
            merged[-1] = Text(merged[-1].words + words, marks)
        elif words:
            merged.append(Text(words, marks))
    return tuple(merged)


_Said = list[tuple[str, frozenset[Mark]]]


def _read(element: Element | None, marks: frozenset[Mark]) -> _Said:
    if element is None:
        return []
    said: _Said = []
    for one in element:
        tag = str(one.tag)
        if tag in _WORDS:
            said.append((one.text or "", marks))
        elif tag in _PROPERTIES:
            continue
        elif form := _FORMS.get(tag):
            said += form(one, marks)
        else:
            said += _read(one, marks)
    return said


def _part(element: Element, part: str, marks: frozenset[Mark]) -> _Said:
    return _read(child(element, part), marks)


def _bracketed(said: _Said, marks: frozenset[Mark]) -> _Said:
    simple = (
        sum(len(words) for words, _ in said) <= _SIMPLE
        or "".join(words for words, _ in said).isalnum()
    )
    return said if simple else [("(", marks), *said, (")", marks)]


def _fraction(one: Element, marks: frozenset[Mark]) -> _Said:
    over, under = _part(one, "m:num", marks), _part(one, "m:den", marks)
    return [*_bracketed(over, marks), ("/", marks), *_bracketed(under, marks)]


def _root(one: Element, marks: frozenset[Mark]) -> _Said:
    degree = _part(one, "m:deg", _RAISED)
    return [*degree, ("√", marks), *_bracketed(_part(one, "m:e", marks), marks)]


def _scripts(one: Element, marks: frozenset[Mark]) -> _Said:
    return [
        *_part(one, "m:e", marks),
        *_part(one, "m:sub", _LOWERED),
        *_part(one, "m:sup", _RAISED),
    ]


def _before(one: Element, marks: frozenset[Mark]) -> _Said:
    return [
        *_part(one, "m:sub", _LOWERED),
        *_part(one, "m:sup", _RAISED),
        *_part(one, "m:e", marks),
    ]


def _many(one: Element, marks: frozenset[Mark]) -> _Said:
    sign = child(one, "m:naryPr", "m:chr")
    shown = "∫" if sign is None else sign.get(name("m:val"), "∫")
    return [(shown, marks), *_before(one, marks)]


def _delimited(one: Element, marks: frozenset[Mark]) -> _Said:
    signs = []
    for which, usual in (("beg", "("), ("sep", "|"), ("end", ")")):
        sign = child(one, "m:dPr", f"m:{which}Chr")
        signs.append(usual if sign is None else sign.get(name("m:val"), usual))
    said: _Said = [(signs[0], marks)]
    for at, part in enumerate(one.iterfind(name("m:e"))):
        said += [(signs[1], marks)] * bool(at) + _read(part, marks)
    return [*said, (signs[2], marks)]


def _rows(one: Element, marks: frozenset[Mark]) -> _Said:
    said: _Said = []
    parts = [part for part in one if part.tag in (name("m:e"), name("m:mr"))]
    for at, part in enumerate(parts):
        one_row = _row if part.tag == name("m:mr") else _read
        said += [("; ", marks)] * bool(at) + one_row(part, marks)
    return said


def _row(one: Element, marks: frozenset[Mark]) -> _Said:
    said: _Said = []
    for at, part in enumerate(one.iterfind(name("m:e"))):
        said += [(" ", marks)] * bool(at) + _read(part, marks)
    return said


def _function(one: Element, marks: frozenset[Mark]) -> _Said:
    return [*_part(one, "m:fName", marks), (" ", marks), *_part(one, "m:e", marks)]


def _limit(one: Element, marks: frozenset[Mark]) -> _Said:
    raised = one.tag == name("m:limUpp")
    limit = _part(one, "m:lim", _RAISED if raised else _LOWERED)
    return [*_part(one, "m:e", marks), *limit]


def _accented(one: Element, marks: frozenset[Mark]) -> _Said:
    sign = child(one, "m:accPr", "m:chr")
    shown = "\u0302" if sign is None else sign.get(name("m:val"), "\u0302")
    return [*_part(one, "m:e", marks), (shown, marks)]


_FORMS = {
    name("m:f"): _fraction,
    name("m:rad"): _root,
    name("m:sSup"): _scripts,
    name("m:sSub"): _scripts,
    name("m:sSubSup"): _scripts,
    name("m:sPre"): _before,
    name("m:nary"): _many,
    name("m:d"): _delimited,
    name("m:m"): _rows,
    name("m:mr"): _row,
    name("m:eqArr"): _rows,
    name("m:func"): _function,
    name("m:limLow"): _limit,
    name("m:limUpp"): _limit,
    name("m:acc"): _accented,
}
