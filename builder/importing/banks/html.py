"""Converts a bank's HTML to blocks and lines of inlines. Unknown elements are replaced by their
text; elements that a page cannot show are reported. Nothing is downloaded or run."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from lxml import etree

from builder.course.markdown.escaping import UNWRITABLE
from builder.importing.document.form import (
    Block,
    Break,
    Cell,
    Image,
    Inline,
    Item,
    Link,
    List,
    Mark,
    Paragraph,
    Place,
    Table,
    Text,
)

MARKS: dict[str, Mark] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "mark": "highlight",
    "sub": "sub",
    "sup": "super",
}
"""The mark (a kind of formatting) of each inline element."""
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    {"p", "div", "blockquote", "pre", "section", "article", "center", "figure", "figcaption"}
    | {"header", "footer", "dl", "dt", "dd", "address", "hr", "caption", "body", "html", *_HEADS}
)
"""Elements that start a paragraph."""
NESTED = ("ul", "ol", "li", "table", "tr", "td", "th")
UNSEEN = ("script", "style", "template", "noscript", "head", "title", "math", "svg")
"""Elements whose text is not for readers, or has no meaning without the element."""
PLAYED = ("video", "audio", "iframe", "object", "embed", "canvas", "form", "input", "applet")
LISTED = frozenset({*UNSEEN, *PLAYED})
_DEEPEST = 6
"""Maximum depth of nested lists and tables; deeper content becomes paragraphs."""
_FLAT = 100
"""HTML with at most this number of tags cannot be nested too deeply for the parser, so its depth is
not checked."""
_SPACES = re.compile(r"[ \t\n\r\f]+")
_TAG = re.compile(r"<[^<>]*>")
_PLAIN = re.compile(r"(?:<p>)?([^<&]*)(?:</p>)?")
"""Matches plain text or a single paragraph, as most texts of a bank are."""

_EVENTS: tuple[Literal["start", "end", "comment", "pi"], ...] = ("start", "end", "comment", "pi")

FindImage = Callable[[str, str | None, Place], Image]
"""Callback that returns the image at an address, given its text alternative and its place."""
ReportElement = Callable[[str, Place, str], None]
"""Callback that reports an element that is not imported: its name, place and text."""


def clean(words: str) -> str:
    """Remove characters that no file of a course may contain; keeps line breaks."""
    return UNWRITABLE.sub(lambda found: found[0] if found[0] in "\t\n" else "", words)


def blocks(
    markup: str, place: Place, find_image: FindImage, report: ReportElement
) -> tuple[Block, ...]:
    """Convert a piece of HTML to blocks. ``place`` is the position of the HTML in the file, which
    the blocks and reports get. ``find_image`` returns the image at an address, and ``report``
    reports an element that is not imported."""
    if found := _PLAIN.fullmatch(markup):
        return text_blocks(found[1], place)
    parser = etree.HTMLParser(recover=True, no_network=True, huge_tree=True, encoding="utf-8")
    written = f"<div>{clean(markup)}</div>".encode("utf-8", "replace")
    root = etree.fromstring(written, parser)
    if root is None or (markup.count("<") > _FLAT and _is_too_deep(parser)):
        return text_blocks(_TAG.sub(" ", markup), place)
    writer = _Writer(place, find_image, report)
    for event, element in etree.iterwalk(root, events=_EVENTS):
        writer.event(event, element)
    return writer.finish()


def text_blocks(written: str, place: Place) -> tuple[Block, ...]:
    """Convert the text of an element that has no child elements to a paragraph; empty if there is
    no text. ``place`` is its position in the file."""
    plain = _SPACES.sub(" ", clean(written)).strip()
    return (Paragraph((Text(plain),), place),) if plain else ()


def element_blocks(
    element: Any, place: Place, find_image: FindImage, report: ReportElement, rows: frozenset[str]
) -> tuple[Block, ...]:
    """Convert an XML element with HTML content to blocks. ``place``, ``find_image`` and ``report``
    are as for ``blocks``. ``rows`` are the names of elements that start a paragraph, in addition to
    those of HTML."""
    writer = _Writer(place, find_image, report, BLOCKS | rows)
    writer.add_text(element.text)
    for event, one in etree.iterwalk(element, events=_EVENTS):
        if one is not element:
            writer.event(event, one)
    return writer.finish()


def _is_too_deep(parser: Any) -> bool:
    return any("Excessive depth" in str(one) for one in parser.error_log)


@dataclass(slots=True)
class _Frame:
    """A list, item, table, row or cell that has started and not ended, with its content until
    now."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    header_cells: int = 0
    element: Any = None


class _Writer:
    """Builds blocks from the events at the start and end of each element of a tree."""

    def __init__(
        self,
        place: Place,
        find_image: FindImage,
        report: ReportElement,
        rows: frozenset[str] = BLOCKS,
    ) -> None:
        self.place, self.find_image, self.report, self.rows = place, find_image, report, rows
        self.frames = [_Frame("")]
        self.line: list[Inline] = []
        self.marks: list[Mark] = []
        self.address: list[str] = []
        self.hidden = 0
        self.preformatted = 0
        self.skipped: list[bool] = []

    def event(self, event: str, element: Any) -> None:
        """Handle an event of the parser, by its name: ``start`` or ``end`` of an element, or a
        comment. The text after the end of an element belongs to its parent."""
        if event in ("comment", "pi"):
            self.add_text(element.tail)
            return
        name = str(element.tag).lower()
        if event == "start":
            if name in LISTED:
                if not self.hidden:
                    self._report_element(name, element)
                self.hidden += 1
            elif not self.hidden:
                self._start(name, element)
                self.add_text(element.text)
        else:
            if name in LISTED:
                self.hidden -= 1
            elif not self.hidden:
                self._end(name)
            self.add_text(element.tail)

    def finish(self) -> tuple[Block, ...]:
        """Return the finished blocks; called after the last event."""
        self._flush()
        return tuple(self.frames[0].blocks)

    def _report_element(self, name: str, element: Any) -> None:
        words = " ".join("".join(element.itertext()).split()) if name in PLAYED else ""
        self.report(name, self.place, words or element.get("src") or element.get("data") or "")

    def add_text(self, words: str | None) -> None:
        """Add text at the current position."""
        if not words or self.hidden:
            return
        words = words if words.isprintable() else clean(words)
        if not self.preformatted:
            words = _SPACES.sub(" ", words)
        for at, part in enumerate(words.split("\n")):
            if at:
                self.line.append(Break())
            self._append_text(part)

    def _append_text(self, words: str) -> None:
        if not words:
            return
        text = Text(words, frozenset(self.marks))
        address = self.address[-1] if self.address else ""
        last = self.line[-1] if self.line else None
        if address and isinstance(last, Link) and last.address == address:
            self.line[-1] = Link((*last.texts, text), address)
        elif address:
            self.line.append(Link((text,), address))
        else:
            self.line.append(text)

    def _start(self, name: str, element: Any) -> None:
        if name in MARKS:
            self.marks.append(MARKS[name])
        elif name in self.rows:
            self._flush()
            if name in _HEADS:
                self.marks.append("strong")
            self.preformatted += name == "pre"
        elif name in NESTED:
            self._open(name, element)
        elif name == "br":
            self.line.append(Break())
        elif name == "img":
            self.line.append(
                self.find_image(element.get("src") or "", element.get("alt"), self.place)
            )
        elif name == "a":
            self.address.append((element.get("href") or "").strip())

    def _end(self, name: str) -> None:
        if name in MARKS:
            self.marks.pop()
        elif name in self.rows:
            self._flush()
            if name in _HEADS:
                self.marks.pop()
            self.preformatted -= name == "pre"
        elif name in NESTED:
            self._close()
        elif name == "a":
            self.address.pop()

    def _open(self, name: str, element: Any) -> None:
        self._flush()
        around = self.frames[-1].name
        fits = {"li": ("ul", "ol"), "tr": ("table",), "td": ("tr",), "th": ("tr",)}
        wanted = fits.get(name)
        deep = len(self.frames) > 2 * _DEEPEST
        within = around in wanted if wanted else around not in ("ul", "ol", "table", "tr")
        self.skipped.append(deep or not within)
        if not self.skipped[-1]:
            self.frames.append(_Frame(name, element=element))

    def _close(self) -> None:
        self._flush()
        if self.skipped.pop():
            return
        frame = self.frames.pop()
        around = self.frames[-1]
        if frame.name == "li":
            around.items.append(Item("", tuple(frame.blocks)))
        elif frame.name in ("td", "th"):
            around.cells.append(
                Cell(tuple(frame.blocks), _size(frame, "colspan"), _size(frame, "rowspan"))
            )
            around.header_cells += frame.name == "th"
        elif frame.name == "tr":
            if frame.cells:
                heads = frame.header_cells == len(frame.cells) and around.header_cells == len(
                    around.rows
                )
                around.header_cells += heads
                around.rows.append(tuple(frame.cells))
            around.blocks += frame.blocks
        else:
            self.frames[-1].blocks += self._finish_frame(frame)

    def _finish_frame(self, frame: _Frame) -> list[Block]:
        """Convert a finished list or table to blocks. Content that is in no item or row is put
        before it."""
        if frame.items:
            is_ordered = frame.name == "ol"
            return [*frame.blocks, List(is_ordered, 1, tuple(frame.items), self.place)]
        if frame.rows:
            return [*frame.blocks, Table(tuple(frame.rows), frame.header_cells, self.place)]
        return frame.blocks

    def _flush(self) -> None:
        line = trim(self.line)
        self.line = []
        if line:
            self.frames[-1].blocks.append(Paragraph(line, self.place))


def _size(frame: _Frame, name: str) -> int:
    written = (frame.element.get(name) or "").strip()
    return max(1, min(int(written), 100)) if re.fullmatch("[0-9]{1,3}", written) else 1


def trim(line: Sequence[Inline]) -> tuple[Inline, ...]:
    """Remove blank inlines and spaces at both ends of a line, and merge neighbouring texts with the
    same formatting."""
    if len(line) == 1 and isinstance(one := line[0], Text):
        words = one.words.strip()
        return (Text(words, one.marks),) if words else ()
    found: list[Inline] = []
    for one in line:
        last = found[-1] if found else None
        if isinstance(one, Text) and isinstance(last, Text) and one.marks == last.marks:
            words = last.words + (one.words.lstrip(" ") if last.words.endswith(" ") else one.words)
            found[-1] = Text(words, one.marks)
        else:
            found.append(one)
    while found and _is_blank(found[0]):
        found.pop(0)
    while found and _is_blank(found[-1]):
        found.pop()
    if found and isinstance(found[0], Text):
        found[0] = Text(found[0].words.lstrip(), found[0].marks)
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].words.rstrip(), found[-1].marks)
    return tuple(found)


def _is_blank(one: Inline) -> bool:
    if isinstance(one, Link):
        return not any(text.words.strip() for text in one.texts)
    return isinstance(one, Break) or (isinstance(one, Text) and not one.words.strip())
