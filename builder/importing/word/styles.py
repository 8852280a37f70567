"""Resolves the styles of a Word file, and computes the formatting of a run from its own properties
and its styles (ISO/IEC 29500-1, 17.7). A run is a piece of text with the same properties. Also
converts the characters of symbol fonts to Unicode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TypeVar

from builder.base.immutable import immutable
from builder.importing.document.form import Mark
from builder.importing.word.names import (
    Element,
    Indent,
    child,
    indent,
    is_on,
    name,
    number,
    switch,
    value,
)

_UNKNOWN = "�"
_FIRST = 0x20
_PRIVATE = 0xF000
"""Start of the private-use range where Word puts characters of symbol fonts."""
_SYMBOL_FONTS = {
    "symbol": (
        " !∀#∃%&∍()*+,−./0123456789:;<=>?"
        "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
        "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~�"
        "��������������������������������"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
        "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
        "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�"
    ),
    "wingdings": (
        " 🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭🗀🗁🗎🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍"
        "🖎✌🖏👍👎☜☞☝☟🖐☺😐☹💣🕱🏳🏱✈☼🌢❄🕆✞🕈✠✡☪☯🕉☸♈♉"
        "♊♋♌♍♎♏♐♑♒♓🙰🙵●○■☐☐❑❒🞟⧫◆❖◆⌧⮹⌘🏵🏶🙶🙷▯"
        "🄋➀➁➂➃➄➅➆➇➈➉🄌➊➋➌➍➎➏➐➑➒➓🙢🙠🙡🙣🙞🙜🙝🙟∙•"
        "▪○🞆🞈🞊🞋🔿▪☐🟁🟅★🟋🟏🟓🟑⯐⌖⯎⯏⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘"
        "🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←"
        "→↑↓🡬🡭🡯🡮←➔↑↓🡼🡽🡿🡾⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂🢬🢭✗✓☒☑�"
    ),
    "wingdings 2": (
        " 🖊🖋🖌🖍✄✀🕾🕽🗅🗆🗇🗈🗉🗊🗋🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙"
        "🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑✗✓☒☑⮽☒⮾⮿🛇⦸🙱🙴🙲🙳‽🙹🙺"
        "🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿�"
        "☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤🕥🕦🕧🙨🙩⋅🞄•●○🞅🞇🞉⊙⦿🞌"
        "🞍◾■□🞑🞒🞓🞔▣🞕🞖🞗🞘◆⬥◇🞚◈🞛🞜🞝🞞⬪⬧◊🞠◖◗⯊⯋⯀⯁"
        "⬟⯂⬣⬢⯃⯄🞡🞢🞣🞤🞥🞦🞧🞨🞩🞪🞫🞬🞭🞮🞯🞰🞱🞲🞳🞴🞵🞶🞷🞸🞹🞺"
        "🞻🞼🞽🞾🞿🟀🟂🟄🟆🟉🟊✶🟌🟎🟐🟒✹🟃🟇✯🟍🟔⯌⯍※⁂������"
    ),
    "wingdings 3": (
        " ⭠⭢⭡⭣⭦⭧⭩⭨⭰⭲⭱⭳⭶⭸⭻⭽⭤⭥⭪⭬⭫⭭⭍⮠⮡⮢⮣⮤⮥⮦⮧"
        "⮐⮑⮒⮓⮀⮃⭾⭿⮄⮆⮅⮇⮏⮍⮎⮌⭮⭯⎋⌤⌃⌥␣⍽⇪⮸🢠🢡🢢🢣🢤🢥"
        "🢦🢧🢨🢩🢪🢫🡐🡒🡑🡓🡔🡕🡗🡖🡘🡙▲▼△▽◀▶◁▷◣◢◤◥🞀🞂🞁�"
        "🞃⯅⯆⯇⯈⮜⮞⮝⮟🠐🠒🠑🠓🠔🠖🠕🠗🠘🠚🠙🠛🠜🠞🠝🠟🠀🠂🠁🠃🠄🠆🠅"
        "🠇🠈🠊🠉🠋🠠🠢🠤🠦🠨🠪🠬🢜🢝🢞🢟🠮🠰🠲🠴🠶🠸🠺🠹🠻🢘🢚🢙🢛🠼🠾🠽"
        "🠿🡀🡂🡁🡃🡄🡆🡅🡇⮨⮩⮪⮫⮬⮭⮮⮯🡠🡢🡡🡣🡤🡥🡧🡦🡰🡲🡱🡳🡴🡵🡷"
        "🡶🢀🢂🢁🢃🢄🢅🢇🢆🢐🢒🢑🢓🢔🢖🢕🢗���������������"
    ),
    "webdings": (
        " 🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼🗕🗖🗗⏴⏵⏶⏷⏪⏩⏮⏭⏸⏹⏺🗚🗳"
        "🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂🏞🏕🛤🏟🛳🕬🕫🕨🔈🎔🎕🗬🙽🗭🗪🗫"
        "⮔✔🚲⬜🛡📦🛱⬛🚑🛈🛩🛰🟈🕴⬤🛥🚔🗘🗙❓🛲🚇🚍⛳⦸⊖🚭🗮⏐🗯🗲�"
        "🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠🛢💰🏷💳👪🗡🗢🗣✯🖄🖅🖃🖆🖹🖺🖻"
        "🕵🕰🖽🖾📋🗒🗓🕮📚🗞🗟🗃🗂🖼🎭🎜🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻"
        "🖥🖦🖧🕹🎮🕻🕼📟🖁🖀🖨🖩🖿🖪🗜🔒🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫"
        "🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊"
    ),
}
"""The Unicode characters for the codes 0x20 to 0xFF of each symbol font, in order."""


def symbol_character(font: str, code: int) -> str:
    """The Unicode character for a character code in a font; empty if unknown."""
    index = (code - _PRIVATE if code >= _PRIVATE else code) - _FIRST
    characters = _SYMBOL_FONTS.get(font.lower(), "")
    if 0 <= index < len(characters):
        return characters[index].replace(_UNKNOWN, "")
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        # For an unknown font, use the table of Symbol: most such characters are bullets.
        return _SYMBOL_FONTS["symbol"][index] if not characters and index >= 0 else ""
    return chr(code) if _FIRST <= code < 0xD800 or 0xF900 <= code <= 0x10FFFF else ""


def convert_symbols(font: str, words: str) -> str:
    """Convert a text in a symbol font to the Unicode characters that it shows. Text in another font
    is returned unchanged."""
    if font.lower() in _SYMBOL_FONTS:
        return "".join(symbol_character(font, ord(one)) or one for one in words)
    return words


Look = Mapping[str, str | bool]
"""A look: formatting properties, by the names that this module gives them (``bold``, ``colour``).
Properties that are not set are missing."""

_SWITCHES = {
    name("w:b"): "bold",
    name("w:i"): "italic",
    name("w:bCs"): "complex bold",
    name("w:iCs"): "complex italic",
    name("w:strike"): "strike",
    name("w:dstrike"): "strike twice",
    name("w:vanish"): "hidden",
}
"""Toggle properties with their names in a ``Look``. If styles of two kinds, such as the paragraph's
and the run's, both set one, it is off (17.7.3)."""
_RIGHT_TO_LEFT = name("w:rtl")
_COMPLEX_SCRIPT = name("w:cs")
_VALUE_PROPERTIES = {
    name("w:u"): ("underline", name("w:val")),
    name("w:highlight"): ("highlight", name("w:val")),
    name("w:shd"): ("shading", name("w:fill")),
    name("w:color"): ("colour", name("w:val")),
    name("w:vertAlign"): ("shift", name("w:val")),
    name("w:rFonts"): ("font", name("w:ascii")),
    name("w:rStyle"): ("style", name("w:val")),
}
_LANGUAGE = name("w:lang")
_COMPLEX_LANGUAGE = name("w:bidi")
_EAST_ASIAN_LANGUAGE = name("w:eastAsia")
_VAL = name("w:val")
_FONTS = tuple(name(f"w:{one}") for one in ("ascii", "hAnsi", "cs", "eastAsia"))

TOGGLES = frozenset(_SWITCHES.values())
_FIXED_WIDTH = re.compile(
    r"courier|consolas|lucida console|menlo|monaco|monospace|\bmono\b|source code|andale"
)
_NO_FILL = ("", "auto", "ffffff", "none", "clear")
_PLAIN = re.compile(r"[0-9a-f]{6}")
_GREY = 40
"""Maximum difference between red, green and blue of a colour that counts as grey."""


def read_look(properties: Element | None) -> dict[str, str | bool]:
    """Parse the formatting in the properties of a run (``w:rPr``); empty for ``None``."""
    look: dict[str, str | bool] = {}
    for one in properties if properties is not None else ():
        tag = str(one.tag)
        if toggle := _SWITCHES.get(tag):
            look[toggle] = is_on(one)
        elif tag in (_RIGHT_TO_LEFT, _COMPLEX_SCRIPT):
            look["right to left" if tag == _RIGHT_TO_LEFT else "complex script"] = is_on(one)
        elif tag == _LANGUAGE:
            _languages(look, one)
        elif known := _VALUE_PROPERTIES.get(tag):
            key, attribute = known
            written = one.get(attribute)
            if key == "font":
                written = next((one.get(kind) for kind in _FONTS if one.get(kind)), None)
            if written is not None:
                look[key] = written
    return look


def _languages(look: dict[str, str | bool], element: Element) -> None:
    if tag := element.get(_VAL):
        look["language"] = tag
    if tag := element.get(_COMPLEX_LANGUAGE):
        look["complex language"] = tag
    if tag := element.get(_EAST_ASIAN_LANGUAGE):
        look["east Asian language"] = tag


def combine_looks(defaults: Look, styles: Iterable[Look], direct: Look) -> dict[str, str | bool]:
    """Combine the formatting of a run from the ``defaults`` of the document, that of its ``styles``
    (one of each kind), and its own, ``direct``, in this order."""
    look = dict(defaults)
    for style in styles:
        for key, own in style.items():
            if key in TOGGLES and key not in defaults:
                look[key] = bool(look.get(key)) ^ bool(own)
            else:
                look[key] = own if key not in TOGGLES else bool(look.get(key)) or bool(own)
    look.update(direct)
    return look


def marks_of(look: Look) -> frozenset[Mark]:
    """The marks of imported text, such as ``strong``, for the formatting of a run."""
    is_complex = look.get("right to left") or look.get("complex script")
    found: set[Mark] = set()
    if look.get("complex bold" if is_complex else "bold"):
        found.add("strong")
    if look.get("complex italic" if is_complex else "italic"):
        found.add("emphasis")
    if look.get("strike") or look.get("strike twice"):
        found.add("strike")
    if str(look.get("underline", "none")).lower() != "none":
        found.add("underline")
    if _is_highlighted(look):
        found.add("highlight")
    if _is_coloured(str(look.get("colour", "")).lower()):
        found.add("colour")
    if look.get("shift") == "superscript":
        found.add("super")
    if look.get("shift") == "subscript":
        found.add("sub")
    if _FIXED_WIDTH.search(str(look.get("font", "")).lower()):
        found.add("code")
    return frozenset(found)


def _is_highlighted(look: Look) -> bool:
    pen = str(look.get("highlight", "none")).lower()
    if "highlight" in look and pen not in ("none", "white"):
        return True
    fill = str(look.get("shading", "")).lower()
    return fill not in _NO_FILL and _is_coloured(fill)


def _is_coloured(colour: str) -> bool:
    """Whether a hex colour is not a shade of grey. Authors use grey for design, not for
    emphasis."""
    if not _PLAIN.fullmatch(colour):
        return False
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) > _GREY


T = TypeVar("T")

_LEVELS = 9
LONGEST_HEADING = 200
"""Maximum length, in characters, of a heading that has an outline level but no heading style. A
longer paragraph is imported as prose."""
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
    """A style with its own and its inherited properties.

    ``name`` is in English and lower case. ``level`` is 1 to 9 for a heading, 0 for prose, and
    ``None`` if not set. ``parts`` is the formatting that a table style gives to single rows and
    columns, such as ``firstRow``. ``plain`` is true if its bold and italic belong to the design and
    are not emphasis, as in a heading. ``code`` is whether its text is program code, and ``link``
    whether it is the style of links.
    """

    name: str = ""
    level: int | None = None
    look: Look = field(default_factory=dict)
    list_id: int | None = None
    list_level: int | None = None
    indent: Indent = field(default_factory=dict)
    starts_page: bool | None = None
    right_to_left: bool | None = None
    parts: Mapping[str, Look] = field(default_factory=dict)
    plain: bool = False
    code: bool = False
    link: bool = False


_NONE = Style()


class Styles:
    """The styles of one file, each with the properties that it inherits from the style that it is
    based on. A cycle of styles that are based on each other does no harm."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iterfind(name("w:style"))
        self._elements = {one.get(name("w:styleId"), ""): one for one in found}
        self._known: dict[str, Style] = {}
        self.defaults = read_look(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))
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
        """The style with this id. For an unknown id, the default style if ``kind`` is ``paragraph``
        or ``table``, else an empty character style. ``None`` gives an empty style."""
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
            look={**base.look, **read_look(child(element, "w:rPr"))},
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
    """The heading level of a style: from its own outline level, else from its name ``own``, else
    the inherited level."""
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


def _conditional_looks(element: Element) -> dict[str, Look]:
    """The formatting that a table style gives to single rows and columns, by Word's names for them,
    such as ``firstRow`` and ``firstCol``."""
    return {
        one.get(name("w:type"), ""): read_look(child(one, "w:rPr"))
        for one in element.iterfind(name("w:tblStylePr"))
    }


def _own_or_inherited(own: T | None, base: T | None) -> T | None:
    return base if own is None else own
