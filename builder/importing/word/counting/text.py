"""Counts the contents of a part of a Word file that has text: the main document, the notes, a
header or a footer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from builder.importing.word.styles import HEADING, LONGEST_HEADING

_WORD = re.compile(r"\w+")
_GENERATED = re.compile(r"\s*(TOC|INDEX|TOA)\b", re.IGNORECASE)
_LINKING = re.compile(r"\s*(HYPERLINK|REF|PAGEREF|NOTEREF)\b", re.IGNORECASE)
_EQUATION = re.compile(r"\s*EQ\b", re.IGNORECASE)
_KNOWN_NAMESPACES = re.compile(r"(wps|wpg|wpc|wp14|w14|w15|a14|cx\d*)")
"""Prefixes of the namespaces that the importer can read. Of alternatives for the same content
(``mc:Choice``), the first that requires only these is counted, else the fallback."""
_SYMBOL_FONT = re.compile(r"symbol|wingdings( [23])?|webdings", re.IGNORECASE)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph whose end has not been read yet. ``box_words`` are the words of its text boxes,
    which are listed after its own words. ``outline`` is its own outline level and ``list_id`` its
    own list id as written; ``None`` if its style decides."""

    text: list[str] = field(default_factory=list)
    box_words: list[str] = field(default_factory=list)
    style: str = ""
    outline: str | None = None
    list_id: str | None = None
    generated: bool = False
    is_drop_cap: bool = False


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    in_code: bool = True
    generated: bool = False


class Text:
    """Counts the contents of one part with text, into ``kinds`` and ``words``. ``note_ids`` are
    those of the notes that the text refers to, and ``by_note`` has the words of notes by id. For a
    part with notes, ``wanted`` has the ids of the notes to count; ``None`` counts all."""

    def __init__(self, styles: Styles, wanted: Mapping[str, None] | None = None) -> None:
        self.kinds: Counter[str] = Counter()
        self.words: list[str] = []
        self.note_ids: dict[str, dict[str, None]] = {"footnotes": {}, "endnotes": {}}
        self.by_note: dict[str, list[str]] = {}
        self._note = ""
        self._styles, self._wanted = styles, wanted
        self._stack: list[str] = []
        self._paragraphs: list[_Paragraph] = []
        self._fields: list[_Field] = []
        self._skip_depth = 0
        """Number of open elements inside content that Word does not show."""
        self._in_equation = 0
        self._hidden = False
        self._in_symbol_font = False
        """Whether the current run, a piece of text with the same properties, is in a symbol
        font."""
        self._rows: list[bool] = []
        self._cells: list[bool] = []
        """For the rows and cells around the current position, from outer to inner: whether the row
        is deleted, and whether a merged cell covers the cell."""
        self._collecting = ""
        self._keeps_spaces = False
        self._chosen: list[bool] = []
        self._carried: list[str] = []
        self._boxes: list[int] = []
        self._content_count = 0
        """Number of words and images that have been counted so far, to detect empty text boxes."""
        self._prompts: list[bool] = []
        self._galleries: list[bool] = []
        self._pictures_before_object = 0

    # Start of elements

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Count what starts with the start of an element, according to its prefixed name and its
        attributes."""
        parent = self._stack[-1] if self._stack else ""
        self._stack.append(tag)
        if self._skip_depth or self._is_skipped(tag, attributes, parent):
            self._skip_depth += 1
            return
        if tag in ("w:t", "w:instrText"):
            self._collecting = tag
            self._keeps_spaces = attributes.get("xml:space", attributes.get(":space")) == "preserve"
        elif tag in _COUNTED and not self._is_generated:
            self.kinds[_COUNTED[tag]] += 1
            self._content_count += _COUNTED[tag] == "pictures"
        elif tag in _SPACING:
            self._add_text(_SPACING[tag])
        elif tag in _NOTES:
            self._note_reference(_NOTES[tag], attributes)
        if handler := _BEGINS.get(tag):
            handler(self, attributes, parent)

    def _is_skipped(self, tag: str, attributes: dict[str, str], parent: str) -> bool:
        if tag == "mc:Choice":
            required = attributes.get(":Requires", "").split()
            wanted = not self._chosen[-1] and all(map(_KNOWN_NAMESPACES.fullmatch, required))
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
            self._note = attributes.get("w:id", "")
            return self._wanted is not None and attributes.get("w:id", "") not in self._wanted
        return tag in ("w:moveFrom", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:numPrChange")

    def _begin_object(self, attributes: dict[str, str], parent: str) -> None:
        self._pictures_before_object = self.kinds["pictures"]

    def _begin_form_control(self, attributes: dict[str, str], parent: str) -> None:
        # The picture of a form control, such as a circle to click, is no content.
        self.kinds["pictures"] = self._pictures_before_object

    def _begin_paragraph(self, attributes: dict[str, str], parent: str) -> None:
        paragraph = _Paragraph(generated=self._is_generated)
        paragraph.text, self._carried = self._carried, []
        self._paragraphs.append(paragraph)

    def _frame(self, attributes: dict[str, str], parent: str) -> None:
        """Note that the paragraph is a drop cap (large first letter): its text belongs to the next
        paragraph. ``attributes`` are those of its ``w:framePr`` element."""
        if self._paragraphs and attributes.get("w:dropCap", "none") != "none":
            self._paragraphs[-1].is_drop_cap = True

    def _begin_run(self, attributes: dict[str, str], parent: str) -> None:
        self._in_symbol_font = False
        style = self._paragraphs[-1].style if self._paragraphs else ""
        self._hidden = self._styles.is_hidden(style)

    def _fonts(self, attributes: dict[str, str], parent: str) -> None:
        self._in_symbol_font = bool(_SYMBOL_FONT.fullmatch(attributes.get("w:ascii", "")))

    def _begin_row(self, attributes: dict[str, str], parent: str) -> None:
        self._rows.append(False)

    def _begin_cell(self, attributes: dict[str, str], parent: str) -> None:
        self._cells.append(False)

    def _deletion(self, attributes: dict[str, str], parent: str) -> None:
        if parent == "w:trPr" and self._rows:
            self._rows[-1] = True
            self.kinds["rows"] -= 1
            self.kinds["deletions"] += 1

    def _vanish(self, attributes: dict[str, str], parent: str) -> None:
        if len(self._stack) > 2 and self._stack[-3] == "w:r":
            self._hidden = attributes.get("w:val", "true").lower() not in FALSE

    def _style(self, attributes: dict[str, str], parent: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = attributes.get("w:val", "")
            if self._styles.of(attributes.get("w:val", ""), "w:outlineLvl") not in (None, "9"):
                self._leave_generated()

    def _run_style(self, attributes: dict[str, str], parent: str) -> None:
        self._hidden ^= self._styles.is_hidden(attributes.get("w:val", ""))

    def _outline(self, attributes: dict[str, str], parent: str) -> None:
        if self._paragraphs and parent == "w:pPr":
            self._paragraphs[-1].outline = attributes.get("w:val", "")
            self._leave_generated()

    def _leave_generated(self) -> None:
        """Treat tables that Word has generated as ended. Called at a heading, which such a table
        cannot contain."""
        if not any(self._galleries):
            for one in self._fields:
                one.generated = False
            self._paragraphs[-1].generated = False

    def _list(self, attributes: dict[str, str], parent: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].list_id = attributes.get("w:val", "")

    def _covered_cell(self, attributes: dict[str, str], parent: str) -> None:
        """Undo the counting of a cell if a merged cell covers it."""
        if attributes.get("w:val", "continue") == "continue":
            self.kinds["cells"] -= 1
            if self._cells and self._stack[-1] == "w:vMerge":
                self._cells[-1] = True

    def _skipped_columns(self, attributes: dict[str, str], parent: str) -> None:
        """Count the columns that a row skips as one empty cell."""
        self.kinds["cells"] += attributes.get("w:val", "0") != "0"

    def _tab(self, attributes: dict[str, str], parent: str) -> None:
        if parent == "w:r":
            self._add_text("\t")

    def _note_reference(self, kind: str, attributes: dict[str, str]) -> None:
        if not self._is_generated:
            self.note_ids[kind][attributes.get("w:id", "")] = None
            self.kinds["notes"] = sum(map(len, self.note_ids.values()))
        self._add_text(" ")

    def _field_char(self, attributes: dict[str, str], parent: str) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field(generated=self._is_generated))
        elif kind == "separate" and self._fields:
            top = self._fields[-1]
            top.in_code = False
            self._count_field("".join(top.code), top)
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            self.kinds["equations"] += done.in_code and bool(_EQUATION.match("".join(done.code)))

    def _simple(self, attributes: dict[str, str], parent: str) -> None:
        self._count_field(attributes.get("w:instr", ""), _Field())

    def _count_field(self, code: str, top: _Field) -> None:
        top.generated |= bool(_GENERATED.match(code))
        self.kinds["links"] += bool(_LINKING.match(code)) and not top.generated

    def _begin_equation(self, attributes: dict[str, str], parent: str) -> None:
        self._in_equation += 1

    def _ole_object(self, attributes: dict[str, str], parent: str) -> None:
        equation = attributes.get(":ProgID", "").startswith(("Equation", "MathType"))
        self.kinds["equations" if equation else "embedded files"] += 1

    def _word_art(self, attributes: dict[str, str], parent: str) -> None:
        if self._paragraphs and attributes.get(":string"):
            self._paragraphs[-1].box_words += _words(attributes[":string"])
            self.kinds["text boxes"] += 1

    def _begin_box(self, attributes: dict[str, str], parent: str) -> None:
        self._boxes.append(self._content_count)

    def _begin_control(self, attributes: dict[str, str], parent: str) -> None:
        self._prompts.append(False)
        self._galleries.append(False)

    def _prompt(self, attributes: dict[str, str], parent: str) -> None:
        if self._prompts:
            self._prompts[-1] = True

    def _gallery(self, attributes: dict[str, str], parent: str) -> None:
        if self._galleries and attributes.get("w:val") == "Table of Contents":
            self._galleries[-1] = True

    def _alternatives(self, attributes: dict[str, str], parent: str) -> None:
        self._chosen.append(False)

    # End of elements

    def end(self, tag: str) -> None:
        """Count what ends with the end of an element."""
        self._stack.pop()
        if self._skip_depth:
            self._skip_depth -= 1
            return
        if tag == self._collecting:
            self._collecting = ""
        elif tag == "w:tr" and self._rows:
            self._rows.pop()
        elif tag == "w:tc" and self._cells:
            self._cells.pop()
        elif tag in ("w:footnote", "w:endnote"):
            self.by_note[self._note], self.words = self.words, []
        elif tag == "w:p" and self._paragraphs:
            self._end_paragraph()
        elif tag == "w:txbxContent" and self._boxes:
            # A text box without text is only a shape.
            self.kinds["text boxes"] += self._content_count > self._boxes.pop()
        elif tag == "w:sdt" and self._prompts:
            self._prompts.pop()
            self._galleries.pop()
        elif tag == "mc:AlternateContent" and self._chosen:
            self._chosen.pop()
        elif tag == "m:oMath" and self._in_equation:
            self._in_equation -= 1

    def _end_paragraph(self) -> None:
        done = self._paragraphs.pop()
        if done.is_drop_cap and not done.box_words:
            self._carried = done.text
            return
        own = _words("".join(done.text))
        self._content_count += len(own)
        found = own + done.box_words
        (self._paragraphs[-1].box_words if self._paragraphs else self.words).extend(found)
        if not own or done.generated:
            return
        style_level = self._styles.of(done.style, "w:outlineLvl")
        outline = style_level if done.outline is None else done.outline
        is_long = style_level in (None, "9") and len("".join(done.text)) > LONGEST_HEADING
        if outline is not None and outline != "9" and not is_long:
            self.kinds["headings"] += 1
            return
        list_id = done.list_id
        list_id = self._styles.of(done.style, "w:numId") if list_id is None else list_id
        self.kinds["list items"] += list_id not in (None, "0")

    # Text

    def text(self, text: str) -> None:
        """Add character data of the XML to the text or field code that is being read."""
        if self._skip_depth or not self._collecting:
            return
        if self._collecting == "w:instrText":
            if self._fields and self._fields[-1].in_code:
                self._fields[-1].code.append(text)
        elif not self._in_equation:
            self._add_text(text if self._keeps_spaces else text.strip(" \t\r\n"))

    def _add_text(self, words: str) -> None:
        is_visible = not (
            self._in_symbol_font
            or self._hidden
            or self._is_generated
            or any(one.in_code for one in self._fields)
        )
        if is_visible and self._paragraphs:
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
_SPACING = {
    **dict.fromkeys(("w:br", "w:cr", "w:rt", "w:rubyBase"), " "),
    "w:noBreakHyphen": "\u2011",
}
"""The text that elements without text stand for, such as a line break."""
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_BEGINS: dict[str, Callable[[Text, dict[str, str], str], None]] = {
    "w:object": Text._begin_object,
    "w:pict": Text._begin_object,
    "w:control": Text._begin_form_control,
    "w:p": Text._begin_paragraph,
    "w:r": Text._begin_run,
    "w:tr": Text._begin_row,
    "w:tc": Text._begin_cell,
    "w:del": Text._deletion,
    "w:rFonts": Text._fonts,
    "w:framePr": Text._frame,
    "w:vanish": Text._vanish,
    "w:pStyle": Text._style,
    "w:rStyle": Text._run_style,
    "w:outlineLvl": Text._outline,
    "w:numId": Text._list,
    "w:vMerge": Text._covered_cell,
    "w:hMerge": Text._covered_cell,
    "w:gridBefore": Text._skipped_columns,
    "w:gridAfter": Text._skipped_columns,
    "w:tab": Text._tab,
    "w:ptab": Text._tab,
    "w:fldChar": Text._field_char,
    "w:fldSimple": Text._simple,
    "m:oMath": Text._begin_equation,
    "v:textpath": Text._word_art,
    "o:OLEObject": Text._ole_object,
    "w:txbxContent": Text._begin_box,
    "w:sdt": Text._begin_control,
    "w:showingPlcHdr": Text._prompt,
    "w:docPartGallery": Text._gallery,
    "mc:AlternateContent": Text._alternatives,
}


FALSE = ("0", "false", "off", "none")


class Styles:
    """The properties of styles that matter for counting: the outline level, the list id, and
    whether text is hidden. A style inherits them from the style that it is based on."""

    def __init__(self) -> None:
        self._properties: dict[str, dict[str, str]] = {}
        self._style = ""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Store the property that an element of the part with the styles sets."""
        value = attributes.get("w:val", "")
        if tag == "w:style":
            self._style = attributes.get("w:styleId", "")
            self._properties[self._style] = {}
        elif self._style and tag in (
            "w:outlineLvl",
            "w:name",
            "w:numId",
            "w:basedOn",
            "w:vanish",
        ):
            self._properties[self._style].setdefault(tag, value)

    def end(self, tag: str) -> None:
        """Stop storing properties at the end of a style."""
        if tag == "w:style":
            self._style = ""

    def of(self, style: str, tag: str) -> str | None:
        """The value of a style's property, such as ``w:numId``: from the style itself, else from
        the nearest style that it is based on. ``None`` if none sets it."""
        for _ in range(50):
            properties = self._properties.get(style, {})
            if tag in properties:
                return properties[tag]
            if tag == "w:outlineLvl" and HEADING.fullmatch(properties.get("w:name", "").lower()):
                return "0"
            style = properties.get("w:basedOn", "")
        return None

    def is_hidden(self, style: str) -> bool:
        """Whether text in a style is hidden."""
        value = self.of(style, "w:vanish")
        return value is not None and value.lower() not in FALSE
