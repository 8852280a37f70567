"""Converts the nodes of the review document to a Word file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from builder.base import zips
from builder.course import interface
from builder.course.sources import MediaFile
from builder.exporting.review import word_styles as styles
from builder.exporting.review.document_lines import line_codes
from builder.exporting.review.tree import (
    PROPERTIES,
    Box,
    Break,
    Cell,
    Document,
    Heading,
    Line,
    Listing,
    Node,
    Picture,
    Rule,
    Run,
    Table,
    bookmark,
)
from builder.exporting.review.word_pictures import Pictures
from builder.exporting.review.word_styles import PARAGRAPH, RUN, Element, element, field, put, text
from builder.package.artifacts import Member

CONTENTS = "scorm-builder-contents"
"""The tag of Word's content control around the table of contents, whose text is ignored when the
document comes back."""
SENT = "{urn:scorm-builder:review}sent"
"""The XML element with the codes of the lines that were sent out."""
PARTS = "parts"
"""Its attribute with the ids of the parts that the document shows, if it does not show all."""
_FIXED_DATE = datetime(1980, 1, 1)  # noqa: DTZ001 — the same in every file, whatever the day
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006"
_STYLES = {
    "text": "Normal",
    "label": "Review Label",
    "caption": "Caption",
    "facts": "Review Facts",
    "title": "Title",
    "subtitle": "Subtitle",
    "code": "Review Code",
}
_RUN_STYLES = {
    "quiet": "Review Quiet",
    "right": "Review Right",
    "unset": "Review Unset",
    "code": "Review Code Words",
}
_CHARACTER_ELEMENTS = {"\n": "br", "\u2011": "noBreakHyphen"}
"""Characters that are written as elements: not every font has a non-breaking hyphen."""
_SIGNS = re.compile("([\n\u2011])")
_CONTENTS_LEVELS = 2
"""Number of heading levels in the table of contents."""
_MAX_READ_COLUMNS = 3
"""Maximum number of columns of a table that is only read. In wider tables people write, so that
rows with empty cells are higher. So are rows that are wholly empty."""
_MAX_UNSPLIT_ROWS = 9
"""Maximum number of rows, header included, of a table that is kept on one page."""
_SIGNATURE_HEIGHT = 600
"""Minimum height of a row to sign in, in twentieths of a point."""


def members(document: Document, media: Mapping[str, MediaFile], unshown_note: str) -> list[Member]:
    """Build the files in the zip of the Word file. ``unshown_note`` is the note below an image that
    Word cannot show."""
    word = docx.Document()
    styles.set_up(word, document)
    _DocumentWriter(word, document, media, unshown_note).write()
    _set_properties(word, document)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.docx"
        word.save(str(path))
        with zips.open_zip(path) as archive:
            return [Member(name, b"".join(archive.chunks(name))) for name in archive.files]


@dataclass(frozen=True, slots=True)
class _Layout:
    """The layout of a paragraph.

    ``indent`` is its indentation in twentieths of a point, ``boxed`` whether it has a line beside
    it. ``depth`` is the number of lists that contain it. ``number`` is the number of its list in
    the Word file, 0 without a bullet or number; ``ordered`` is whether that list is numbered.
    """

    indent: int = 0
    boxed: bool = False
    depth: int = 0
    number: int = 0
    ordered: bool = False


class _DocumentWriter:
    def __init__(
        self, word: Word, document: Document, media: Mapping[str, MediaFile], unshown_note: str
    ) -> None:
        self.word = word
        self.document = document
        self.pictures = Pictures(word, media)
        self.unshown_note = unshown_note
        self.rtl = document.direction == "rtl"
        self.used_bookmarks: set[str] = set()
        self.starts_page = False
        self.ids = {style.name: style.style_id for style in word.styles}

    def write(self) -> None:
        body = self.word.element.body
        for paragraph in list(body.iterchildren(qn("w:p"))):
            body.remove(paragraph)
        nodes = self.document.nodes
        start = next(index for index, node in enumerate(nodes) if isinstance(node, Break))
        made = [*self._nodes(nodes[:start], _Layout()), self._contents()]
        made += self._nodes(nodes[start:], _Layout())
        last = body.find(qn("w:sectPr"))
        for one in made:
            last.addprevious(one)
        self._header()

    def _nodes(self, nodes: Iterable[Node], layout: _Layout) -> Iterator[Element]:
        listed = [None, *nodes, None]
        for before, node, after in zip(listed, listed[1:], listed[2:], strict=False):
            if node is None:
                continue
            made = [*self._node(node, layout)]
            if _keeps_with_next(before, node, after):
                _keep_with_next(made[-1:])
            yield from made
            if isinstance(node, Table):
                yield self._empty_line()

    def _node(self, node: Node, layout: _Layout) -> Iterator[Element]:
        if isinstance(node, Line):
            yield self._line(node, layout)
        elif isinstance(node, Heading):
            yield self._heading(node, layout)
        elif isinstance(node, Listing):
            yield from self._list(node, layout)
        elif isinstance(node, Table):
            yield self._table(node, layout)
        elif isinstance(node, Picture):
            yield from self._picture(node, layout)
        elif isinstance(node, Box):
            inner = replace(layout, indent=layout.indent + 170, boxed=True, number=0)
            yield from self._nodes(node.nodes, inner)
        elif isinstance(node, Break):
            self.starts_page = True
        elif isinstance(node, Rule):
            yield self._rule()

    def _empty_line(self) -> Element:
        # Word joins adjacent tables, and puts text directly below their last line.
        spacing = element("spacing", before=0, after=60, line=120, lineRule="exact")
        return element("p", element("pPr", spacing))

    def _rule(self) -> Element:
        border = element("bottom", val="single", sz=6, space=1, color=styles.GREY)
        return element("p", element("pPr", element("pBdr", border)))

    def _heading(self, heading: Heading, layout: _Layout) -> Element:
        style = f"Heading {heading.level}"
        return self._paragraph(heading.line, style, replace(layout, number=0), heading.anchor)

    def _line(self, line: Line, layout: _Layout) -> Element:
        style = _STYLES[line.style]
        if layout.number and line.style == "text":
            style = "List Number" if layout.ordered else "List Bullet"
        return self._paragraph(line, style, layout, "")

    def _paragraph(self, line: Line, style: str, layout: _Layout, anchor: str) -> Element:
        properties = self._properties(style, layout)
        inside = [one for run in _merge_runs(line.runs) for one in self._run(run)]
        if line.tag:
            quiet = Run(f" [{line.tag}]", frozenset({"quiet"}), language="en")
            inside += self._run(quiet)
        made = element("p", properties, *inside)
        for tag in dict.fromkeys(filter(None, (anchor, line.tag))):
            self._bookmark(made, tag)
        return made

    def _properties(self, style: str, layout: _Layout) -> Element:
        properties = element("pPr", element("pStyle", val=self.ids[style]))
        if self.starts_page:
            put(properties, element("pageBreakBefore"), PARAGRAPH)
            self.starts_page = False
        indent = layout.indent
        if layout.depth:
            if layout.number:
                level = element("ilvl", val=layout.depth - 1)
                number = element("numPr", level, element("numId", val=layout.number))
                put(properties, number, PARAGRAPH)
            left = indent + styles.INDENT * layout.depth
            hanging = {"hanging": styles.INDENT} if layout.number else {}
            put(properties, element("ind", left=left, **hanging), PARAGRAPH)
        elif indent:
            put(properties, element("ind", left=indent), PARAGRAPH)
        if layout.boxed:
            side = "right" if self.rtl else "left"
            border = element(side, val="single", sz=18, space=6, color=styles.INK)
            put(properties, element("pBdr", border), PARAGRAPH)
        if self.rtl:
            put(properties, element("bidi"), PARAGRAPH)
        return properties

    def _bookmark(self, paragraph: Element, tag: str) -> None:
        if tag in self.used_bookmarks:
            return
        number = len(self.used_bookmarks)
        self.used_bookmarks.add(tag)
        paragraph.insert(1, element("bookmarkStart", id=number, name=bookmark(tag)))
        paragraph.append(element("bookmarkEnd", id=number))

    def _run(self, run: Run) -> list[Element]:
        words: list[Element] = []
        for part in _SIGNS.split(run.text):
            words += (
                [element(_CHARACTER_ELEMENTS[part])]
                if part in _CHARACTER_ELEMENTS
                else [text(part)]
                if part
                else []
            )
        made = element("r", self._run_properties(run), *words)
        if run.href:
            link = element("hyperlink", made, history=1)
            relation = self.word.part.relate_to(
                run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            link.set(qn("r:id"), relation)
            return [link]
        if run.anchor:
            return [element("hyperlink", made, anchor=bookmark(run.anchor), history=1)]
        return [made]

    def _run_properties(self, run: Run) -> Element:
        properties = element("rPr")
        named = [_RUN_STYLES[mark] for mark in _RUN_STYLES if mark in run.marks]
        style = "Hyperlink" if run.href or run.anchor else (named or [""])[0]
        if style:
            put(properties, element("rStyle", val=self.ids[style]), RUN)
        if run.marks & {"strong", "label"}:
            put(properties, element("b"), RUN)
            put(properties, element("bCs"), RUN)
        if "em" in run.marks:
            put(properties, element("i"), RUN)
            put(properties, element("iCs"), RUN)
        if "del" in run.marks:
            put(properties, element("strike"), RUN)
        if "changed" in run.marks:
            put(properties, element("u", val="wave"), RUN)
            shade = element("shd", val="clear", color="auto", fill=styles.CHANGED)
            put(properties, shade, RUN)
        if run.marks & {"note", "sup", "sub"}:
            script = "subscript" if "sub" in run.marks else "superscript"
            put(properties, element("vertAlign", val=script), RUN)
        if run.language:
            put(properties, element("lang", val=run.language), RUN)
        language = interface.spoken(run.language or self.document.language)
        if language.direction == "rtl":
            put(properties, element("rtl"), RUN)
        return properties

    def _list(self, listing: Listing, layout: _Layout) -> Iterator[Element]:
        number = 1
        if listing.ordered:
            number = styles.numbered(self.word, layout.depth, listing.start)
        inner = replace(layout, depth=layout.depth + 1, number=number, ordered=listing.ordered)
        for item in listing.items:
            numbered = False
            for node in item:
                first = not numbered and isinstance(node, Line)
                numbered = numbered or first
                yield from self._nodes([node], inner if first else replace(inner, number=0))

    def _picture(self, picture: Picture, layout: _Layout) -> Iterator[Element]:
        width = styles.WIDTH - layout.indent - styles.INDENT * layout.depth
        run, shown = self.pictures.run(picture, width)
        yield element("p", self._properties("Normal", replace(layout, number=0)), run)
        if not shown:
            words = f"{self.unshown_note} {PurePosixPath(picture.path).name}"
            yield self._line(Line((Run(words),), "facts"), replace(layout, number=0))

    def _table(self, table: Table, layout: _Layout) -> Element:
        indent = layout.indent + styles.INDENT * layout.depth
        total = sum(table.widths)
        widths = [(styles.WIDTH - indent) * share // total for share in table.widths]
        properties = element("tblPr", element("tblStyle", val=self.ids["Table Grid"]))
        if self.rtl:
            properties.append(element("bidiVisual"))
        properties.append(element("tblW", w=sum(widths), type="dxa"))
        if indent:
            properties.append(element("tblInd", w=indent, type="dxa"))
        sides = [element(side, w=85, type="dxa") for side in ("left", "right")]
        properties.extend((element("tblLayout", type="fixed"), element("tblCellMar", *sides)))
        columns = any(row[0].head for row in table.rows)
        look = {"firstRow": 1, "firstColumn": int(columns), "lastRow": 0, "lastColumn": 0}
        properties.append(element("tblLook", val="0620", **look, noHBand=1, noVBand=1))
        if table.name:
            properties.append(element("tblCaption", val=table.name))
        grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
        rows = [
            self._row(row, widths, head=not index)
            for index, row in enumerate((table.head, *table.rows))
        ]
        # Keep a header with its first row, and a short table on one page.
        _keep_with_next(rows[:-1] if len(rows) <= _MAX_UNSPLIT_ROWS else rows[:1])
        return element("tbl", properties, grid, *rows)

    def _row(self, row: Sequence[Cell], widths: Sequence[int], head: bool) -> Element:
        properties = element("trPr", element("cantSplit"))
        empty = [cell for cell in row if not cell.nodes]
        if empty and (len(row) > _MAX_READ_COLUMNS or len(empty) == len(row)):
            properties.append(element("trHeight", val=_SIGNATURE_HEIGHT, hRule="atLeast"))
        if head:
            properties.append(element("tblHeader"))
        cells = [self._cell(cell, width, head) for cell, width in zip(row, widths, strict=False)]
        return element("tr", properties, *cells)

    def _cell(self, cell: Cell, width: int, head: bool) -> Element:
        properties = element("tcPr", element("tcW", w=width, type="dxa"))
        if head:
            properties.append(element("shd", val="clear", color="auto", fill=styles.SHADE))
        nodes = tuple(_make_bold(node) for node in cell.nodes) if head else cell.nodes
        inside = [*self._nodes(nodes, _Layout())] or [
            element("p", self._properties("Normal", _Layout()))
        ]
        return element("tc", properties, *inside)

    def _contents(self) -> Element:
        """Build the table of contents, with a link and a page number for each entry.

        It is not a ``TOC`` field: LibreOffice shows the stored text of such a field, and the page
        numbers are unknown until a program has laid out the pages.
        """
        entries = [
            node
            for node in self.document.nodes
            if isinstance(node, Heading) and node.level <= _CONTENTS_LEVELS
        ]
        title = self._paragraph(Line((Run(self.document.contents),)), "Review Label", _Layout(), "")
        paragraphs = [
            element(
                "p",
                element("pPr", element("pStyle", val=self.ids[f"toc {node.level}"])),
                self._entry(node),
            )
            for node in entries
        ]
        for paragraph in paragraphs:
            if self.rtl:
                put(paragraph[0], element("bidi"), PARAGRAPH)
        named = element("alias", val=self.document.contents), element("tag", val=CONTENTS)
        return element("sdt", element("sdtPr", *named), element("sdtContent", title, *paragraphs))

    def _entry(self, heading: Heading) -> Element:
        """Build an entry of the table of contents.

        LibreOffice calculates its page number; Word asks the user first. Until then there is no
        number, rather than a wrong one.
        """
        mark = bookmark(heading.anchor)
        words = self._run(Run(heading.line.text))
        number = field(f"PAGEREF {mark} \\h", "")
        tab = element("r", element("tab"))
        return element("hyperlink", *words, tab, *number, anchor=mark, history=1)

    def _header(self) -> None:
        header = self.word.sections[0].header
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]._p
        for child in list(paragraph):
            paragraph.remove(child)
        others = [element("tab", val="clear", pos=place) for place in styles.TABS]
        tab = element("tab", val="right", pos=styles.WIDTH)
        style = element("pStyle", val=self.ids["Header"])
        properties = element("pPr", style, element("tabs", *others, tab))
        if self.rtl:
            put(properties, element("bidi"), PARAGRAPH)
        paragraph.append(properties)
        paragraph.extend(self._run(Run(self.document.title)))
        paragraph.append(element("r", element("tab")))
        before, _, rest = self.document.where.partition("{n}")
        between, _, after = rest.partition("{all}")
        for words, instruction in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            paragraph.extend(self._run(Run(words)) if words else [])
            paragraph.extend(field(instruction, "1") if instruction else [])


def _keeps_with_next(before: Node | None, node: Node, after: Node | None) -> bool:
    """Whether a node must stay on the same page as ``after``, the node below it: an introduction to
    a table, the line above or below a heading, a picture with its description."""
    if isinstance(node, Picture):
        return isinstance(after, Line)
    if not isinstance(node, Line):
        return False
    facts = node.style == "facts" and (isinstance(before, Heading) or isinstance(after, Heading))
    return isinstance(after, Table) or (facts and after is not None)


def _keep_with_next(made: Iterable[Element]) -> None:
    """Set every paragraph in these elements to stay on the same page as the next one."""
    for one in made:
        for properties in one.iter(qn("w:pPr")):
            put(properties, element("keepNext"), PARAGRAPH)


def _merge_runs(runs: Iterable[Run]) -> list[Run]:
    """Merge neighbouring runs that have the same formatting, to keep the file small."""
    made: list[Run] = []
    for run in runs:
        before = made[-1] if made else None
        alike = before and replace(before, text="", spot=None) == replace(run, text="", spot=None)
        if before and alike:
            made[-1] = replace(before, text=before.text + run.text)
        elif run.text:
            made.append(run)
    return made


def _make_bold(node: Node) -> Node:
    if not isinstance(node, Line):
        return node
    return replace(
        node, runs=tuple(replace(run, marks=run.marks | {"strong"}) for run in node.runs)
    )


def _set_properties(word: Word, document: Document) -> None:
    core = word.core_properties
    core.title, core.author, core.language = document.title, document.author, document.language
    core.subject, core.comments, core.keywords = f"{document.version} {document.code}", "", ""
    core.last_modified_by, core.revision = "scorm-builder", 1
    core.created = core.modified = _FIXED_DATE
    package = word.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[name]
    values = zip(PROPERTIES, (document.course, document.version, document.code), strict=True)
    rows = "".join(
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" '
        f'pid="{number}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values, start=2)
    )
    made = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_CUSTOM}/custom-properties" xmlns:vt="{_CUSTOM}/docPropsVTypes">'
        f"{rows}</Properties>"
    )
    parse_xml(made.encode())
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI("/docProps/custom.xml"), kind, made.encode(), package)
    package.relate_to(part, f"{_CUSTOM}/relationships/custom-properties")
    sent = etree.Element(SENT)
    sent.text = " ".join(sorted(line_codes(document.nodes)))
    if document.parts:
        sent.set(PARTS, " ".join(document.parts))
    listed = Part(PackURI("/customXml/item2.xml"), "application/xml", etree.tostring(sent), package)
    word.part.relate_to(listed, RELATIONSHIP_TYPE.CUSTOM_XML)
