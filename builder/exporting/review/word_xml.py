"""Creates elements of WordprocessingML (ECMA-376, part 1), in the order that Word requires."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

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
"""Names of child elements in order, as far as they are used here or in the template."""
_INVALID_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Matches characters that XML cannot contain."""


def element(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """Create an element of the namespace ``w`` with these children and attributes."""
    made: Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def text(words: str, name: str = "t") -> Element:
    """The text element of a run."""
    made = element(name)
    made.text = _INVALID_CHARACTERS.sub("\ufffd", words)
    made.set(qn("xml:space"), "preserve")
    return made


def put(parent: Element, child: Element, order: Sequence[str]) -> Element:
    """Insert a child at its place in ``order``, replacing one of the same name."""
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
    """The name of an element without its namespace."""
    return str(one.tag).rpartition("}")[2]


def field(instruction: str, shown: str) -> list[Element]:
    """The runs of a field that Word calculates, with the text to show until then."""
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", text(f" {instruction} ", "instrText")),
        element("r", element("fldChar", fldCharType="separate")),
        element("r", text(shown)),
        element("r", element("fldChar", fldCharType="end")),
    ]
