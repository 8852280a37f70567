"""Reads the blocks of a text in a Word file: paragraphs, lists, tables, and the elements between
them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from builder.importing.document.form import Block, Box, Inline, Paragraph, Place, Text
from builder.importing.word.inlines import INLINE, Inlines, Setting
from builder.importing.word.names import Element, child, indent, name, number, switch, value
from builder.importing.word.numbering import Number
from builder.importing.word.story import ALTERNATIVES, Line, Story, choose_alternative, open_control
from builder.importing.word.structure import Entry, Grid, Layout, Slot, attach_captions, group_lists
from builder.importing.word.styles import LONGEST_HEADING, Look, Style

_DELETED = (name("w:delText"), name("w:t"))
_NEW_PAGE = ("nextPage", "oddPage", "evenPage")
_MOST_ACROSS = 63
"""Maximum number of columns of a Word table."""


class Flow:
    """Reads the blocks of one container: the body, a cell, a note or a text box. ``table`` is the
    formatting that the style of a table gives to a cell."""

    def __init__(self, story: Story, table: Look | None = None) -> None:
        self._story = story
        self._table = table or {}
        self._entries: list[Entry] = []
        self._unfinished_line: Line | None = None
        """The contents of a paragraph that continues in the next one, since it is a drop cap or a
        tracked change deletes its end; else ``None``."""
        self._settings: dict[str | None, Setting] = {}

    def blocks(self, container: Element) -> tuple[Block, ...]:
        """Read all blocks of the container, and return them with lists, tables and captions put
        together."""
        self._walk(container)
        if self._unfinished_line is not None:
            self._add(self._unfinished_line, Style(), None, None)
        self._story.end_generated()
        return attach_captions(group_lists(self._entries))

    def _walk(self, container: Iterable[Element]) -> None:
        for one in container:
            tag = str(one.tag)
            if handler := _HANDLERS.get(tag):
                handler(self, one)
            elif tag in INLINE:
                self._inline_element(one)
            elif tag not in _SKIPPED:
                self._walk(one)

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        story, styles = self._story, self._story.reading.styles
        story.next_place(element)
        properties = child(element, "w:pPr")
        style_id = value(properties, "w:pStyle")
        style = styles.paragraph(style_id)
        level = _level(properties, style)
        if level and not story.in_gallery:
            story.fields.leave_generated()
        is_right_to_left = switch(properties, "w:bidi")
        is_right_to_left = style.right_to_left if is_right_to_left is None else is_right_to_left
        story.reading.right_to_left[
            styles.right_to_left if is_right_to_left is None else is_right_to_left
        ] += 1
        line = self._unfinished_line or Line()
        Inlines(story, line, self._setting(style_id, style)).read(element)
        self._unfinished_line = None
        if child(properties, "w:rPr", "w:del") is not None or _is_drop_cap(properties):
            self._unfinished_line = line
            return
        if child(properties, "w:pPrChange") is not None:
            story.report("formatting change", line.plain_text())
        if level and not style.level and len(line.plain_text()) > LONGEST_HEADING:
            story.report("outline level", line.plain_text())
            level = 0
        list_number = self._number(properties, style_id, style)
        if switch(properties, "w:pageBreakBefore") or (
            style.starts_page and switch(properties, "w:pageBreakBefore") is None
        ):
            story.starts_page = True
        self._add(line, replace(style, level=level), list_number, properties)
        story.end_generated()
        if child(properties, "w:sectPr") is not None:
            story.starts_page |= next(story.sections, "") in _NEW_PAGE

    def _setting(self, style_id: str | None, style: Style) -> Setting:
        if style_id not in self._settings:
            styles = self._story.reading.styles
            self._settings[style_id] = Setting(styles, style, self._table)
        return self._settings[style_id]

    def _number(
        self, properties: Element | None, style_id: str | None, style: Style
    ) -> Number | None:
        numbering = self._story.reading.numbering
        list_id = number(value(properties, "w:numPr", "w:numId"))
        level = number(value(properties, "w:numPr", "w:ilvl"))
        if list_id is None:
            list_id = style.list_id
            if level is None and list_id:
                level = numbering.level_of(list_id, style_id or "")
            level = style.list_level if level is None else level
        found = numbering.next(list_id, level or 0)
        return found if found and found.label else None

    def _add(
        self, line: Line, style: Style, list_number: Number | None, properties: Element | None
    ) -> None:
        """Add the contents of a paragraph (``line``) to the entries: a paragraph for each part
        between page breaks, then the text boxes."""
        story, place = self._story, self._story.current_place
        story.bookmarks += line.bookmarks
        left = _left_indent(properties, style, list_number)
        level = style.level or 0
        label = list_number.label if list_number and level else ""
        parts = line.split_at_page_breaks()
        if level or list_number:
            parts = _join_parts(line, parts)
        for begins, inlines in parts:
            story.starts_page |= begins
            if not inlines:
                continue
            paragraph = Paragraph(
                inlines,
                place,
                level,
                style.name,
                tuple(dict.fromkeys(story.bookmarks)),
                story.starts_page,
                label,
            )
            story.bookmarks, story.starts_page = [], False
            self._entries.append(Entry(paragraph, None if level else list_number, left))
        self._boxes(line, place)

    def _boxes(self, line: Line, place: Place) -> None:
        for box in line.boxes:
            blocks: tuple[Block, ...]
            if isinstance(box, str):
                words: tuple[Inline, ...] = (Text(box),)
                blocks = (Paragraph(words, place),)
            else:
                blocks = Flow(self._story.inner_story(box, "text box")).blocks(box)
            if blocks:
                self._entries.append(Entry(Box(blocks, place), follows=True))

    def _inline_element(self, element: Element) -> None:
        """Read an inline element that is outside any paragraph."""
        story = self._story
        story.next_place(element)
        line = Line()
        style = story.reading.styles.paragraph(None)
        Inlines(story, line, self._setting(None, style)).read_one(element)
        self._add(line, style, None, None)

    # Between paragraphs

    def _bookmark(self, element: Element) -> None:
        if bookmark := element.get(name("w:name")):
            self._story.bookmarks.append(bookmark)

    def _alternatives(self, element: Element) -> None:
        self._walk(choose_alternative(element))

    def _control(self, element: Element) -> None:
        with open_control(self._story, element) as content:
            self._walk(content)

    def _deletion(self, element: Element) -> None:
        words = " ".join(one.text or "" for one in element.iter(*_DELETED))
        if words.strip():
            self._story.report("deletion", words)

    def _embedded_document(self, element: Element) -> None:
        relation = self._story.relation(element.get(name("r:id")))
        self._story.report("embedded document", relation.target if relation else "")

    # Tables

    def _read_table(self, element: Element) -> None:
        story = self._story
        if self._unfinished_line is not None:
            self._add(self._unfinished_line, Style(), None, None)
            self._unfinished_line = None
        layout = Layout(element, story.reading.styles)
        grid = Grid(story.upcoming_place(element))
        for description in layout.descriptions:
            story.reading.report("table description", grid.place, description)
        rows = _unwrap(element, name("w:tr"))
        for at, row in enumerate(rows):
            self._read_row(row, grid, layout, at, len(rows))
        self._entries.append(Entry(grid.table(layout.count_header_rows(rows)), indent=0))

    def _read_row(self, row: Element, grid: Grid, layout: Layout, at: int, count: int) -> None:
        properties = child(row, "w:trPr")
        words = (one.text or "" for one in row.iter(*_DELETED))
        if child(properties, "w:del") is not None:
            self._story.report("deletion", " ".join(words))
            return
        if child(properties, "w:ins") is not None:
            self._story.report("insertion", " ".join(words))
        grid.begin(_column_count(properties, "w:gridBefore"))
        cells = _unwrap(row, name("w:tc"))
        for column, cell in enumerate(cells):
            self._read_cell(cell, grid, layout.look(at, count, column, len(cells)))
        grid.end(_column_count(properties, "w:gridAfter"))

    def _read_cell(self, cell: Element, grid: Grid, look: Look) -> None:
        properties = child(cell, "w:tcPr")
        if child(properties, "w:cellDel") is not None:
            self._deletion(cell)
            return
        blocks = Flow(self._story, look).blocks(cell)
        across = max(_column_count(properties, "w:gridSpan"), 1)
        downwards = child(properties, "w:vMerge")
        sideways = child(properties, "w:hMerge")
        is_covered = grid.add(
            Slot(list(blocks), across),
            down=None if downwards is None else downwards.get(name("w:val"), "continue"),
            aside=None if sideways is None else sideways.get(name("w:val"), "continue"),
        )
        if is_covered and (words := "".join(cell.itertext(name("w:t")))).strip():
            self._story.report("covered cell", words)


def _unwrap(element: Element, tag: str) -> list[Element]:
    """Collect the rows of a table or the cells of a row, according to ``tag``, including those
    inside content controls and tracked changes."""
    found: list[Element] = []
    for one in element:
        if one.tag == tag:
            found.append(one)
        elif one.tag in _WRAPPERS:
            found += _unwrap(one, tag)
    return found


def _column_count(properties: Element | None, which: str) -> int:
    return min(max(number(value(properties, which)) or 0, 0), _MOST_ACROSS)


def _level(properties: Element | None, style: Style) -> int:
    outline = number(value(properties, "w:outlineLvl"))
    if outline is None:
        return style.level or 0
    return outline + 1 if 0 <= outline < 9 else 0


def _is_drop_cap(properties: Element | None) -> bool:
    """Whether a paragraph only contains the drop cap (large first letter) of the next paragraph."""
    frame = child(properties, "w:framePr")
    return frame is not None and frame.get(name("w:dropCap"), "none") != "none"


def _left_indent(properties: Element | None, style: Style, list_number: Number | None) -> int:
    """The left indent of a paragraph in twentieths of a point: its own, else that of its list
    level, else that of its style. But if the style sets both a list and an indent, the style's
    indent is used instead of the list level's."""
    layers = [indent(child(properties, "w:ind")), style.indent]
    if list_number is not None:
        layers.insert(2 if style.list_id and "left" in style.indent else 1, list_number.indent)
    return next((layer["left"] for layer in layers if "left" in layer), 0)


def _join_parts(
    line: Line, parts: list[tuple[bool, tuple[Inline, ...]]]
) -> list[tuple[bool, tuple[Inline, ...]]]:
    """Join the parts of a heading or list item into one, so that page breaks inside its text are
    ignored; those before and after its text are kept. A part is a pair: whether a page break
    precedes it, and its content."""
    filled = [at for at, (_, inlines) in enumerate(parts) if inlines]
    if len(filled) < 2:
        return parts
    starts_page = any(page for page, _ in parts[: filled[0] + 1])
    page_end = [(True, ())] * bool(parts[filled[-1] + 1 :])
    return [(starts_page, line.inlines()), *page_end]


_HANDLERS: dict[str, Callable[[Flow, Element], None]] = {
    name("w:p"): Flow._paragraph,
    name("w:tbl"): Flow._read_table,
    name("w:sdt"): Flow._control,
    name("w:bookmarkStart"): Flow._bookmark,
    name("w:del"): Flow._deletion,
    name("w:altChunk"): Flow._embedded_document,
    name("w:subDoc"): Flow._embedded_document,
    ALTERNATIVES: Flow._alternatives,
}
_WRAPPERS = frozenset(
    name(f"w:{one}") for one in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_SKIPPED = frozenset(
    name(f"w:{one}")
    for one in ("sectPr", "tcPr", "moveFrom", "sdtPr", "sdtEndPr", "customXmlPr", "tblPr")
)
