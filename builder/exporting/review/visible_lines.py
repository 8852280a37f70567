"""Reads the visible lines of a Word file, either with all tracked changes accepted or with all
rejected.

Content that scorm-builder never writes into a review document (a picture, a field, an embedded
file) becomes the character ``OBJECT``, so that it always shows as a difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import unquote

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OBJECT = "\ufffc"
"""Placeholder character for content without words: a picture, a field or an embedded file, or for a
frame, which moves words elsewhere on the sheet."""
STRUCK, RAISED, LOWERED = "\ue100\ue101", "\ue102\ue103", "\ue104\ue105"
"""Pairs of private characters that mark the start and end of text that is struck through, raised or
lowered."""
_MARKDOWN_MARKS = dict(
    zip(STRUCK + RAISED + LOWERED, ("~~", "~~", "^", "^", "~", "~"), strict=True)
)
_FORMAT_CHARACTERS = re.compile(f"[{STRUCK[0]}-{LOWERED[1]}]")
INSERTED, DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_ROW_CHANGES = {"ins": INSERTED, "del": DELETED, "cellIns": INSERTED, "cellDel": DELETED}
_SKIPPED = frozenset(
    ("pPrChange", "rPrChange", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "pPr")
)
_CHARACTERS = {
    "tab": " ",
    "br": " ",
    "cr": " ",
    "noBreakHyphen": "-",
    "softHyphen": "",
    "ptab": " ",
}
_OBJECTS = frozenset(
    (
        *("object", "altChunk", "subDoc", "control", "sym", "ruby", "pgNum"),
        *("footnoteReference", "endnoteReference", "dayLong", "dayShort", "monthLong"),
        *("monthShort", "yearLong", "yearShort"),
    )
)
_PICTURES = ("drawing", "pict")
_DIRECTION_ELEMENTS = ("bdo", "dir")
"""Names of elements that change the writing direction of text."""
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_PLAIN_FIELDS = re.compile(r"\s*(HYPERLINK|PAGEREF|TOC|PAGE|NUMPAGES)\b")
"""Matches the instructions of fields that are allowed: they show no words of their own."""
_FORMATTING_PROPERTIES = (
    *("strike", "dstrike", "vanish", "vertAlign", "position", "caps", "smallCaps"),
)
"""Names of the formatting properties in Word that change what words mean, such as ``strike``."""
_MAX_STYLE_DEPTH = 30
"""Maximum number of styles that inherit from each other; limits cycles."""
Cell = tuple[int, int, int]
"""A table cell, as the numbers of its table, row and column, each from 0."""
Formatting = Mapping[str, str]
"""The values of formatting properties, by their names in Word."""


@dataclass(frozen=True, slots=True)
class VisibleLine:
    """A line as readers of the document see it.

    ``numbers`` are the numbers of its paragraphs: several if accepting or rejecting a tracked
    change joins them. ``contents`` is true for a line of a table of contents. ``details`` is what
    it has besides its text (see ``link_detail``, ``picture_detail`` and ``item_detail``).
    """

    text: str
    numbers: tuple[int, ...]
    cell: Cell | None = None
    contents: bool = False
    details: tuple[str, ...] = ()


def link_detail(target: str) -> str:
    """Where a link of a line leads, in the form that is the same in every program."""
    return f"link to {unquote(target).rstrip('/')}"


def picture_detail(alternative: str) -> str:
    """The text of a picture that Word keeps in a field of its own."""
    return f"text of the picture: {' '.join(alternative.split())}"


def item_detail(level: int, *, numbered: bool) -> str:
    """The place of a line in lists; ``level`` counts from 1."""
    return f"{'numbered item' if numbered else 'item'} of a list, level {level}"


def with_details(text: str, details: Sequence[str]) -> str:
    """The text of a line with its details, for people and for the codes of lines."""
    return f"{text} ({'; '.join(details)})" if details else text


def mark_formatting(text: str, *, struck: bool = False, script: str = "") -> str:
    """Wrap text in the private characters that record formatting, since formatting changes its
    meaning.

    ``script`` is ``superscript``, ``subscript``, ``sup`` or ``sub``.
    """
    if not text.strip():
        return text
    if script in ("superscript", "sup"):
        text = f"{RAISED[0]}{text}{RAISED[1]}"
    elif script in ("subscript", "sub"):
        text = f"{LOWERED[0]}{text}{LOWERED[1]}"
    return f"{STRUCK[0]}{text}{STRUCK[1]}" if struck else text


def format_line(text: str) -> str:
    """Format a line for a message: Markdown marks replace the private characters for formatting."""
    words = "".join(_MARKDOWN_MARKS.get(one, one) for one in text)
    return re.sub(f"{OBJECT}+", "(a picture or an object)", words)


def is_plain(text: str) -> bool:
    """Whether a line is only text: without pictures or objects, and without recorded formatting."""
    return OBJECT not in text and not _FORMAT_CHARACTERS.search(text)


class Styles:
    """The formatting of each style of a document, including what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._by_style: dict[str, Formatting] = {}
        self._numbering: dict[str, etree._Element] = {}
        self.default: Formatting = {}
        if root is None:
            return
        found = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.default = run_formatting(found)
        styles = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
        for name, one in styles.items():
            resolved: dict[str, str] = {}
            style: etree._Element | None = one
            for _ in range(_MAX_STYLE_DEPTH):
                if style is None:
                    break
                resolved = {**run_formatting(style.find(f"{W}rPr")), **resolved}
                numbering = style.find(f"{W}pPr/{W}numPr")
                if numbering is not None:
                    self._numbering.setdefault(name, numbering)
                based = style.find(f"{W}basedOn")
                style = styles.get(based.get(f"{W}val", "")) if based is not None else None
            self._by_style[name] = resolved
            if one.get(f"{W}default") in ("1", "true") and one.get(f"{W}type") == "paragraph":
                self.default = {**self.default, **resolved}

    def of_style(self, node: etree._Element | None) -> Formatting:
        """The formatting of the style that an element names; empty if it names none."""
        return self._by_style.get(node.get(f"{W}val", ""), {}) if node is not None else {}

    def numbering(self, properties: etree._Element) -> tuple[str, int]:
        """The id of the list of a paragraph with these properties, ``0`` if it is in none, and its
        level from 0."""
        style = properties.find(f"{W}pStyle")
        name = style.get(f"{W}val", "") if style is not None else ""
        found = properties.find(f"{W}numPr"), self._numbering.get(name)
        ids, levels = (
            [node for one in found if one is not None for node in one.iterfind(f"{W}{tag}")]
            for tag in ("numId", "ilvl")
        )
        level = levels[0].get(f"{W}val", "0") if levels else "0"
        return (
            ids[0].get(f"{W}val", "0") if ids else "0",
            int(level) if level.isdecimal() and len(level) == 1 else 0,
        )


@dataclass(frozen=True, slots=True)
class Related:
    """What other files of a Word file say about its lines: the styles, the address of each link by
    the id of its relationship, and the lists (id and level) whose items have bullets."""

    styles: Styles
    targets: Mapping[str, str] = field(default_factory=dict)
    bulleted: frozenset[tuple[str, int]] = frozenset()


def run_formatting(properties: etree._Element | None) -> Formatting:
    """The formatting that the properties of a run set directly."""
    if properties is None:
        return {}
    nodes = ((name, properties.find(f"{W}{name}")) for name in _FORMATTING_PROPERTIES)
    return {name: node.get(f"{W}val", "1") for name, node in nodes if node is not None}


def lines(
    root: etree._Element,
    keep: Literal["accepted", "rejected"],
    related: Related,
    numbers: Mapping[etree._Element, int],
    contents: Mapping[etree._Element, bool],
) -> tuple[VisibleLine, ...]:
    """Read the lines of a document, a header or a footer, with all tracked changes accepted or
    rejected.

    ``numbers`` are the numbers of the paragraphs, by their elements. ``contents`` is true for
    elements that are, or are in, a table of contents.
    """
    reader = _LineReader(DELETED if keep == "accepted" else INSERTED, related, numbers, contents)
    reader.read_container(root)
    return tuple(reader.finished_lines)


@dataclass
class _OpenParagraph:
    """A paragraph that is still being read; ``place`` is the index that its line will have."""

    number: int
    place: int
    formatting: Formatting
    words: list[str] = field(default_factory=list)
    numbers: tuple[int, ...] = ()
    contents: bool = False
    details: list[str] = field(default_factory=list)

    def add_detail(self, detail: str) -> None:
        """Add a detail. One of several links to the same address in a row is enough: programs split
        a link that has some bold words."""
        if detail not in self.details[-1:]:
            self.details.append(detail)


class _LineReader:
    def __init__(
        self,
        removed_tags: tuple[str, ...],
        related: Related,
        numbers: Mapping[etree._Element, int],
        contents: Mapping[etree._Element, bool],
    ) -> None:
        self.removed_tags = removed_tags
        self.related = related
        self.styles = related.styles
        self.numbers = numbers
        self.contents = contents
        self.finished_lines: list[VisibleLine] = []
        self.open_paragraphs: list[_OpenParagraph] = []
        self.cells: list[Cell] = []
        self.table_formatting: list[Formatting] = []
        self.pending_joins: list[VisibleLine | None] = []
        self.tables = 0
        self.within_contents = False

    def read_container(self, node: etree._Element) -> None:
        """Read a body, a cell or a text box; paragraphs are never joined across its border."""
        self.pending_joins.append(None)
        self.read_children(node)
        left = self.pending_joins.pop()
        if left:
            self.finished_lines.append(left)

    def read_children(self, node: etree._Element) -> None:
        for child in node:
            if isinstance(child.tag, str):
                self.read_element(child, child.tag.rpartition("}")[2])

    def read_element(self, child: etree._Element, name: str) -> None:
        if name in self.removed_tags or name in _SKIPPED:
            return
        if child.tag == f"{W}p":
            self.read_paragraph(child)
        elif child.tag in (f"{W}tbl", f"{W}tr", f"{W}tc"):
            self.read_table_part(child, name)
        elif child.tag == f"{W}r":
            self.read_run(child)
        elif child.tag == f"{W}hyperlink":
            self.read_link(child)
        elif name == "sdt":
            before = self.within_contents
            self.within_contents = before or self.contents.get(child, False)
            self.read_children(child)
            self.within_contents = before
        elif name == "txbxContent":
            self.read_container(child)
        elif name == "Fallback":
            # Programs that do not support the other alternative show this one.
            if child.getparent() is not None and _text_of(child) != _text_of(child.getprevious()):
                self.append_text(OBJECT)
        elif not self.read_inline(child, name):
            self.read_children(child)

    def read_link(self, node: etree._Element) -> None:
        """Read a link, whose address counts if any of its words are left in this reading."""
        paragraph = self.open_paragraphs[-1] if self.open_paragraphs else None
        before = len(paragraph.words) if paragraph else 0
        self.read_children(node)
        target = self.related.targets.get(node.get(f"{R}id", ""))
        if target and paragraph and any(paragraph.words[before:]):
            paragraph.add_detail(link_detail(target))

    def read_inline(self, child: etree._Element, name: str) -> bool:
        """Read an element within a run; returns whether it is finished, so that its children need
        not be read."""
        if name in ("t", "delText"):
            self.append_text(child.text or "")
        elif name in _CHARACTERS and str(child.tag).startswith(W):
            self.append_text(_CHARACTERS[name])
        elif name in ("instrText", "fldSimple"):
            instruction = child.get(f"{W}instr", "") if name == "fldSimple" else child.text or ""
            link = _LINK_FIELD.match(instruction)
            if link and self.open_paragraphs:
                self.open_paragraphs[-1].add_detail(link_detail(link[1]))
            if instruction.strip() and not _PLAIN_FIELDS.match(instruction):
                self.append_text(OBJECT)
            return False
        elif name in _PICTURES:
            texts = [one.get("string", "") for one in child.iter() if _has_name(one, "textpath")]
            boxed = any(_has_name(one, "txbxContent") for one in child.iter())
            self.append_text(" ".join(texts) or ("" if boxed else OBJECT))
            alternatives = [one.get("descr") for one in child.iter() if _has_name(one, "docPr")]
            for alternative in filter(None, alternatives if self.open_paragraphs else ()):
                self.open_paragraphs[-1].details.append(picture_detail(alternative))
            return False
        elif name in _DIRECTION_ELEMENTS:
            self.append_text(OBJECT)
            return False
        elif name in _OBJECTS:
            if not self.open_paragraphs:
                self.finished_lines.append(
                    VisibleLine(OBJECT, (), self.cells[-1] if self.cells else None)
                )
            self.append_text(OBJECT)
        else:
            return False
        return True

    def read_paragraph(self, node: etree._Element) -> None:
        properties = node.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        formatting = {
            **self.styles.default,
            **(self.table_formatting[-1] if self.table_formatting else {}),
        }
        number = self.numbers.get(node, -1)
        current = _OpenParagraph(
            number, len(self.finished_lines), {**formatting, **self.styles.of_style(style)}
        )
        self.open_paragraphs.append(current)
        if properties is not None:
            self.read_layout(properties)
        self.read_children(node)
        self.open_paragraphs.pop()
        numbers = (number,) if number >= 0 else ()
        text = _merge_marks("".join(current.words))
        listed = self.within_contents or self.contents.get(node, False)
        details = tuple(current.details)
        line = VisibleLine(text, numbers, self.cells[-1] if self.cells else None, listed, details)
        before = self.pending_joins[-1]
        if before:
            joined = _merge_marks(before.text + text)
            line = replace(
                line,
                text=joined,
                numbers=(*before.numbers, *numbers),
                details=(*before.details, *details),
            )
            self.pending_joins[-1] = None
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and any(
            mark.find(f"{W}{one}") is not None for one in self.removed_tags
        ):
            self.pending_joins[-1] = line
        else:
            # The lines of a text box follow the paragraph that contains it.
            self.finished_lines.insert(current.place, line)

    def read_layout(self, properties: etree._Element) -> None:
        """Read from the properties of the current paragraph its place in lists, and whether it is
        in a frame."""
        number, level = self.styles.numbering(properties)
        if number != "0":
            numbered = (number, level) not in self.related.bulleted
            self.open_paragraphs[-1].details.append(item_detail(level + 1, numbered=numbered))
        if properties.find(f"{W}framePr") is not None:
            self.append_text(OBJECT)

    def read_table_part(self, node: etree._Element, name: str) -> None:
        """Read ``node``, a table, a row or a cell by its ``name``, and count it."""
        if any(self._is_removed(node.find(f"{W}{kind}Pr")) for kind in ("tr", "tc")):
            # Counted nevertheless: rows and columns are numbered as in the file.
            self._count_cell(name)
            return
        if name == "tbl":
            style = node.find(f"{W}tblPr/{W}tblStyle")
            self.cells.append((self.tables, -1, -1))
            self.table_formatting.append(self.styles.of_style(style))
            self.tables += 1
            self.read_children(node)
            self.cells.pop()
            self.table_formatting.pop()
            return
        self._count_cell(name)
        if name == "tc":
            self.read_container(node)
        else:
            self.read_children(node)

    def _count_cell(self, name: str) -> None:
        """Count a row or, if ``name`` is ``tc``, a cell."""
        if self.cells:
            table, row, column = self.cells[-1]
            self.cells[-1] = (table, row, column + 1) if name == "tc" else (table, row + 1, -1)

    def _is_removed(self, properties: etree._Element | None) -> bool:
        """Whether a row or a cell with these properties is not shown: deleted in this reading,
        hidden, or merged into another cell."""
        if properties is None:
            return False
        names = [one for one, kind in _ROW_CHANGES.items() if kind == self.removed_tags]
        if any(properties.find(f"{W}{one}") is not None for one in (*names, "hidden")):
            return True
        # A cell merged into the one above or before it does not show its own words.
        merges = (properties.find(f"{W}{one}") for one in ("vMerge", "hMerge"))
        return any(one is not None and one.get(f"{W}val") != "restart" for one in merges)

    def read_run(self, node: etree._Element) -> None:
        if not self.open_paragraphs:
            self.read_children(node)
            return
        properties = node.find(f"{W}rPr")
        style = properties.find(f"{W}rStyle") if properties is not None else None
        formatting = {
            **self.open_paragraphs[-1].formatting,
            **self.styles.of_style(style),
            **run_formatting(properties),
        }
        if _is_on(formatting, "vanish"):
            return
        whole, self.open_paragraphs[-1].words = self.open_paragraphs[-1].words, []
        self.read_children(node)
        struck = _is_on(formatting, "strike") or _is_on(formatting, "dstrike")
        words = "".join(self.open_paragraphs[-1].words)
        if _is_on(formatting, "caps") or _is_on(formatting, "smallCaps"):
            # Readers see “10 MG” instead of “10 mg”.
            words = words.upper()
        whole.append(mark_formatting(words, struck=struck, script=_script(formatting)))
        self.open_paragraphs[-1].words = whole

    def append_text(self, text: str) -> None:
        if self.open_paragraphs:
            # A document cannot contain the formatting characters itself.
            self.open_paragraphs[-1].words.append(_FORMAT_CHARACTERS.sub("\ufffd", text))


def _has_name(node: etree._Element, name: str) -> bool:
    return isinstance(node.tag, str) and node.tag.rpartition("}")[2] == name


def _text_of(node: etree._Element | None) -> str:
    texts = (one.text or "" for one in node.iter(f"{W}t")) if node is not None else ()
    return " ".join(" ".join(texts).split())


def _is_on(formatting: Formatting, name: str) -> bool:
    return formatting.get(name, "0") not in ("0", "false", "off")


def _script(formatting: Formatting) -> str:
    """Whether text with this formatting is raised or lowered: ``superscript``, ``subscript`` or
    anything else for neither."""
    script = formatting.get("vertAlign", "baseline")
    position = formatting.get("position", "0")
    if script == "baseline" and position.strip("+-0"):
        return "subscript" if position.startswith("-") else "superscript"
    return script


def _merge_marks(text: str) -> str:
    """Join neighbouring pieces of text that have the same formatting."""
    for pair in (STRUCK, RAISED, LOWERED):
        text = re.sub(f"{pair[1]}(\\s*){pair[0]}", r"\1", text)
    return text
