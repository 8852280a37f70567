"""Reads the visible lines of a Word file twice: with all tracked changes accepted, and with all
rejected.

Content that the builder never writes into a review document (a picture, a field, an embedded file)
becomes ``OBJECT``, so that it is always detected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OBJECT = "\ufffc"
"""Placeholder character for a picture, a field or an embedded file."""
STRUCK, RAISED, LOWERED = "\ue100\ue101", "\ue102\ue103", "\ue104\ue105"
"""The characters before and after text that is struck through, raised or lowered."""
_MARKS = dict(zip(STRUCK + RAISED + LOWERED, ("~~", "~~", "^", "^", "~", "~"), strict=True))
_OWN = re.compile(f"[{STRUCK[0]}-{LOWERED[1]}]")
INSERTED, DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_ROW_CHANGES = {"ins": INSERTED, "del": DELETED, "cellIns": INSERTED, "cellDel": DELETED}
_SKIPPED = frozenset(
    ("pPrChange", "rPrChange", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "pPr")
)
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_OBJECTS = frozenset(
    (
        *("object", "altChunk", "subDoc", "control", "sym", "ruby", "pgNum"),
        *("footnoteReference", "endnoteReference", "dayLong", "dayShort", "monthLong"),
        *("monthShort", "yearLong", "yearShort"),
    )
)
_PICTURES = ("drawing", "pict")
_TURNED = ("bdo", "dir")
"""Elements that change the direction of text."""
_PLAIN_FIELDS = re.compile(r"\s*(HYPERLINK|PAGEREF|TOC|PAGE|NUMPAGES)\b")
"""Matches fields that show no text of their own."""
_LOOKS = ("strike", "dstrike", "vanish", "vertAlign", "caps", "smallCaps")
"""Names of the formatting properties that change what words mean."""
_DEEPEST = 30
"""Maximum number of styles that a style is based on, to end cycles."""
Cell = tuple[int, int, int]
"""The numbers of the table, the row and the column, each from 0."""
Look = Mapping[str, str]
"""Values of formatting properties, by name."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A visible line.

    ``numbers`` are those of its paragraphs: several if a tracked change joins them. ``contents`` is
    true in a table of contents.
    """

    text: str
    numbers: tuple[int, ...]
    cell: Cell | None = None
    contents: bool = False


def marked(text: str, *, struck: bool = False, script: str = "") -> str:
    """Wrap text in characters that record its formatting, which changes what it means."""
    if not text.strip():
        return text
    if script in ("superscript", "sup"):
        text = f"{RAISED[0]}{text}{RAISED[1]}"
    elif script in ("subscript", "sub"):
        text = f"{LOWERED[0]}{text}{LOWERED[1]}"
    return f"{STRUCK[0]}{text}{STRUCK[1]}" if struck else text


def is_struck(text: str) -> bool:
    """Whether any text of a line is struck through."""
    return STRUCK[0] in text


def printed(text: str) -> str:
    """Format a line for a message, with Markdown marks instead of formatting characters."""
    words = "".join(_MARKS.get(one, one) for one in text)
    return re.sub(f"{OBJECT}+", "(a picture or an object)", words)


def is_plain(text: str) -> bool:
    """Whether a line has neither objects nor formatting characters."""
    return OBJECT not in text and not _OWN.search(text)


class Styles:
    """The formatting of each style of a document, inherited formatting included."""

    def __init__(self, root: etree._Element | None) -> None:
        self._looks: dict[str, Look] = {}
        self.default: Look = {}
        if root is None:
            return
        found = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.default = look(found)
        styles = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
        for name, one in styles.items():
            resolved: dict[str, str] = {}
            style: etree._Element | None = one
            for _ in range(_DEEPEST):
                if style is None:
                    break
                resolved = {**look(style.find(f"{W}rPr")), **resolved}
                based = style.find(f"{W}basedOn")
                style = styles.get(based.get(f"{W}val", "")) if based is not None else None
            self._looks[name] = resolved
            if one.get(f"{W}default") in ("1", "true") and one.get(f"{W}type") == "paragraph":
                self.default = {**self.default, **resolved}

    def look(self, node: etree._Element | None) -> Look:
        """The formatting of the style that an element names."""
        return self._looks.get(node.get(f"{W}val", ""), {}) if node is not None else {}


def look(properties: etree._Element | None) -> Look:
    """The formatting that the properties of a run set."""
    if properties is None:
        return {}
    nodes = ((name, properties.find(f"{W}{name}")) for name in _LOOKS)
    return {name: node.get(f"{W}val", "1") for name, node in nodes if node is not None}


def lines(
    root: etree._Element,
    keep: Literal["accepted", "rejected"],
    styles: Styles,
    numbers: Mapping[etree._Element, int],
    contents: Mapping[etree._Element, bool],
) -> tuple[Shown, ...]:
    """Read the lines of a document, a header or a footer, with all tracked changes accepted or
    rejected.

    ``numbers`` are the numbers of its paragraphs. ``contents`` tells which content controls and
    paragraphs are tables of contents.
    """
    reading = _Reading(DELETED if keep == "accepted" else INSERTED, styles, numbers, contents)
    reading.container(root)
    return tuple(reading.made)


@dataclass
class _Open:
    """A paragraph that is being read."""

    number: int
    place: int
    look: Look
    words: list[str] = field(default_factory=list)
    numbers: tuple[int, ...] = ()
    contents: bool = False


class _Reading:
    def __init__(
        self,
        gone: tuple[str, ...],
        styles: Styles,
        numbers: Mapping[etree._Element, int],
        contents: Mapping[etree._Element, bool],
    ) -> None:
        self.gone = gone
        self.styles = styles
        self.numbers = numbers
        self.listing = contents
        self.made: list[Shown] = []
        self.open: list[_Open] = []
        self.cells: list[Cell] = []
        self.looks: list[Look] = []
        self.joining: list[Shown | None] = []
        self.tables = 0
        self.within_contents = False

    def container(self, node: etree._Element) -> None:
        """Read a body, a cell or a text box; paragraphs are never joined across its border."""
        self.joining.append(None)
        self.walk(node)
        left = self.joining.pop()
        if left:
            self.made.append(left)

    def walk(self, node: etree._Element) -> None:
        for child in node:
            if isinstance(child.tag, str):
                self.take(child, child.tag.rpartition("}")[2])

    def take(self, child: etree._Element, name: str) -> None:
        if name in self.gone or name in _SKIPPED:
            return
        if child.tag == f"{W}p":
            self.paragraph(child)
        elif child.tag in (f"{W}tbl", f"{W}tr", f"{W}tc"):
            self.tabled(child, name)
        elif child.tag == f"{W}r":
            self.run(child)
        elif name == "sdt":
            before = self.within_contents
            self.within_contents = before or self.listing.get(child, False)
            self.walk(child)
            self.within_contents = before
        elif name == "txbxContent":
            self.container(child)
        elif name == "Fallback":
            # Shown by programs that do not support the other choice.
            if child.getparent() is not None and _words(child) != _words(child.getprevious()):
                self.said(OBJECT)
        elif not self.word(child, name):
            self.walk(child)

    def word(self, child: etree._Element, name: str) -> bool:
        """Read an element within a run; returns true if its children need not be read."""
        if name in ("t", "delText"):
            self.said(child.text or "")
        elif name in _SIGNS and str(child.tag).startswith(W):
            self.said(_SIGNS[name])
        elif name in ("instrText", "fldSimple"):
            told = child.get(f"{W}instr", "") if name == "fldSimple" else child.text or ""
            if told.strip() and not _PLAIN_FIELDS.match(told):
                self.said(OBJECT)
            return False
        elif name in _PICTURES:
            texts = [one.get("string", "") for one in child.iter() if _named(one, "textpath")]
            boxed = any(_named(one, "txbxContent") for one in child.iter())
            self.said(" ".join(texts) or ("" if boxed else OBJECT))
            return False
        elif name in _TURNED:
            self.said(OBJECT)
            return False
        elif name in _OBJECTS:
            if not self.open:
                self.made.append(Shown(OBJECT, (), self.cells[-1] if self.cells else None))
            self.said(OBJECT)
        else:
            return False
        return True

    def paragraph(self, node: etree._Element) -> None:
        properties = node.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        looks = {**self.styles.default, **(self.looks[-1] if self.looks else {})}
        number = self.numbers.get(node, -1)
        opened = _Open(number, len(self.made), {**looks, **self.styles.look(style)})
        self.open.append(opened)
        self.walk(node)
        self.open.pop()
        numbers = (number,) if number >= 0 else ()
        text = _tidy("".join(opened.words))
        listed = self.within_contents or self.listing.get(node, False)
        line = Shown(text, numbers, self.cells[-1] if self.cells else None, listed)
        before = self.joining[-1]
        if before:
            joined = _tidy(before.text + text)
            line = replace(line, text=joined, numbers=(*before.numbers, *numbers))
            self.joining[-1] = None
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and any(mark.find(f"{W}{one}") is not None for one in self.gone):
            self.joining[-1] = line
        else:
            # The lines of a text box follow the paragraph that contains it.
            self.made.insert(opened.place, line)

    def tabled(self, node: etree._Element, name: str) -> None:
        """Read a table, a row or a cell."""
        if any(self._is_gone(node.find(f"{W}{kind}Pr")) for kind in ("tr", "tc")):
            # Counted all the same, since rows and columns are numbered as in the file.
            self._counted(name)
            return
        if name == "tbl":
            style = node.find(f"{W}tblPr/{W}tblStyle")
            self.cells.append((self.tables, -1, -1))
            self.looks.append(self.styles.look(style))
            self.tables += 1
            self.walk(node)
            self.cells.pop()
            self.looks.pop()
            return
        self._counted(name)
        if name == "tc":
            self.container(node)
        else:
            self.walk(node)

    def _counted(self, name: str) -> None:
        """Count a row or a column."""
        if self.cells:
            table, row, column = self.cells[-1]
            self.cells[-1] = (table, row, column + 1) if name == "tc" else (table, row + 1, -1)

    def _is_gone(self, properties: etree._Element | None) -> bool:
        """Whether a row or a cell is deleted, hidden, or merged into the cell above or before
        it."""
        if properties is None:
            return False
        names = [one for one, kind in _ROW_CHANGES.items() if kind == self.gone]
        if any(properties.find(f"{W}{one}") is not None for one in (*names, "hidden")):
            return True
        # A cell merged into the one above or before it does not show its own words.
        merges = (properties.find(f"{W}{one}") for one in ("vMerge", "hMerge"))
        return any(one is not None and one.get(f"{W}val") != "restart" for one in merges)

    def run(self, node: etree._Element) -> None:
        if not self.open:
            self.walk(node)
            return
        properties = node.find(f"{W}rPr")
        style = properties.find(f"{W}rStyle") if properties is not None else None
        looks = {**self.open[-1].look, **self.styles.look(style), **look(properties)}
        if _is_on(looks, "vanish"):
            return
        whole, self.open[-1].words = self.open[-1].words, []
        self.walk(node)
        struck = _is_on(looks, "strike") or _is_on(looks, "dstrike")
        words = "".join(self.open[-1].words)
        if _is_on(looks, "caps") or _is_on(looks, "smallCaps"):
            # Readers see “10 MG” instead of “10 mg”.
            words = words.upper()
        whole.append(marked(words, struck=struck, script=looks.get("vertAlign", "")))
        self.open[-1].words = whole

    def said(self, text: str) -> None:
        if self.open:
            # A document cannot contain the formatting characters itself.
            self.open[-1].words.append(_OWN.sub("\ufffd", text))


def _named(node: etree._Element, name: str) -> bool:
    return isinstance(node.tag, str) and node.tag.rpartition("}")[2] == name


def _words(node: etree._Element | None) -> str:
    texts = (one.text or "" for one in node.iter(f"{W}t")) if node is not None else ()
    return " ".join(" ".join(texts).split())


def _is_on(looks: Look, name: str) -> bool:
    return looks.get(name, "0") not in ("0", "false", "off")


def _tidy(text: str) -> str:
    """Join neighbouring runs with the same formatting."""
    for pair in (STRUCK, RAISED, LOWERED):
        text = re.sub(f"{pair[1]}(\\s*){pair[0]}", r"\1", text)
    return text
