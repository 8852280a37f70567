"""Writes blocks of a document as the Markdown lines of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat

from builder.course.markdown import escaping
from builder.course.scenarios.model import CHOICE_IDS
from builder.course.scenarios.reading import ENDING
from builder.importing.document.form import (
    Block,
    Box,
    Contact,
    Contacts,
    Exit,
    Image,
    Inline,
    Item,
    Link,
    List,
    NoteMark,
    Paragraph,
    Question,
    Reading,
    Table,
    Text,
    flat,
    heading_words,
    inner_blocks,
    is_blank,
    one_line,
)
from builder.importing.writing import inlines, tables
from builder.importing.writing.context import Context

_DEEPEST = 6
_MAX_DEPTH = 16
"""Maximum nesting depth of lists, boxes and tables."""
_MAX_CELLS = 20_000
"""Maximum number of cells in all tables of a page together; further tables are written as
callouts."""
_QUOTES = ("quote", "intense quote", "block text", "quotation")
_CAPTION = "caption"


@dataclass
class Flow:
    """Writes the blocks of one page, or of the material of a question, as lines of Markdown.

    ``page_level`` is the level in the document of the heading that became the page's title.
    ``write_question`` returns the lines that show a question on the page. ``write_contact`` returns
    pairs of a label and the name of a variable, one for each field of a contact. ``headings`` has
    the ids that must be written, by the index of the heading. ``material`` is true for the material
    of a question, which cannot contain headings, notes or blocks such as callouts.
    """

    context: Context
    page_level: int
    write_question: Callable[[Question, Flow], list[str]]
    write_contact: Callable[[Contact], list[tuple[str, str]]]
    headings: dict[int, str] = field(default_factory=dict)
    material: bool = False
    _depth: int = 0
    _cells: int = 0
    _level: int = 1
    _heading: int = 0
    _marker: int = 0

    def blocks(self, blocks: Sequence[Block], top: bool = True) -> list[str]:
        """The lines of blocks, separated by empty lines. ``top`` is true if the blocks are directly
        on the page, and not inside another block."""
        found: list[str] = []
        before: Block | None = None
        for block, lines in self.parts(blocks, top):
            if found and lines and (top or not _continues_paragraph(before, block)):
                found.append("")
            found += lines
            before = block
        return found

    def parts(self, blocks: Sequence[Block], top: bool = True) -> Iterator[tuple[Block, list[str]]]:
        """Each block with its lines. An image and its caption are written together, and so are
        consecutive quotations; the first of these blocks is yielded."""
        waiting = list(blocks)
        before: Block | None = None
        while waiting:
            block = waiting.pop(0)
            following = waiting[0] if waiting else None
            if figure := self._figure(block, following):
                waiting.pop(0)
                before = block
                yield block, figure
                continue
            if _is_quote(block):
                quoted = [block]
                while waiting and _is_quote(waiting[0]):
                    quoted.append(waiting.pop(0))
                yield block, self._quotation(quoted)
            else:
                self._marker = 1 - self._marker if isinstance(before, List) else 0
                yield block, self.block(block, top)
            before = block

    def block(self, block: Block, top: bool) -> list[str]:
        """The lines of one block. ``top`` is true if the block is directly on the page, and not
        inside another block."""
        if self._depth >= _MAX_DEPTH:
            # The Markdown parser drops content that is nested too deep.
            line = flat([block])
            return self._paragraph(Paragraph(line, block.place), top)
        self._depth += 1
        lines = self._block(block, top)
        self._depth -= 1
        return lines

    def _block(self, block: Block, top: bool) -> list[str]:
        if isinstance(block, Paragraph):
            return self._paragraph(block, top)
        if isinstance(block, List):
            return self._list(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Box):
            inside = self.blocks(block.blocks, top and not self.material)
            return inside if self.material else fenced("callout", "", inside)
        if isinstance(block, Question):
            return self.write_question(block, self)
        if isinstance(block, Contacts):
            return self._contacts(block)
        if isinstance(block, Reading):
            return self._reading(block)
        if isinstance(block, Exit):
            return self._exit(block)
        # A record inside another block cannot get its own page, so it becomes prose.
        rows = [inner for row in block.rows for inner in (*row.question, *row.reading)]
        return self.blocks(rows, top=False)

    def _paragraph(self, block: Paragraph, top: bool) -> list[str]:
        if is_blank(block.inlines):
            return []
        if block.level:
            return self._heading_lines(block, top)
        kind: inlines.Kind = "passage" if self.material else "text"
        written = inlines.line(block.inlines, self.context, block.place, kind).strip()
        return written.split("\n") if written else []

    def _heading_lines(self, block: Paragraph, top: bool) -> list[str]:
        words = escaping.clean(heading_words(block)).strip()
        if not words:
            return self._paragraph(_as_prose(block), top)
        if not top or self.material:
            return [f"**{escaping.escaped(words)}**"]
        document_level = block.level - self.page_level + 1
        level = max(2, min(document_level, self._level + 1, _DEEPEST))
        self._level = level
        name = self.headings.get(self._heading, "")
        self._heading += 1
        line = inlines.line(_with_label(block), self.context, block.place, "field").strip()
        written_id = f" {{#{name}}}" if name else ""
        return [f"{'#' * level} {escaping.headed(line)}{written_id}"]

    def _figure(self, first: Block, second: Block | None) -> list[str]:
        """The lines of a figure, if one of two consecutive blocks is an image and the other its
        caption; else empty."""
        if not (isinstance(first, Paragraph) and isinstance(second, Paragraph)):
            return []
        for image, caption in ((first, second), (second, first)):
            if _only_image(image) and caption.style == _CAPTION and _is_plain(caption.inlines):
                image_lines = self._paragraph(image, True)
                title = escaping.title(one_line(caption.inlines))
                if image_lines and title:
                    return fenced("figure", title, image_lines)
                return image_lines or self._paragraph(caption, True)
        return []

    def _quotation(self, quoted: Sequence[Block]) -> list[str]:
        plain = [_as_prose(block) for block in quoted if isinstance(block, Paragraph)]
        return [f"> {line}".rstrip() for line in self.blocks(plain)]

    def _list(self, block: List) -> list[str]:
        found: list[str] = []
        mark = ")" if self._marker else "."
        bullet = "*" if self._marker else "-"
        for number, item in enumerate(block.items, start=max(block.start, 0)):
            marker = f"{number}{mark} " if block.ordered else f"{bullet} "
            self._note_label(block, item, number)
            found += self._item(item, marker, found)
        return found

    def _note_label(self, block: List, item: Item, number: int) -> None:
        label = item.label.strip("().[] ").rstrip(".")
        if block.ordered and label and label != str(number):
            self.context.changed["list marks such as “a)”, now numbers"] += 1

    def _item(self, item: Item, marker: str, before: list[str]) -> list[str]:
        kept = self._marker
        lines = self.blocks(item.blocks, top=False)
        self._marker = kept
        if not lines:
            return [marker.rstrip()]
        indent = " " * len(marker)
        first, *others = lines
        return [f"{marker}{first}", *(f"{indent}{line}".rstrip() for line in others)]

    def _table(self, block: Table) -> list[str]:
        self._cells += tables.size(block)
        if tables.is_data_table(block) and self._cells <= _MAX_CELLS:
            return tables.lines(block, self.context)
        self.context.changed["tables of one column or row, now a callout"] += 1
        inside = self.blocks(list(inner_blocks(block)), top=False)
        caption = escaping.title(one_line(block.caption))
        if self.material:
            return [*([caption, ""] if caption else []), *inside]
        return fenced("callout", caption, inside) if inside else []

    def _exit(self, block: Exit) -> list[str]:
        """The lines of the choices of a scene, or of its ending. Each choice and ending is fair,
        the neutral quality, until the author has judged it."""
        if not block.choices:
            return fenced(ENDING, "fair", self.blocks(block.blocks, top=False) or ["…"])
        lines = []
        # The build reports that a scene has too many choices.
        for name, choice in zip(chain(CHOICE_IDS, repeat("?")), block.choices, strict=False):
            words = inlines.field(one_line((choice,))) or "…"
            scene = self.context.places[choice.address[1:]].partition("#")[2]
            lines.append(f"- [{words}](#{scene}){{{name} .fair}}")
        return lines

    def _contacts(self, block: Contacts) -> list[str]:
        entries = []
        for contact in block.contacts:
            label = inlines.line(contact.name, self.context, block.place, "field").strip()
            for detail, name in self.write_contact(contact):
                label_text = (
                    f"{label}, {escaping.escaped(escaping.clean(detail))}" if detail else label
                )
                entries.append(f"- {label_text.rstrip(':')}: {{{{ {name} }}}}")
        return fenced("contacts", "", entries) if entries else []

    def _reading(self, block: Reading) -> list[str]:
        entries = [_start_with_link(item) for item in block.items]
        written = [
            inlines.line(entry, self.context, block.place, "field").strip() for entry in entries
        ]
        lines = [f"- {line}" for line in written if line]
        if not lines or not all(map(_is_reading_entry, entries, written)):
            return lines
        return fenced("further-reading", "", lines)


def fenced(name: str, title: str, inside: Sequence[str]) -> list[str]:
    """The lines of the block ``name`` in the Markdown of courses, such as a callout, around the
    lines ``inside``. The block's fences have more colons than those of the blocks inside it. Empty
    if there are no lines."""
    if not inside:
        return []
    longest = max(
        (len(line.split(" ")[0]) for line in map(str.lstrip, inside) if _is_fence(line)), default=2
    )
    fence = ":" * max(3, longest + 1)
    return [f"{fence} {name} {title}".rstrip(), *inside, fence]


def _continues_paragraph(before: Block | None, block: Block) -> bool:
    """Whether a block is a list that can follow the paragraph before it without an empty line. A
    numbered list that does not start at 1 cannot, since Markdown would read it as part of the
    paragraph."""
    listed = isinstance(block, List) and not (block.ordered and block.start != 1)
    return listed and isinstance(before, Paragraph) and not before.level


def _is_fence(line: str) -> bool:
    mark = line.split(" ")[0]
    return len(mark) > 2 and not mark.strip(":")


def _is_quote(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.level and block.style in _QUOTES


def _as_prose(block: Paragraph) -> Paragraph:
    return Paragraph(block.inlines, block.place)


def _with_label(block: Paragraph) -> tuple[Inline, ...]:
    return (Text(f"{block.label} "), *block.inlines) if block.label else block.inlines


def _only_image(block: Paragraph) -> bool:
    visible_parts = [
        one for one in block.inlines if not (isinstance(one, Text) and not one.words.strip())
    ]
    return len(visible_parts) == 1 and isinstance(visible_parts[0], Image)


def _is_plain(line: Sequence[Inline]) -> bool:
    return not any(isinstance(one, NoteMark | Image | Link) for one in line)


def _start_with_link(item: Sequence[Inline]) -> tuple[Inline, ...]:
    """Change an item of further reading so that it starts with its link: if the link only shows its
    address, the title before it becomes the text of the link. Returned unchanged if that is not
    possible."""
    at = next((index for index, one in enumerate(item) if isinstance(one, Link)), None)
    if not at:
        return tuple(item)
    link = item[at]
    assert isinstance(link, Link)
    title = one_line(item[:at]).strip(" :–—-\t")
    shows_address = "".join(text.words for text in link.texts).strip().rstrip("/") in link.address
    if not title or not shows_address or not _is_plain(item[:at]):
        return tuple(item)
    return (Link((Text(title),), link.address), *item[at + 1 :])


def _is_reading_entry(entry: Sequence[Inline], written: str) -> bool:
    links = [one for one in entry if isinstance(one, Link)]
    return (
        len(links) == 1
        and entry[0] is links[0]
        and links[0].address.lower().startswith("http")
        and written.startswith("[")
        and "![" not in written
        and "[^" not in written
    )
