"""Reads a returned Word file, whichever program saved it: its paragraphs, its tracked changes and
its comments.

The file is untrusted: it is never unpacked, its sizes are limited, and its XML is parsed without
entities and without network access.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from builder.base import zips
from builder.exporting.review import visible_lines
from builder.exporting.review.tree import TAG, document_identity
from builder.exporting.review.visible_lines import DELETED, INSERTED, VisibleLine, W
from builder.exporting.review.word import CONTENTS, PARTS, SENT

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DEFAULT_DOCUMENT = "word/document.xml"
_STRICT_NAMESPACE = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAX_PARAGRAPHS = 200_000
"""Maximum number of paragraphs in a file."""
_MAX_COMMENTS = 20_000
"""Maximum number of comments in a file."""
_MAX_COMMENT_LENGTH = 20_000
"""Number of characters to which a comment is cut."""
_MAX_NAME_LENGTH = 200
"""Number of characters to which a name or a property is cut."""
_SKIPPED = frozenset(
    ("pPrChange", "rPrChange", "instrText", "delInstrText", "rPr", "tblPr", "tcPr")
)
_CHARACTERS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_LAYOUT_BREAKS = ("page", "column")
"""Types of Word breaks that only affect the layout, and are no character of the text."""
_CONTENTS_TAGS = ("Table of Contents", CONTENTS)
_COUNTER_PLACEHOLDER = re.compile(r"%\d")
_CONTENTS_STYLE = re.compile(r"toc|contents", re.IGNORECASE)


class UnreadableError(Exception):
    """Raised for a file that cannot be read; the text says why, for a diagnostic."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change in a paragraph: deleted text, and the text inserted in its place.

    ``start`` and ``end`` are the offsets of the deleted text in the paragraph as it was sent out.
    ``tracked`` is false if the text was changed without tracking.
    """

    start: int
    end: int
    added: str
    author: str = ""
    date: str = ""
    tracked: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a returned file. ``words`` is its text as it was sent out, without the tag at
    its end.

    ``joined`` is true if the end of the paragraph was deleted or inserted: it was joined with the
    next paragraph, or is new. ``cell`` has the numbers of its table, row and column, each from 0.
    ``dropped`` is text that one person inserted and another deleted.
    """

    words: str
    tag: str
    bookmarks: tuple[str, ...]
    changes: tuple[Change, ...]
    joined: bool = False
    cell: tuple[int, int, int] | None = None
    dropped: str = ""

    @property
    def changed(self) -> str:
        """The text of the paragraph with all its changes."""
        words = self.words
        for change in reversed(self.changes):
            words = words[: change.start] + change.added + words[change.end :]
        return words


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. ``start`` and ``end`` are the offsets of the text that it is on, in the paragraph
    as it was sent out; ``about`` is that text.

    ``paragraph`` is the number of the paragraph, ``None`` if the comment has no place. ``reply`` is
    whether it is a reply to another comment, ``done`` whether somebody has resolved it.
    """

    author: str
    date: str
    text: str
    paragraph: int | None
    start: int
    end: int
    about: str
    reply: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """The content of a returned file.

    ``course`` (an id), ``version`` and ``code`` identify the course and the words from which the
    file was made; they are empty if the file no longer contains them.

    ``accepted`` are the lines with all tracked changes accepted, ``rejected`` those with all
    rejected. ``outside_lines`` are the lines of headers, footers and notes. ``sent_codes`` are the
    codes of the lines that were sent out, ``None`` if the file does not contain them. ``parts`` are
    the ids of the parts of the course that it shows, empty if it shows all.
    """

    paragraphs: tuple[Paragraph, ...]
    comments: tuple[Comment, ...]
    course: str
    version: str
    code: str
    accepted: tuple[VisibleLine, ...] = ()
    rejected: tuple[VisibleLine, ...] = ()
    outside_lines: tuple[str, ...] = ()
    sent_codes: frozenset[str] | None = None
    parts: frozenset[str] = frozenset()


def receive(path: Path) -> Received:
    """Read a returned Word file; raises ``UnreadableError`` if it is not a readable Word file."""
    try:
        with zips.open_zip(path) as archive:
            if wrong := zips.safety_problems(archive):
                raise UnreadableError(wrong[0])
            return _DocumentReader(archive).read()
    except zips.DamagedError as error:
        raise UnreadableError(str(error)) from error


@dataclass
class _OpenParagraph:
    """A paragraph that is still being read; ``number`` counts the paragraphs of the file from 0."""

    number: int
    words: list[str] = field(default_factory=list)
    length: int = 0
    bookmarks: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    joined: bool = False
    contents: bool = False
    cell: tuple[int, int, int] | None = None
    dropped: list[str] = field(default_factory=list)

    def add_text(self, text: str) -> None:
        """Append text that nobody has changed."""
        self.words.append(text)
        self.length += len(text)

    def add_deleted(self, text: str, author: str, date: str) -> None:
        """Append text that a tracked change deletes."""
        last = self.changes[-1] if self.changes else None
        if last and last.end == self.length and last.author == author:
            self.changes[-1] = Change(last.start, self.length + len(text), last.added, author, date)
        else:
            self.changes.append(Change(self.length, self.length + len(text), "", author, date))
        self.add_text(text)

    def add_inserted(self, text: str, author: str, date: str) -> None:
        """Append text that a tracked change inserts."""
        last = self.changes[-1] if self.changes else None
        if last and last.end == self.length and last.author == author:
            self.changes[-1] = Change(last.start, last.end, last.added + text, author, date)
        else:
            self.changes.append(Change(self.length, self.length, text, author, date))


@dataclass(frozen=True, slots=True)
class _State:
    """The tracked change that contains an element, with its author and date.

    ``kind`` is ``ins`` or ``del``; ``none`` if the element was inserted and then deleted; empty
    outside of tracked changes.
    """

    kind: str = ""
    author: str = ""
    date: str = ""


class _DocumentReader:
    """Reads the paragraphs, comments and lines of one Word file."""

    def __init__(self, archive: zips.Archive) -> None:
        self.archive = archive
        self.paragraphs: list[_OpenParagraph] = []
        self.open_paragraphs: list[_OpenParagraph] = []
        self.cells: list[tuple[int, int, int]] = []
        self.tables = 0
        self.starts: dict[str, tuple[int, int]] = {}
        self.ends: dict[str, tuple[int, int]] = {}
        self.numbers: dict[etree._Element, int] = {}
        self.listing: dict[etree._Element, bool] = {}

    def read(self) -> Received:
        document = (self._related_parts("", "officeDocument") or [_DEFAULT_DOCUMENT])[0]
        if document not in self.archive.files:
            raise UnreadableError("it is not a Word document")
        root = self._parse_part(document)
        if str(root.tag).startswith(f"{{{_STRICT_NAMESPACE}}}"):
            raise UnreadableError("it is saved as “Strict Open XML”: save it as “Word Document”")
        if root.tag != f"{W}document":
            raise UnreadableError("it is not a Word document")
        self._read_children(root, _State())
        comments = tuple(self._read_comments(document))
        named = self._related_parts(document, "styles")
        styles = visible_lines.Styles(self._parse_part(named[0]) if named else None)
        related = visible_lines.Related(
            styles, self._link_targets(document), self._bulleted_lists(document)
        )
        around = (
            *self._read_outside_lines(document, styles),
            *self._numbering_words(document, root),
        )
        return Received(
            tuple(map(_finish, self.paragraphs)),
            comments,
            *self._read_identity(),
            accepted=visible_lines.lines(root, "accepted", related, self.numbers, self.listing),
            rejected=visible_lines.lines(root, "rejected", related, self.numbers, self.listing),
            outside_lines=around,
            sent_codes=self._split_sent(document, lambda sent: sent.text),
            parts=self._split_sent(document, lambda sent: sent.get(PARTS)) or frozenset(),
        )

    def _read_outside_lines(self, document: str, styles: visible_lines.Styles) -> Iterator[str]:
        """Yield the lines of headers, footers, footnotes and endnotes."""
        related = visible_lines.Related(styles)
        for kind in ("header", "footer", "footnotes", "endnotes"):
            for name in self._related_parts(document, kind):
                root = self._parse_part(name)
                for keep in ("accepted", "rejected"):
                    for line in visible_lines.lines(root, keep, related, {}, {}):
                        if line.text.strip():
                            yield line.text

    def _link_targets(self, owner: str) -> Mapping[str, str]:
        """The addresses outside the file to which the file ``owner`` links, by the ids of their
        relationships."""
        folder, name = posixpath.split(owner)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        relations = self._parse_part(rels) if rels in self.archive.files else ()
        return {
            one.get("Id", ""): one.get("Target", "")
            for one in relations
            if isinstance(one.tag, str) and one.get("TargetMode") == "External"
        }

    def _bulleted_lists(self, document: str) -> frozenset[tuple[str, int]]:
        """The id and the level (from 0) of each list whose items have bullets."""
        bulleted: set[tuple[str, int]] = set()
        for name in self._related_parts(document, "numbering"):
            numbering = self._parse_part(name)
            levels = {
                (one.get(f"{W}abstractNumId"), level.get(f"{W}ilvl"))
                for one in numbering.iter(f"{W}abstractNum")
                for level in one.iterfind(f"{W}lvl")
                for kind in level.iterfind(f"{W}numFmt")
                if kind.get(f"{W}val") == "bullet"
            }
            bulleted |= {
                (one.get(f"{W}numId", ""), int(level))
                for one in numbering.iter(f"{W}num")
                for node in one.iterfind(f"{W}abstractNumId")
                for abstract, level in levels
                if abstract == node.get(f"{W}val") and level and level.isdecimal()
            }
        return frozenset(bulleted)

    def _numbering_words(self, document: str, root: etree._Element) -> Iterator[str]:
        """Yield the words in the numbering of lists, where scorm-builder never writes any."""
        roots = [self._parse_part(name) for name in self._related_parts(document, "styles")]
        nodes = (node for one in (root, *roots) for node in one.iter(f"{W}numId"))
        used = {node.get(f"{W}val") for node in nodes}
        for name in self._related_parts(document, "numbering"):
            numbering = self._parse_part(name)
            lists = {
                node.get(f"{W}val")
                for number in numbering.iter(f"{W}num")
                if number.get(f"{W}numId") in used
                for node in number.iter(f"{W}abstractNumId")
            }
            for one in numbering.iter(f"{W}abstractNum", f"{W}num"):
                keys = one.get(f"{W}abstractNumId") in lists or one.get(f"{W}numId") in used
                for node in one.iter(f"{W}lvlText") if keys else ():
                    words = _COUNTER_PLACEHOLDER.sub("", node.get(f"{W}val", ""))
                    # A bullet may be a single letter of a symbol font.
                    if sum(map(str.isalpha, words)) > 1:
                        yield words

    def _split_sent(
        self, document: str, text: Callable[[etree._Element], str | None]
    ) -> frozenset[str] | None:
        """The words of a ``text`` of the XML element about what was sent out; ``None`` if the file
        does not contain the element."""
        for name in self._related_parts(document, "customXml"):
            root = self._parse_part(name)
            if root.tag == SENT:
                return frozenset((text(root) or "").split())
        return None

    def _parse_part(self, name: str) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self.archive.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableError(f"“{name}” in it is damaged") from error
        if root.getroottree().docinfo.doctype:
            raise UnreadableError(
                f"“{name}” in it has a document type, which Word files never have"
            )
        return root

    def _related_parts(self, owner: str, kind: str) -> list[str]:
        """The names of the files in the zip to which the file ``owner`` has this kind of
        relationship."""
        folder, name = posixpath.split(owner)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, None] = {}
        if rels not in self.archive.files:
            return []
        for relation in self._parse_part(rels):
            internal = isinstance(relation.tag, str) and relation.get("TargetMode") != "External"
            if internal and relation.get("Type", "").rpartition("/")[2] == kind:
                target = relation.get("Target", "")
                path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                named = posixpath.normpath(path)
                found |= {named: None} if named in self.archive.files else {}
        return [*found]

    def _read_children(self, node: etree._Element, state: _State) -> None:
        for child in node:
            if not isinstance(child.tag, str):
                continue
            self._read_element(child, child.tag.rpartition("}")[2], state)

    def _read_element(self, child: etree._Element, name: str, state: _State) -> None:
        if child.tag == f"{_MC}Fallback" or name in _SKIPPED:
            return
        if name == "sdt":
            tags = (child.find(f"{W}sdtPr//{W}{one}") for one in ("docPartGallery", "tag"))
            if any(one is not None and one.get(f"{W}val") in _CONTENTS_TAGS for one in tags):
                self.listing[child] = True
                return
        if name == "p" and child.tag == f"{W}p":
            self._read_paragraph(child, state)
        elif name in ("tbl", "tr", "tc") and str(child.tag).startswith(W):
            self._read_table_part(child, name, state)
        elif name == "pPr":
            self._read_properties(child)
        elif name in (*INSERTED, *DELETED):
            self._read_children(child, _nested_state(child, name, state))
        elif name in ("t", "delText") and str(child.tag).startswith(W):
            self._add_text(child.text or "", state)
        elif name in _CHARACTERS:
            self._add_text(_character(child, name), state)
        elif name == "bookmarkStart" and self.open_paragraphs:
            self.open_paragraphs[-1].bookmarks.append(child.get(f"{W}name", "")[:_MAX_NAME_LENGTH])
        elif name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            self._record_comment_mark(child, name)
        else:
            self._read_children(child, state)

    def _read_paragraph(self, node: etree._Element, state: _State) -> None:
        if len(self.paragraphs) >= _MAX_PARAGRAPHS:
            raise UnreadableError(f"it has more than {_MAX_PARAGRAPHS:,} paragraphs")
        self.numbers[node] = len(self.paragraphs)
        self.open_paragraphs.append(
            _OpenParagraph(len(self.paragraphs), cell=self.cells[-1] if self.cells else None)
        )
        self.paragraphs.append(self.open_paragraphs[-1])
        self._read_children(node, state)
        self.listing[node] = self.open_paragraphs.pop().contents

    def _read_table_part(self, node: etree._Element, name: str, state: _State) -> None:
        """Read ``node``, a table, a row or a cell by its ``name``, and count it. ``state`` is the
        tracked change that it is in."""
        if name == "tbl":
            self.cells.append((self.tables, -1, -1))
            self.tables += 1
        elif self.cells:
            table, row, column = self.cells[-1]
            self.cells[-1] = (table, row, column + 1) if name == "tc" else (table, row + 1, -1)
        self._read_children(node, state)
        if name == "tbl":
            self.cells.pop()

    def _read_properties(self, properties: etree._Element) -> None:
        """Read from the properties of the current paragraph whether it is in a table of contents,
        and whether a tracked change inserted or deleted the end of the paragraph."""
        if not self.open_paragraphs:
            return
        style = properties.find(f"{W}pStyle")
        named = style is not None and _CONTENTS_STYLE.match(style.get(f"{W}val", ""))
        self.open_paragraphs[-1].contents = bool(named)
        marks = properties.find(f"{W}rPr")
        if marks is not None:
            ends = (marks.find(f"{W}{name}") for name in (*INSERTED, *DELETED))
            self.open_paragraphs[-1].joined = any(one is not None for one in ends)

    def _add_text(self, text: str, state: _State) -> None:
        if not self.open_paragraphs:
            return
        if state.kind == "ins":
            self.open_paragraphs[-1].add_inserted(text, state.author, state.date)
        elif state.kind == "del":
            self.open_paragraphs[-1].add_deleted(text, state.author, state.date)
        elif state.kind == "none":
            self.open_paragraphs[-1].dropped.append(text)
        else:
            self.open_paragraphs[-1].add_text(text)

    def _record_comment_mark(self, node: etree._Element, name: str) -> None:
        """Record where the text of a comment starts or ends: in which paragraph, and at which
        offset."""
        key = node.get(f"{W}id", "")
        if not self.paragraphs:
            return
        writing = self.open_paragraphs[-1] if self.open_paragraphs else self.paragraphs[-1]
        place = (
            self.paragraphs.index(writing)
            if writing is not self.paragraphs[-1]
            else len(self.paragraphs) - 1
        )
        here = place, writing.length
        if name == "commentRangeStart":
            self.starts.setdefault(key, here)
        elif name == "commentRangeEnd":
            self.ends[key] = here
        else:
            self.starts.setdefault(key, here)
            self.ends.setdefault(key, here)

    def _read_comments(self, document: str) -> Iterator[Comment]:
        threads = self._read_threads(document)
        nodes = (
            node
            for name in self._related_parts(document, "comments")
            for node in self._parse_part(name).iter(f"{W}comment")
        )
        for index, node in enumerate(nodes):
            if index >= _MAX_COMMENTS:
                raise UnreadableError(f"it has more than {_MAX_COMMENTS:,} comments")
            yield self._read_comment(node, threads)

    def _read_threads(self, document: str) -> Mapping[str, tuple[bool, bool]]:
        """Whether each comment is a reply, and whether it is resolved, by the id of its last
        paragraph."""
        return {
            node.get(f"{_W15}paraId", ""): (
                bool(node.get(f"{_W15}paraIdParent")),
                node.get(f"{_W15}done") in ("1", "true"),
            )
            for name in self._related_parts(document, "commentsExtended")
            for node in self._parse_part(name).iter(f"{_W15}commentEx")
        }

    def _read_comment(
        self, node: etree._Element, threads: Mapping[str, tuple[bool, bool]]
    ) -> Comment:
        paragraphs = list(node.iter(f"{W}p"))
        text = "\n".join(_paragraph_text(one) for one in paragraphs).strip()[:_MAX_COMMENT_LENGTH]
        last = paragraphs[-1].get(f"{_W14}paraId", "") if paragraphs else ""
        reply, done = threads.get(last, (False, False))
        key = node.get(f"{W}id", "")
        paragraph, start = self.starts.get(key, (None, 0))
        until, end = self.ends.get(key, (paragraph, start))
        about = ""
        if paragraph is not None and not 0 <= paragraph < len(self.paragraphs):
            paragraph = None
        if paragraph is not None and until is not None:
            about, end = self._commented_text(paragraph, start, until, end)
        author, date = _author_and_date(node)
        return Comment(author, date, text, paragraph, start, end, about, reply, done)

    def _commented_text(self, paragraph: int, start: int, until: int, end: int) -> tuple[str, int]:
        """The text that a comment is on, and the offset of its end in the paragraph where it
        starts. The text goes from the offset ``start`` in the paragraph with the number
        ``paragraph`` to the offset ``end`` in the paragraph with the number ``until``."""
        words = "".join(self.paragraphs[paragraph].words)
        if until == paragraph:
            return words[start:end], end
        parts = [
            words[start:],
            *("".join(one.words) for one in self.paragraphs[paragraph + 1 : until]),
        ]
        if until > paragraph:
            parts.append("".join(self.paragraphs[until].words)[:end])
        return "\n".join(parts)[:_MAX_COMMENT_LENGTH], len(words)

    def _read_identity(self) -> tuple[str, str, str]:
        """The id of the course, its version, and the code of the words from which the file was
        made; each is empty if unknown."""
        custom_properties: dict[str, str] = {}
        for name in self._related_parts("", "custom-properties"):
            for node in self._parse_part(name):
                if isinstance(node.tag, str):
                    custom_properties[node.get("name", "")] = "".join(node.itertext())[
                        :_MAX_NAME_LENGTH
                    ]
        words = "\n".join("".join(writing.words) for writing in self.paragraphs)
        return document_identity(custom_properties, words) or ("", "", "")


def _author_and_date(node: etree._Element) -> tuple[str, str]:
    return node.get(f"{W}author", "")[:_MAX_NAME_LENGTH], node.get(f"{W}date", "")[:10]


def _nested_state(node: etree._Element, name: str, state: _State) -> _State:
    """The tracked change that applies to the content of ``node``, an element ``name`` that inserts
    or deletes text. ``state`` is the tracked change that the element is in."""
    kind = "ins" if name in INSERTED else "del"
    # Text that one person inserted and another deleted is not in the paragraph at all.
    if state.kind and state.kind != kind:
        return _State("none")
    return _State(kind, *_author_and_date(node))


def _paragraph_text(paragraph: etree._Element) -> str:
    parts = []
    for node in paragraph.iterfind(f".//{W}r/*"):
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name == "t":
            parts.append(node.text or "")
        elif name in _CHARACTERS:
            parts.append(_character(node, name))
    return "".join(parts)


def _character(node: etree._Element, name: str) -> str:
    """The character that an element represents; empty for page and column breaks.

    LibreOffice writes a page break for each heading that starts a page.
    """
    return "" if node.get(f"{W}type") in _LAYOUT_BREAKS else _CHARACTERS[name]


def _finish(writing: _OpenParagraph) -> Paragraph:
    words = "" if writing.contents else "".join(writing.words)
    tags = list(TAG.finditer(words))
    tag = tags[-1] if tags and not words[tags[-1].end() :].strip() else None
    return Paragraph(
        words=words[: tag.start()] if tag else words,
        tag=tag[1] if tag else "",
        bookmarks=tuple(writing.bookmarks),
        changes=tuple(writing.changes),
        joined=writing.joined,
        cell=writing.cell,
        dropped="".join(writing.dropped),
    )
