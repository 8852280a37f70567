"""Resolves the styles of a Word file: English names, and properties inherited through
``basedOn``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import TypeVar

from builder.base.immutable import immutable
from builder.importing.word import formatting
from builder.importing.word.names import Element, child, name, number, switch, value
from builder.importing.word.numbering import Indent, indent

T = TypeVar("T")

_LEVELS = 9
LONGEST_HEADING = 200
"""Maximum length, in characters, of a heading by outline level alone, without a heading style."""
HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|kop|nagłówek|rubrik|overskrift|otsikko"
    r"|nadpis|заголовок|başlık|címsor|επικεφαλίδα|見出し|标题|標題|제목|عنوان|العنوان|כותרת|pennawd"
    r"|titlu|títol|naslov|ceannteideal|pealkiri|antraštė|virsraksts|fyrirsögn|izenburua)"
    r"[ \xa0]?([1-9])"
)
"""Names of heading styles in many languages. Word itself writes ``heading 1`` in every language;
other programs translate it."""
_NAMES = {
    **dict.fromkeys(
        ("titel", "titre", "título", "titolo", "tytuł", "otsikko", "заголовок"), "title"
    ),
    **dict.fromkeys(
        ("untertitel", "sous-titre", "subtítulo", "sottotitolo", "ondertitel"), "subtitle"
    ),
    **dict.fromkeys(
        ("zitat", "citation", "cita", "citazione", "citaat", "citat", "quotations"), "quote"
    ),
    **dict.fromkeys(("intensives zitat", "citation intense", "cita destacada"), "intense quote"),
    **dict.fromkeys(("beschriftung", "légende", "epígrafe", "didascalia", "bijschrift"), "caption"),
    **dict.fromkeys(("listenabsatz", "paragraphe de liste", "párrafo de lista"), "list paragraph"),
    **dict.fromkeys(("block text", "blocktext", "normal centré"), "block text"),
    **dict.fromkeys(("table", "figure", "illustration", "drawing", "abbildung"), "caption"),
}
_DESIGNED_STYLES = frozenset(
    {"title", "subtitle", "quote", "intense quote", "caption", "toc heading"}
)
"""Styles whose bold and italic belong to the design and are not emphasis."""
_BUILT_IN = _DESIGNED_STYLES | {
    *("list paragraph", "block text", "list bullet", "list number", "list continue"),
    *("body text", "footnote text", "endnote text", "plain text", "html preformatted"),
}
_CODE = ("html code", "verbatim char", "source code", "code", "inline code", "source text")
_LINKS = ("hyperlink", "followed hyperlink", "followedhyperlink", "internet link", "internetlink")


@immutable
class Style:
    """A style with its inherited properties. ``name`` is in English and lower case; ``level`` is 1
    to 9 for a heading, else 0 or ``None``; ``plain`` if its look is not emphasis."""

    name: str = ""
    level: int | None = None
    look: formatting.Look = field(default_factory=dict)
    list_id: int | None = None
    list_level: int | None = None
    indent: Indent = field(default_factory=dict)
    starts_page: bool | None = None
    right_to_left: bool | None = None
    parts: Mapping[str, formatting.Look] = field(default_factory=dict)
    plain: bool = False
    code: bool = False
    link: bool = False


_NONE = Style()


class Styles:
    """The styles of one file. Each is resolved once; cycles of ``basedOn`` do no harm."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iterfind(name("w:style"))
        self._elements = {one.get(name("w:styleId"), ""): one for one in found}
        self._known: dict[str, Style] = {}
        self.defaults = formatting.read(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
        self.right_to_left = bool(switch(root, "w:docDefaults", "w:pPrDefault", "w:pPr", "w:bidi"))
        self._default = {
            one.get(name("w:type"), ""): style
            for style, one in self._elements.items()
            if one.get(name("w:default"), "0").lower() in ("1", "true", "on")
        }

    def paragraph(self, style: str | None) -> Style:
        """The paragraph style with this id, or the default paragraph style."""
        return self.style(style, "paragraph") if style else self._default_style("paragraph")

    def table(self, style: str | None) -> Style:
        """The table style with this id, or the default table style."""
        return self.style(style, "table") if style else self._default_style("table")

    def style(self, style: str | None, kind: str = "character") -> Style:
        """The style with this id. Unknown ids give the default of their kind, or an empty style."""
        if style is None:
            return _NONE
        if style not in self._elements:
            return self._default_style(kind) if kind != "character" else _NONE
        chain: dict[str, None] = {}
        at: str | None = style
        while at and at in self._elements and at not in self._known and at not in chain:
            chain[at] = None
            at = value(self._elements[at], "w:basedOn")
        base = self._known.get(at or "", _NONE)
        for one in reversed(chain):
            base = self._known[one] = self._resolve(one, base)
        return self._known[style]

    def _default_style(self, kind: str) -> Style:
        default = self._default.get(kind)
        return self.style(default, "character") if default else _NONE

    def _resolve(self, style: str, base: Style) -> Style:
        element = self._elements[style]
        properties = child(element, "w:pPr")
        own = (value(element, "w:name") or style).strip().lower()
        is_default = style in self._default.values()
        level = _level(own, value(properties, "w:outlineLvl"), base.level)
        english_name = _english_name(own, base.name, is_default)
        return Style(
            name=english_name,
            level=level,
            look={**base.look, **formatting.read(child(element, "w:rPr"))},
            list_id=_own_or_inherited(
                number(value(properties, "w:numPr", "w:numId")), base.list_id
            ),
            list_level=_own_or_inherited(
                number(value(properties, "w:numPr", "w:ilvl")), base.list_level
            ),
            indent={**base.indent, **indent(child(properties, "w:ind"))},
            starts_page=_own_or_inherited(
                switch(properties, "w:pageBreakBefore"), base.starts_page
            ),
            right_to_left=_own_or_inherited(switch(properties, "w:bidi"), base.right_to_left),
            parts={**base.parts, **_conditional_looks(element)},
            plain=bool(level) or is_default or english_name in _DESIGNED_STYLES,
            code=own in _CODE or base.code,
            link=own in _LINKS or base.link,
        )


def _level(own: str, outline_value: str | None, inherited: int | None) -> int | None:
    """The heading level: by the style's own outline level, then its name, then inheritance."""
    outline = number(outline_value)
    if outline is not None:
        return outline + 1 if 0 <= outline < _LEVELS else 0
    if match := HEADING.fullmatch(own):
        return int(match[1])
    return inherited


def _english_name(own: str, base_name: str, is_default: bool) -> str:
    known = _NAMES.get(own, own)
    if is_default:
        return ""
    if known in _BUILT_IN or HEADING.fullmatch(known):
        return known
    return base_name if base_name in _BUILT_IN else known


def _conditional_looks(element: Element) -> dict[str, formatting.Look]:
    """A table style's conditional looks, such as ``firstRow`` and ``firstCol``."""
    return {
        one.get(name("w:type"), ""): formatting.read(child(one, "w:rPr"))
        for one in element.iterfind(name("w:tblStylePr"))
    }


def _own_or_inherited(own: T | None, base: T | None) -> T | None:
    return base if own is None else own
