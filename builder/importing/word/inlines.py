"""Reads the contents of a paragraph: its runs (pieces of text with the same properties), and the
links, fields, notes, drawings and tracked changes between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from builder.base.immutable import immutable
from builder.importing.document.form import Break, Mark, NoteMark
from builder.importing.word import equations
from builder.importing.word.drawings import Drawing
from builder.importing.word.fields import Frame
from builder.importing.word.names import VAL, Element, child, is_on, name, number, value
from builder.importing.word.story import (
    ALTERNATIVES,
    Line,
    PageBreak,
    Story,
    choose_alternative,
    open_control,
)
from builder.importing.word.styles import (
    Look,
    Style,
    Styles,
    combine_looks,
    convert_symbols,
    marks_of,
    read_look,
    symbol_character,
)

_SPACE = name("xml:space")
_XML_SPACES = " \t\r\n"
"""The white space of XML (2.3), which Word ignores at both ends of a text. A no-break space is none
of it."""
_DELETED = (name("w:delText"), name("w:t"))
_PICTURES = (name("w:drawing"), name("w:pict"), name("w:object"))
_EASTERN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_OWN_BOOKMARK = "_GoBack"
_LINK_MARKS: frozenset[Mark] = frozenset({"underline", "colour"})


@dataclass(frozen=True)
class Setting:
    """What determines the formatting of a paragraph's text in addition to the properties of a run:
    the paragraph's style, and the formatting that the style of a table gives to its cell."""

    styles: Styles
    style: Style
    table: Look

    @cached_property
    def base_marks(self) -> frozenset[Mark]:
        """The marks that all text of the paragraph has by its style. They are removed from its
        runs, since they are not emphasis."""
        layers = [self.styles.paragraph(None).look]
        found = marks_of(combine_looks(self.styles.defaults, layers, {}))
        if self.style.plain:
            layers = [self.style.look]
            found |= marks_of(combine_looks(self.styles.defaults, layers, {}))
        return found

    @cached_property
    def plain_pen(self) -> _Pen:
        """The formatting of a run without properties of its own."""
        return self.pen({})

    def pen(self, direct: Look) -> _Pen:
        """The formatting of a run with the properties ``direct`` of its own."""
        style = self.styles.style(str(direct["style"])) if "style" in direct else None
        layers = [self.table, self.style.look, *([style.look] if style else [])]
        look = combine_looks(self.styles.defaults, layers, direct)
        marks = marks_of(look) - self.base_marks
        if style and style.link:
            marks -= _LINK_MARKS
        if style and style.code:
            marks |= {"code"}
        language_key = "complex language" if look.get("right to left") else "language"
        return _Pen(
            marks=marks,
            hidden=bool(look.get("hidden")),
            font=str(look.get("font", "")),
            language=str(look.get(language_key, "")),
            eastern=str(look.get("east Asian language", "")),
        )


@immutable
class _Pen:
    marks: frozenset[Mark]
    hidden: bool
    font: str
    language: str
    eastern: str
    """The language that Chinese, Japanese and Korean characters have in the same run."""


class Inlines:
    """Reads the contents of one paragraph, and adds them to its ``Line``."""

    def __init__(self, story: Story, line: Line, setting: Setting) -> None:
        self._story, self._line, self._setting = story, line, setting
        self._pen = setting.plain_pen
        self._address = ""
        self._hidden: list[str] = []

    def read(self, paragraph: Element) -> None:
        """Read all contents of a paragraph into the line."""
        self._walk(paragraph)
        self._report_hidden()

    def read_one(self, element: Element) -> None:
        """Read a single element, such as a run that is outside any paragraph, into the line."""
        self._walk((element,))
        self._report_hidden()

    def _report_hidden(self) -> None:
        if "".join(self._hidden).strip():
            self._story.report("hidden text", "".join(self._hidden))
        self._hidden.clear()

    def _walk(self, elements: Iterable[Element]) -> None:
        for one in elements:
            tag = str(one.tag)
            if handler := _HANDLERS.get(tag):
                handler(self, one)
            elif tag not in _SKIPPED:
                self._walk(one)

    # Text

    def _add_text(self, words: str) -> None:
        story = self._story
        if story.fields.hidden or not words:
            return
        if story.is_generated:
            story.generate(words)
        elif self._pen.hidden:
            self._hidden.append(words)
        else:
            address = self._address or story.fields.address
            marks = self._pen.marks - _LINK_MARKS if address else self._pen.marks
            self._line.add_text(words, marks, address)
            if self._hidden:
                self._hidden.append(" ")
            language = self._pen.eastern if _EASTERN.search(words) else self._pen.language
            story.reading.languages[language] += len(words)

    @property
    def _is_visible(self) -> bool:
        story = self._story
        return not (story.fields.hidden or story.is_generated or self._pen.hidden)

    def _run(self, run: Element) -> None:
        properties = child(run, "w:rPr")
        before = self._pen
        if properties is not None and len(properties):
            self._pen = self._setting.pen(read_look(properties))
            if any(one.tag == _FORMATTED for one in properties):
                self._story.report("formatting change", "".join(run.itertext(name("w:t"))))
        else:
            self._pen = self._setting.plain_pen
        self._walk(run)
        self._pen = before

    def _text(self, element: Element) -> None:
        words = (element.text or "").replace("\n", " ").replace("\r", "")
        if element.get(_SPACE) != "preserve":
            words = words.strip(_XML_SPACES)
        self._add_text(convert_symbols(self._pen.font, words))

    def _character(self, element: Element) -> None:
        self._add_text(_CHARACTERS[str(element.tag)])

    def _break(self, element: Element) -> None:
        if self._story.is_generated:
            self._story.generate(" ")
        elif self._is_visible:
            page = element.get(name("w:type")) == "page"
            self._line.pieces.append(PageBreak() if page else Break())

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get(name("w:char"), ""), 16)
        except ValueError:
            return
        self._add_text(
            symbol_character(element.get(name("w:font"), ""), code) if 0 < code <= 0x10FFFF else ""
        )

    def _ruby(self, element: Element) -> None:
        for part, opening, closing in (("w:rubyBase", "", ""), ("w:rt", "(", ")")):
            found = child(element, part)
            if found is not None:
                self._add_text(opening)
                self._walk(found)
                self._add_text(closing)

    def _equation(self, element: Element) -> None:
        if self._story.fields.hidden:
            return
        texts = equations.line(element)
        pen = self._pen
        for text in texts:
            self._pen = replace(pen, marks=pen.marks | text.marks, font="")
            self._add_text(text.words)
        self._pen = pen
        if self._is_visible:
            self._story.report("equation", "".join(text.words for text in texts))

    # Links, bookmarks, notes

    def _link(self, element: Element) -> None:
        before = self._address
        relation = self._story.relation(element.get(name("r:id")))
        place = element.get(name("w:anchor"), "")
        target = relation.target if relation else ""
        self._address = (target + (f"#{place}" if place else "")).strip() or before
        self._walk(element)
        self._address = before

    def _bookmark(self, element: Element) -> None:
        bookmark = element.get(name("w:name"), "")
        if bookmark and bookmark != _OWN_BOOKMARK:
            self._line.bookmarks.append(bookmark)

    def _note(self, element: Element) -> None:
        if self._is_visible:
            kind = "footnote" if element.tag == _FOOTNOTE else "endnote"
            key = self._story.reading.note(kind, element.get(name("w:id"), ""))
            self._line.pieces.append(NoteMark(key))

    def _comment(self, element: Element) -> None:
        identity = element.get(name("w:id"), "")
        self._story.reading.comment_places.setdefault(identity, self._story.current_place)

    # Fields

    def _field_char(self, element: Element) -> None:
        fields = self._story.fields
        kind = element.get(name("w:fldCharType"))
        if kind == "begin":
            fields.begin(self._choice(child(element, "w:ffData")))
        elif kind == "separate":
            fields.separate()
        elif kind == "end" and (frame := fields.end()):
            self._end_field(frame)

    def _choice(self, form: Element | None) -> str:
        """The text for the value of an older form field, a checkbox or a list, which has no result;
        empty for any other field."""
        box, choices = child(form, "w:checkBox"), child(form, "w:ddList")
        if box is not None:
            checked = child(box, "w:checked")
            checked = child(box, "w:default") if checked is None else checked
            return "☒" if checked is not None and is_on(checked) else "☐"
        if choices is not None:
            entries = [one.get(VAL, "") for one in choices.iterfind(name("w:listEntry"))]
            self._story.report("form field", " · ".join(entries))
            at = number(value(choices, "w:result")) or number(value(choices, "w:default")) or 0
            return entries[at] if 0 <= at < len(entries) else ""
        return ""

    def _end_field(self, frame: Frame) -> None:
        code = frame.parsed_code
        if code is None or not frame.in_code:
            self._add_text(frame.choice)
        elif code.symbol:
            self._add_text(symbol_character(*code.symbol))
        elif code.is_equation:
            reason = "Equations in fields are not imported. Put a picture in its place."
            self._story.report("equation", code.whole, reason)
        else:
            self._add_text(frame.choice or code.default_text)

    def _field_code(self, element: Element) -> None:
        self._story.fields.add_code(element.text or "")

    def _simple_field(self, element: Element) -> None:
        fields = self._story.fields
        fields.begin()
        fields.add_code(element.get(name("w:instr"), ""))
        fields.separate()
        self._walk(element)
        fields.end()

    # Tracked changes

    def _tracked_text(self, element: Element) -> None:
        since = len(self._line.pieces)
        self._walk(element)
        if (words := self._line.plain_text(since)).strip():
            self._story.report("insertion" if element.tag == _INSERTED else "move", words)

    def _deletion(self, element: Element) -> None:
        words = "".join(one.text or "" for one in element.iter(*_DELETED))
        pictures = next(element.iter(*_PICTURES), None)
        if words.strip() or pictures is not None:
            self._story.report("deletion", words if words.strip() else "a picture")

    # Wrapped content

    def _alternatives(self, element: Element) -> None:
        self._walk(choose_alternative(element))

    def _control(self, element: Element) -> None:
        with open_control(self._story, element) as content:
            self._walk(content)

    def _drawing(self, element: Element) -> None:
        if self._is_visible:
            Drawing(self._story, self._line).read(element)
            if address := self._address or self._story.fields.address:
                self._story.report("link", address)


_FORMATTED = name("w:rPrChange")
_FOOTNOTE, _INSERTED = name("w:footnoteReference"), name("w:ins")
_CHARACTERS = {
    **dict.fromkeys((name("w:tab"), name("w:ptab")), "\t"),
    name("w:noBreakHyphen"): "\u2011",
    name("w:softHyphen"): "\u00ad",
}
_HANDLERS: dict[str, Callable[[Inlines, Element], None]] = {
    **dict.fromkeys(_CHARACTERS, Inlines._character),
    name("w:r"): Inlines._run,
    name("w:t"): Inlines._text,
    name("w:br"): Inlines._break,
    name("w:cr"): Inlines._break,
    name("w:sym"): Inlines._symbol,
    name("w:ruby"): Inlines._ruby,
    name("m:oMath"): Inlines._equation,
    name("w:hyperlink"): Inlines._link,
    name("w:bookmarkStart"): Inlines._bookmark,
    _FOOTNOTE: Inlines._note,
    name("w:endnoteReference"): Inlines._note,
    name("w:commentReference"): Inlines._comment,
    name("w:fldChar"): Inlines._field_char,
    name("w:instrText"): Inlines._field_code,
    name("w:fldSimple"): Inlines._simple_field,
    _INSERTED: Inlines._tracked_text,
    name("w:moveTo"): Inlines._tracked_text,
    name("w:del"): Inlines._deletion,
    name("w:sdt"): Inlines._control,
    name("w:drawing"): Inlines._drawing,
    name("w:pict"): Inlines._drawing,
    name("w:object"): Inlines._drawing,
    ALTERNATIVES: Inlines._alternatives,
}
INLINE = frozenset(_HANDLERS) - {
    *(name(f"w:{one}") for one in ("ins", "moveTo", "del", "sdt", "bookmarkStart")),
    ALTERNATIVES,
}
"""Elements that belong inside a paragraph."""
_SKIPPED = frozenset(
    name(f"w:{one}")
    for one in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "fldData"),
        *("delText", "delInstrText", "moveFrom", "annotationRef", "lastRenderedPageBreak"),
    )
)
