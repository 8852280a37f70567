"""The second reader: counts what a Word file holds, straight from its XML.

It shares with the reader only the bounds of the zip and what headings are called, and works
another way: one pass of expat over each part, with no tree, no looks worked out and no blocks made.
What the reader gives is held against it, so that nothing is lost without a word.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote
from xml.parsers import expat

from builder import zips
from builder.immutable import immutable
from builder.importers.word.styles import HEADING, LONGEST_HEADING

_WORD = re.compile(r"\w+")
_SPACES = (
    ("wordprocessingml/2006/main", "w"),
    ("wordprocessingml/main", "w"),
    ("markup-compatibility/2006", "mc"),
    ("officeDocument/2006/math", "m"),
    ("officeDocument/math", "m"),
    ("drawingml/2006/picture", "pic"),
    ("drawingml/picture", "pic"),
    ("drawingml/2006/main", "a"),
    ("drawingml/main", "a"),
    ("officeDocument/2006/relationships", "r"),
    ("officeDocument/relationships", "r"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("package/2006/relationships", "rel"),
    ("package/2006/content-types", "ct"),
)
_DEEPEST = 300
_FALSE = ("0", "false", "off", "none")
_GENERATED = re.compile(r"\s*(TOC|INDEX|TOA)\b", re.IGNORECASE)
_LINKING = re.compile(r"\s*(HYPERLINK|REF|PAGEREF|NOTEREF)\b", re.IGNORECASE)
_EQUATION = re.compile(r"\s*EQ\b", re.IGNORECASE)
_ASKED = re.compile(r"(wps|wpg|wpc|wp14|w14|w15|a14|cx\d*)")
"""What alternatives ask for that is read; anything else is left to their fallback."""
_OF_SIGNS = re.compile(r"symbol|wingdings( [23])?|webdings", re.IGNORECASE)


@immutable
class Counts:
    """How many of each kind a file holds, and the words that Word shows in body and notes."""

    kinds: Mapping[str, int]
    words: tuple[str, ...]


def counts(path: Path) -> Counts:
    """What the file at ``path`` holds; nothing at all where it cannot be read. Never raises."""
    try:
        with zips.opened(path) as archive:
            if not zips.unsafe(archive):
                return _File(archive).counts()
    except (zips.DamagedError, _BrokenError):
        pass
    return Counts(MappingProxyType({}), ())


class _BrokenError(Exception):
    """XML that cannot be read."""


@dataclass(slots=True)
class _Handler:
    """What is done at the beginning and the end of elements, and with their text."""

    begin: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] = lambda tag: None
    text: Callable[[str], None] = lambda text: None


def _pass(content: bytes, handler: _Handler) -> None:
    """One pass over a part; ``_BrokenError`` where its XML ends early or is none."""
    parser = expat.ParserCreate(namespace_separator="}")
    known: dict[str, str] = {}
    depth = 0

    def short(full: str) -> str:
        if full not in known:
            space, _, local = full.rpartition("}")
            prefix = next((short for end, short in _SPACES if space.endswith(end)), "")
            known[full] = f"{prefix}:{local}"
        return known[full]

    def begin(full: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _BrokenError
        handler.begin(short(full), {short(key): said for key, said in attributes.items()})

    def end(full: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(short(full))

    def refuse(*_: object) -> None:
        raise _BrokenError

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _BrokenError from error


class _File:
    def __init__(self, archive: zips.Archive) -> None:
        self._archive = archive
        self._names = {one.replace("\\", "/").lstrip("/").lower(): one for one in archive.files}
        self._kinds: Counter[str] = Counter()
        self._words: list[str] = []

    def counts(self) -> Counts:
        main = self._main()
        related = self._related(main)
        styles = _Styles()
        for part in related.get("styles", [])[:1]:
            self._try(part, _Handler(styles.begin, styles.end))
        text = _Text(styles)
        _pass(self._content(main), _Handler(text.begin, text.end, text.text))
        for kind in ("footnotes", "endnotes"):
            notes = _Text(styles, text.noted[kind])
            for part in related.get(kind, [])[:1]:
                self._try(part, _Handler(notes.begin, notes.end, notes.text))
            for identity in text.noted[kind]:
                text.words += notes.by_note.get(identity, [])
            text.kinds.update(notes.kinds)
        for part in related.get("comments", [])[:1]:
            self._try(part, _Handler(self._comment))
        for kind in ("header", "footer"):
            for part in related.get(kind, []):
                edge = _Text(styles)
                self._try(part, _Handler(edge.begin, edge.end, edge.text))
                text.kinds["headers and footers"] += bool(edge.words)
        kinds = text.kinds + self._kinds
        kinds["words"] = len(text.words)
        return Counts(MappingProxyType(dict(kinds)), tuple(text.words))

    def _comment(self, tag: str, attributes: dict[str, str]) -> None:
        self._kinds["comments"] += tag == "w:comment"

    def _try(self, part: str, handler: _Handler) -> None:
        """A part that the document can be read without."""
        try:
            _pass(self._content(part), handler)
        except (_BrokenError, zips.DamagedError):
            return

    def _content(self, part: str) -> bytes:
        name = self._names.get(part.lower())
        if name is None:
            raise _BrokenError
        return self._archive.read(name)

    def _main(self) -> str:
        found = self._related("").get("officeDocument", [])
        return next(iter(found), "word/document.xml")

    def _related(self, part: str) -> dict[str, list[str]]:
        """The parts that a part relates to, by kind, each once."""
        folder, own = posixpath.split(part)
        found: dict[str, list[str]] = {}

        def begin(tag: str, said: dict[str, str]) -> None:
            target = said.get(":Target", "").replace("\\", "/")
            if tag == "rel:Relationship" and said.get(":TargetMode", "").lower() != "external":
                kind = said.get(":Type", "").rpartition("/")[2]
                path = posixpath.join("/", folder, unquote(target))
                name = posixpath.normpath(path).lstrip("/")
                if name.lower() in self._names and name not in found.setdefault(kind, []):
                    found[kind].append(name)

        self._try(posixpath.join(folder, "_rels", f"{own}.rels"), _Handler(begin))
        return found


class _Styles:
    """What styles say of their paragraphs: heading, list, hidden; by those they are based on."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str]] = {}
        self._at = ""

    def begin(self, tag: str, said: dict[str, str]) -> None:
        value = said.get("w:val", "")
        if tag == "w:style":
            self._at = said.get("w:styleId", "")
            self._said[self._at] = {}
        elif self._at and tag in ("w:outlineLvl", "w:name", "w:numId", "w:basedOn", "w:vanish"):
            self._said[self._at].setdefault(tag, value)

    def end(self, tag: str) -> None:
        if tag == "w:style":
            self._at = ""

    def of(self, style: str, tag: str) -> str | None:
        """What a style says, or the nearest one that it is based on."""
        for _ in range(50):
            said = self._said.get(style, {})
            if tag in said:
                return said[tag]
            if tag == "w:outlineLvl" and HEADING.fullmatch(said.get("w:name", "").lower()):
                return "0"
            style = said.get("w:basedOn", "")
        return None

    def is_hidden(self, style: str) -> bool:
        said = self.of(style, "w:vanish")
        return said is not None and said.lower() not in _FALSE


@dataclass(slots=True)
class _Paragraph:
    """One paragraph on its way. Words of text boxes in it stand ``behind`` its own."""

    text: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    style: str = ""
    outline: str | None = None
    list_id: str | None = None
    generated: bool = False
    goes_on: bool = False


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    in_code: bool = True
    generated: bool = False


class _Text:
    """Counts a part of text. ``wanted`` are the ids of the notes to count; ``None``: all of it."""

    def __init__(self, styles: _Styles, wanted: Mapping[str, None] | None = None) -> None:
        self.kinds: Counter[str] = Counter()
        self.words: list[str] = []
        self.noted: dict[str, dict[str, None]] = {"footnotes": {}, "endnotes": {}}
        self.by_note: dict[str, list[str]] = {}
        self._note = ""
        self._styles, self._wanted = styles, wanted
        self._stack: list[str] = []
        self._paragraphs: list[_Paragraph] = []
        self._fields: list[_Field] = []
        self._left_out = 0
        """How deep it is in something that Word does not show."""
        self._in_equation = 0
        self._hidden = False
        self._signs = False
        """Whether letters are signs here."""
        self._rows: list[bool] = []
        self._cells: list[bool] = []
        """Which are deleted, and which another one covers."""
        self._collects = ""
        self._keeps_spaces = False
        self._chosen: list[bool] = []
        self._carried: list[str] = []
        self._boxes: list[int] = []
        self._said = 0
        """Words and pictures so far, in whatever order."""
        self._prompts: list[bool] = []
        self._galleries: list[bool] = []

    # Beginnings

    def begin(self, tag: str, said: dict[str, str]) -> None:
        parent = self._stack[-1] if self._stack else ""
        self._stack.append(tag)
        if self._left_out or self._leaves_out(tag, said, parent):
            self._left_out += 1
            return
        if tag in ("w:t", "w:instrText"):
            self._collects = tag
            self._keeps_spaces = said.get("xml:space", said.get(":space")) == "preserve"
        elif tag in _COUNTED and not self._is_generated:
            self.kinds[_COUNTED[tag]] += 1
            self._said += _COUNTED[tag] == "pictures"
        if handler := _BEGINS.get(tag):
            handler(self, said, parent)

    def _leaves_out(self, tag: str, said: dict[str, str], parent: str) -> bool:
        if tag == "mc:Choice":
            asked = said.get(":Requires", "").split()
            wanted = not self._chosen[-1] and all(map(_ASKED.fullmatch, asked))
            self._chosen[-1] |= wanted
            return not wanted
        if tag == "mc:Fallback":
            return self._chosen[-1]
        if tag == "w:del" and parent not in ("w:rPr", "w:trPr"):
            self.kinds["deletions"] += 1
            return True
        if tag == "w:sdtContent" and self._prompts and self._prompts[-1]:
            return True
        if tag == "w:tc" and self._rows and self._rows[-1]:
            return True
        if tag in ("w:p", "w:tbl") and self._cells and self._cells[-1]:
            return True
        if tag in ("w:footnote", "w:endnote"):
            self._note = said.get("w:id", "")
            return self._wanted is not None and said.get("w:id", "") not in self._wanted
        return tag in ("w:moveFrom", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:numPrChange")

    def _begin_paragraph(self, said: dict[str, str], parent: str) -> None:
        begun = _Paragraph(generated=self._is_generated)
        begun.text, self._carried = self._carried, []
        self._paragraphs.append(begun)

    def _frame(self, said: dict[str, str], parent: str) -> None:
        """A large first letter is a paragraph of its own."""
        if self._paragraphs and said.get("w:dropCap", "none") != "none":
            self._paragraphs[-1].goes_on = True

    def _begin_run(self, said: dict[str, str], parent: str) -> None:
        self._signs = False
        style = self._paragraphs[-1].style if self._paragraphs else ""
        self._hidden = self._styles.is_hidden(style)

    def _fonts(self, said: dict[str, str], parent: str) -> None:
        self._signs = bool(_OF_SIGNS.fullmatch(said.get("w:ascii", "")))

    def _ruby(self, said: dict[str, str], parent: str) -> None:
        self._say(" ")

    def _begin_row(self, said: dict[str, str], parent: str) -> None:
        self._rows.append(False)

    def _begin_cell(self, said: dict[str, str], parent: str) -> None:
        self._cells.append(False)

    def _deleted(self, said: dict[str, str], parent: str) -> None:
        if parent == "w:trPr" and self._rows:
            self._rows[-1] = True
            self.kinds["rows"] -= 1
            self.kinds["deletions"] += 1

    def _vanish(self, said: dict[str, str], parent: str) -> None:
        if len(self._stack) > 2 and self._stack[-3] == "w:r":
            self._hidden = said.get("w:val", "true").lower() not in _FALSE

    def _style(self, said: dict[str, str], parent: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = said.get("w:val", "")
            if self._styles.of(said.get("w:val", ""), "w:outlineLvl") not in (None, "9"):
                self._leave_generated()

    def _run_style(self, said: dict[str, str], parent: str) -> None:
        self._hidden ^= self._styles.is_hidden(said.get("w:val", ""))

    def _outline(self, said: dict[str, str], parent: str) -> None:
        if self._paragraphs and parent == "w:pPr":
            self._paragraphs[-1].outline = said.get("w:val", "")
            self._leave_generated()

    def _leave_generated(self) -> None:
        """A heading stands in no table that Word has made; its field was never ended."""
        if not any(self._galleries):
            for one in self._fields:
                one.generated = False
            self._paragraphs[-1].generated = False

    def _list(self, said: dict[str, str], parent: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].list_id = said.get("w:val", "")

    def _covered(self, said: dict[str, str], parent: str) -> None:
        """A cell that another one covers counts no longer."""
        if said.get("w:val", "continue") == "continue":
            self.kinds["cells"] -= 1
            if self._cells and self._stack[-1] == "w:vMerge":
                self._cells[-1] = True

    def _skipped(self, said: dict[str, str], parent: str) -> None:
        """Columns that a row leaves out make an empty cell."""
        self.kinds["cells"] += said.get("w:val", "0") != "0"

    def _space(self, said: dict[str, str], parent: str) -> None:
        self._say(" ")

    def _tab(self, said: dict[str, str], parent: str) -> None:
        if parent == "w:r":
            self._say("\t")

    def _hyphen(self, said: dict[str, str], parent: str) -> None:
        self._say("\u2011")

    def _footnote(self, said: dict[str, str], parent: str) -> None:
        self._noted("footnotes", said)

    def _endnote(self, said: dict[str, str], parent: str) -> None:
        self._noted("endnotes", said)

    def _noted(self, kind: str, said: dict[str, str]) -> None:
        if not self._is_generated:
            self.noted[kind][said.get("w:id", "")] = None
            self.kinds["notes"] = sum(map(len, self.noted.values()))
        self._say(" ")

    def _turn(self, said: dict[str, str], parent: str) -> None:
        kind = said.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field(generated=self._is_generated))
        elif kind == "separate" and self._fields:
            top = self._fields[-1]
            top.in_code = False
            self._counted_field("".join(top.code), top)
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            self.kinds["equations"] += done.in_code and bool(_EQUATION.match("".join(done.code)))

    def _simple(self, said: dict[str, str], parent: str) -> None:
        self._counted_field(said.get("w:instr", ""), _Field())

    def _counted_field(self, code: str, top: _Field) -> None:
        top.generated |= bool(_GENERATED.match(code))
        self.kinds["links"] += bool(_LINKING.match(code)) and not top.generated

    def _begin_equation(self, said: dict[str, str], parent: str) -> None:
        self._in_equation += 1

    def _embedded(self, said: dict[str, str], parent: str) -> None:
        equation = said.get(":ProgID", "").startswith(("Equation", "MathType"))
        self.kinds["equations" if equation else "embedded files"] += 1

    def _word_art(self, said: dict[str, str], parent: str) -> None:
        if self._paragraphs and said.get(":string"):
            self._paragraphs[-1].behind += _words(said[":string"])
            self.kinds["text boxes"] += 1

    def _begin_box(self, said: dict[str, str], parent: str) -> None:
        self._boxes.append(self._said)

    def _begin_control(self, said: dict[str, str], parent: str) -> None:
        self._prompts.append(False)
        self._galleries.append(False)

    def _prompt(self, said: dict[str, str], parent: str) -> None:
        if self._prompts:
            self._prompts[-1] = True

    def _gallery(self, said: dict[str, str], parent: str) -> None:
        if self._galleries and said.get("w:val") == "Table of Contents":
            self._galleries[-1] = True

    def _alternatives(self, said: dict[str, str], parent: str) -> None:
        self._chosen.append(False)

    # Ends

    def end(self, tag: str) -> None:
        self._stack.pop()
        if self._left_out:
            self._left_out -= 1
            return
        if tag == self._collects:
            self._collects = ""
        elif tag == "w:tr" and self._rows:
            self._rows.pop()
        elif tag == "w:tc" and self._cells:
            self._cells.pop()
        elif tag in ("w:footnote", "w:endnote"):
            self.by_note[self._note], self.words = self.words, []
        elif tag == "w:p" and self._paragraphs:
            self._end_paragraph()
        elif tag == "w:txbxContent" and self._boxes:
            # An empty one is only a shape.
            self.kinds["text boxes"] += self._said > self._boxes.pop()
        elif tag == "w:sdt" and self._prompts:
            self._prompts.pop()
            self._galleries.pop()
        elif tag == "mc:AlternateContent" and self._chosen:
            self._chosen.pop()
        elif tag == "m:oMath" and self._in_equation:
            self._in_equation -= 1

    def _end_paragraph(self) -> None:
        done = self._paragraphs.pop()
        if done.goes_on and not done.behind:
            self._carried = done.text
            return
        own = _words("".join(done.text))
        self._said += len(own)
        found = own + done.behind
        (self._paragraphs[-1].behind if self._paragraphs else self.words).extend(found)
        if not own or done.generated:
            return
        styled = self._styles.of(done.style, "w:outlineLvl")
        outline = styled if done.outline is None else done.outline
        long = styled in (None, "9") and len("".join(done.text)) > LONGEST_HEADING
        if outline is not None and outline != "9" and not long:
            self.kinds["headings"] += 1
            return
        list_id = done.list_id
        list_id = self._styles.of(done.style, "w:numId") if list_id is None else list_id
        self.kinds["list items"] += list_id not in (None, "0")

    # Text

    def text(self, text: str) -> None:
        if self._left_out or not self._collects:
            return
        if self._collects == "w:instrText":
            if self._fields and self._fields[-1].in_code:
                self._fields[-1].code.append(text)
        elif not self._in_equation:
            self._say(text if self._keeps_spaces else text.strip())

    def _say(self, words: str) -> None:
        shown = not (
            self._signs
            or self._hidden
            or self._is_generated
            or any(one.in_code for one in self._fields)
        )
        if shown and self._paragraphs:
            self._paragraphs[-1].text.append(words)

    @property
    def _is_generated(self) -> bool:
        return any(one.generated for one in self._fields) or any(self._galleries)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\u00ad", ""))


_COUNTED = {
    "w:tbl": "tables",
    "w:tr": "rows",
    "w:tc": "cells",
    "w:hyperlink": "links",
    "pic:pic": "pictures",
    "v:imagedata": "pictures",
    "w:ins": "insertions",
    "m:oMath": "equations",
}
_BEGINS: dict[str, Callable[[_Text, dict[str, str], str], None]] = {
    "w:p": _Text._begin_paragraph,
    "w:r": _Text._begin_run,
    "w:tr": _Text._begin_row,
    "w:tc": _Text._begin_cell,
    "w:del": _Text._deleted,
    "w:rFonts": _Text._fonts,
    "w:rt": _Text._ruby,
    "w:rubyBase": _Text._ruby,
    "w:framePr": _Text._frame,
    "w:vanish": _Text._vanish,
    "w:pStyle": _Text._style,
    "w:rStyle": _Text._run_style,
    "w:outlineLvl": _Text._outline,
    "w:numId": _Text._list,
    "w:vMerge": _Text._covered,
    "w:hMerge": _Text._covered,
    "w:gridBefore": _Text._skipped,
    "w:gridAfter": _Text._skipped,
    "w:br": _Text._space,
    "w:cr": _Text._space,
    "w:tab": _Text._tab,
    "w:ptab": _Text._tab,
    "w:noBreakHyphen": _Text._hyphen,
    "w:footnoteReference": _Text._footnote,
    "w:endnoteReference": _Text._endnote,
    "w:fldChar": _Text._turn,
    "w:fldSimple": _Text._simple,
    "m:oMath": _Text._begin_equation,
    "v:textpath": _Text._word_art,
    "o:OLEObject": _Text._embedded,
    "w:txbxContent": _Text._begin_box,
    "w:sdt": _Text._begin_control,
    "w:showingPlcHdr": _Text._prompt,
    "w:docPartGallery": _Text._gallery,
    "mc:AlternateContent": _Text._alternatives,
}
