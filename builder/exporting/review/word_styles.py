"""The design of the Word file: styles, lists, page size and settings. Also builds elements of
WordprocessingML (ECMA-376, part 1) in the order that Word requires."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from lxml import etree

from builder.exporting.review.tree import Document

Element = etree._Element
PARAGRAPH = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "bidi", "spacing"),
    *("ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr"),
)
RUN = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "noProof", "color", "sz", "szCs"),
    *("u", "shd", "vertAlign", "rtl", "cs", "lang"),
)
SETTINGS = (
    *("writeProtection", "view", "zoom", "removePersonalInformation", "embedTrueTypeFonts"),
    *("bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "proofState", "revisionView"),
    *("trackRevisions", "defaultTabStop", "drawingGridHorizontalSpacing"),
    *("drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery"),
    *("displayVerticalDrawingGridEvery", "characterSpacingControl", "doNotValidateAgainstSchema"),
    *("savePreviewPicture", "updateFields", "hdrShapeDefaults", "footnotePr", "endnotePr"),
    *("compat", "docVars", "rsids", "mathPr", "themeFontLang", "clrSchemeMapping"),
    *("shapeDefaults", "decimalSymbol", "listSeparator"),
)
"""Names of child elements in the order that Word requires, as far as this package or the template
of python-docx uses them."""
_INVALID_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Matches characters that XML cannot contain."""
INK = "0B5D6B"
"""The colour of headings, and of lines beside the text."""
GREY = "595959"
"""The colour of details; its contrast on white is still 7 to 1."""
GREEN = "1E6B2E"
RED = "A12622"
SHADE = "EEF3F4"
CHANGED = "FFF2A8"
"""The colour behind words that are new since an approval."""
_OWN = "Review "
"""Prefix of the names of styles that are not built into Word."""
_FONT, _COMPLEX = "Calibri", "Arial"
WIDTH = 9638
"""Width of the text in twentieths of a point: 17 cm, which fits on A4 and Letter."""
TABS = (4680, 9360)
"""Positions of the tab stops in the header of python-docx's template, which are for another page
size and are removed."""
INDENT = 357
"""Indentation of one list level, in twentieths of a point."""
_BULLETS, _NUMBERS = 1, 2
_LEVELS = 9
_SIZES = {1: 20, 2: 16, 3: 13, 4: 12}


def set_up(word: Word, document: Document) -> None:
    """Apply the design (styles, lists, page size, settings) to an empty Word file."""
    _set_language(word, document)
    _define_styles(word)
    _define_lists(word)
    _set_page_size(word, document)
    _change_settings(word)


def _set_language(word: Word, document: Document) -> None:
    styles = word.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    rtl = document.direction == "rtl"
    tags = {"val": "en" if rtl else document.language, "bidi": document.language}
    put(run, element("lang", eastAsia="en", **tags), RUN)
    fonts = {"ascii": _FONT, "hAnsi": _FONT, "eastAsia": _FONT, "cs": _COMPLEX}
    put(run, element("rFonts", **fonts), RUN)


def _define_styles(word: Word) -> None:
    normal = word.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size = Pt(11)
    put(normal.element.get_or_add_rPr(), element("szCs", val=22), RUN)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    for level in range(1, 10):
        _define_heading(word, level)
    for name, size, bold in (("Title", 26, True), ("Subtitle", 14, False)):
        style = _paragraph_style(word, name, size, INK if bold else GREY, bold)
        border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
        if border is not None:
            style.element.pPr.remove(border)
    _paragraph_style(word, "Caption", 10, GREY, bold=True)
    label = _paragraph_style(word, "Review Label", 11, None, bold=True)
    label.paragraph_format.keep_with_next = True
    _paragraph_style(word, "Review Facts", 9, GREY)
    code = _paragraph_style(word, "Review Code", 10, None)
    code.font.name = "Consolas"
    for level in (1, 2):
        style = _paragraph_style(word, f"toc {level}", 11, None, bold=level == 1)
        style.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        style.paragraph_format.space_after = Pt(2)
        tab = element("tab", val="right", leader="dot", pos=WIDTH)
        put(style.element.get_or_add_pPr(), element("tabs", tab), PARAGRAPH)
    _character_style(word, "Review Quiet", GREY, 8)
    _character_style(word, "Review Right", GREEN, None, bold=True)
    _character_style(word, "Review Unset", RED, None, italic=True)
    _character_style(word, "Review Code Words", None, None).font.name = "Consolas"
    _character_style(word, "Hyperlink", "0B5394", None).font.underline = True


def _define_heading(word: Word, level: int) -> None:
    style = _paragraph_style(word, f"Heading {level}", _SIZES.get(level, 11), INK, bold=True)
    style.paragraph_format.space_before = Pt(18 if level < 3 else 12)
    style.paragraph_format.space_after = Pt(4)
    style.paragraph_format.keep_with_next = True
    style.font.italic = False


def _paragraph_style(
    word: Word, name: str, size: int, colour: str | None, bold: bool = False
) -> ParagraphStyle:
    known = {style.name for style in word.styles}
    own = name.startswith(_OWN)
    style = (
        word.styles[name]
        if name in known
        else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not own)
    )
    assert isinstance(style, ParagraphStyle)
    if name not in known:
        style.base_style = word.styles["Normal"]
    run = style.element.get_or_add_rPr()
    for child in [one for one in run if local(one) in ("rFonts", "spacing", "kern", "caps")]:
        run.remove(child)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    put(run, element("szCs", val=2 * size), RUN)
    if bold:
        put(run, element("bCs"), RUN)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    return style


def _character_style(
    word: Word,
    name: str,
    colour: str | None,
    size: int | None,
    bold: bool | None = None,
    italic: bool | None = None,
) -> CharacterStyle:
    own = name.startswith(_OWN)
    style = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=not own)
    assert isinstance(style, CharacterStyle)
    style.font.bold, style.font.italic = bold, italic
    if size:
        style.font.size = Pt(size)
        put(style.element.get_or_add_rPr(), element("szCs", val=2 * size), RUN)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    return style


def _define_lists(word: Word) -> None:
    """Replace the bullets and numbers of python-docx's template by those of this design."""
    numbering = word.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for number, kind in ((_BULLETS, "bullet"), (_NUMBERS, "decimal")):
        levels = [_level(level, kind) for level in range(_LEVELS)]
        multi = element("multiLevelType", val="hybridMultilevel")
        numbering.append(element("abstractNum", multi, *levels, abstractNumId=number))
    for number in (_BULLETS, _NUMBERS):
        numbering.append(element("num", element("abstractNumId", val=number), numId=number))
    for style in word.styles:
        properties = style.element.find(qn("w:pPr"))
        own = properties.find(qn("w:numPr")) if properties is not None else None
        if properties is not None and own is not None:
            properties.remove(own)
    for name, number in (("List Bullet", _BULLETS), ("List Number", _NUMBERS)):
        properties = word.styles[name].element.get_or_add_pPr()
        put(properties, element("numPr", element("numId", val=number)), PARAGRAPH)


def _level(level: int, kind: str) -> Element:
    shown = "•–"[level % 2] if kind == "bullet" else f"%{level + 1}."
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=kind),
        element("lvlText", val=shown),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=INDENT * (level + 1), hanging=INDENT)),
        ilvl=level,
    )


def numbered(word: Word, level: int, start: int) -> int:
    """Add the definition of a numbered list that starts with the number ``start``, for items at
    this ``level``; returns the number by which paragraphs refer to it."""
    numbering = word.part.numbering_part.element
    number = len(numbering.findall(qn("w:num"))) + 1
    override = element("lvlOverride", element("startOverride", val=start), ilvl=level)
    numbering.append(element("num", element("abstractNumId", val=_NUMBERS), override, numId=number))
    return number


def _set_page_size(word: Word, document: Document) -> None:
    """Set the page size to A4, with a lower margin that is 18 mm larger, so that the whole text
    also fits on Letter paper."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(3.2)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(2.2)
    if document.direction == "rtl":
        properties: Element = section._sectPr
        grid = properties.find(qn("w:docGrid"))
        properties.insert(len(properties) - (grid is not None), element("bidi"))


def _change_settings(word: Word) -> None:
    settings = word.settings.element
    # Track all changes of reviewers from the start.
    put(settings, element("trackRevisions"), SETTINGS)
    put(settings, element("updateFields", val="true"), SETTINGS)


def element(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """Create an XML element of Word's namespace ``w`` with these children and attributes."""
    made: Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def text(words: str, name: str = "t") -> Element:
    """Create the element with the text of a run, ``words``; ``name`` is the name of the element."""
    made = element(name)
    made.text = _INVALID_CHARACTERS.sub("\ufffd", words)
    made.set(qn("xml:space"), "preserve")
    return made


def put(parent: Element, child: Element, order: Sequence[str]) -> Element:
    """Insert ``child`` into ``parent``, replacing a child of the same name. ``order`` are the names
    of all children in the order that Word requires."""
    name = local(child)
    for other in [one for one in parent if local(one) == name]:
        parent.remove(other)
    rank = order.index(name)
    before = [
        index
        for index, one in enumerate(parent)
        if local(one) in order and order.index(local(one)) < rank
    ]
    parent.insert(before[-1] + 1 if before else 0, child)
    return child


def local(one: Element) -> str:
    """The name of an XML element without its namespace."""
    return str(one.tag).rpartition("}")[2]


def field(instruction: str, shown: str) -> list[Element]:
    """Build the runs of a field that Word calculates; ``shown`` is the text to show until then."""
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", text(f" {instruction} ", "instrText")),
        element("r", element("fldChar", fldCharType="separate")),
        element("r", text(shown)),
        element("r", element("fldChar", fldCharType="end")),
    ]
