"""Parses the texts of a bank. Each has one of Moodle's formats: `html`, `plain`, `markdown`, or
`moodle`, which is plain text that may contain HTML."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Any

from builder.base.immutable import immutable
from builder.course import markdown
from builder.importing.banks import html
from builder.importing.banks.bank import Bank
from builder.importing.document.form import (
    Block,
    Break,
    Image,
    Inline,
    Link,
    Mark,
    Paragraph,
    Place,
    Text,
    flat,
)

_KNOWN = "|".join((*html.MARKS, *html.BLOCKS, *html.NESTED, *html.LISTED, "br", "img", "a", "span"))
_HTML = re.compile(rf"</?(?:{_KNOWN})\b[^<>]*>|&(?:[a-zA-Z]{{2,8}}|#[0-9]{{1,6}});", re.IGNORECASE)
_GAP = re.compile(r"\n[ \t]*\n")
_SIGNS: dict[str, Mark] = {
    "strong": "strong",
    "em": "emphasis",
    "s": "strike",
    "sub": "sub",
    "sup": "super",
}
_DATA = re.compile(r"data:image/([a-z]+)(?:\+xml)?;base64,(.*)", re.IGNORECASE | re.DOTALL)
_NOT_SHOWN = "a page cannot show it"
_VALUE = (
    "it was imported as plain text, since banks have no values of a course: write it into the "
    "question again, with its value under “variables:” in course.yaml"
)


def image_without_content(address: str, alternative: str | None, place: Place) -> Image:
    """Create an image without content, for an address whose file is not in the bank.
    ``alternative`` is its text alternative, and ``place`` its position in the bank."""
    name = address.split("?")[0].rpartition(".")[2]
    ending = name.lower() if name.isalnum() and len(name) < 6 else ""
    return Image(b"", ending, alternative, place)


def image_from_data(address: str, alternative: str | None, place: Place) -> Image | None:
    """Create the image from a ``data:`` address; ``None`` for any other address. ``alternative`` is
    its text alternative, ``None`` if it has none, and ``place`` its position in the bank."""
    found = _DATA.match(address)
    if not found:
        return None
    kind = "jpg" if found[1].lower() == "jpeg" else found[1].lower()
    return Image(decode_base64(found[2]), kind, alternative, place)


def decode_base64(text: str) -> bytes:
    """Decode base64. Invalid content becomes bytes that match no image type, never empty bytes."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        # Reported where the image is written, since its type is unknown.
        return text.encode("utf-8", "replace")[:64] or b"?"


@immutable
class Reading:
    """Parses the texts of one bank, and reports elements that a page cannot show. ``find_image``
    returns the image at an address."""

    bank: Bank
    find_image: html.FindImage = image_without_content

    def blocks(self, words: str, form: str, place: Place) -> tuple[Block, ...]:
        """Parse a text into blocks. ``form`` is its format: `html`, `plain`, `markdown` or
        `moodle`. ``place`` is its place in the file, for reports."""
        # Searched only if a cheap check finds a sign of HTML.
        may_be_html = form == "moodle" and ("<" in words or "&" in words)
        if form == "html" or (may_be_html and _HTML.search(words)):
            return html.blocks(words, place, self.find_image, self._report)
        if form != "markdown" and words.isprintable():
            # Fast path: most texts are one line without control characters.
            plain = words.strip()
            return (Paragraph((Text(plain),), place),) if plain else ()
        parts = [part.strip("\n") for part in _GAP.split(html.clean(words))]
        line = self._parse_markdown if form == "markdown" else _split_lines
        lines = [html.trim(line(part, place)) for part in parts]
        return tuple(Paragraph(one, place) for one in lines if one)

    def convert_element(
        self, element: Any, place: Place, rows: frozenset[str]
    ) -> tuple[Block, ...]:
        """Convert an XML element with HTML content to blocks. ``rows`` are the names of elements
        that start a paragraph, in addition to those of HTML. ``place`` is its position in the file,
        for reports."""
        if not len(element):
            return html.text_blocks(element.text or "", place)
        return html.element_blocks(element, place, self.find_image, self._report, rows)

    def line(self, words: str, form: str, place: Place) -> tuple[Inline, ...]:
        """Parse a text into one line of inlines. ``form`` is its format and ``place`` its position
        in the file, as for ``blocks``."""
        return flat(self.blocks(words, form, place))

    @staticmethod
    def flat(blocks: Sequence[Block]) -> tuple[Inline, ...]:
        """Join blocks into one line of inlines."""
        return flat(blocks)

    def _report(self, kind: str, place: Place, words: str) -> None:
        self.bank.report(kind, place, words, _NOT_SHOWN)

    def _parse_markdown(self, words: str, place: Place) -> list[Inline]:
        """Parse one paragraph of Markdown into inlines; lists stay lines of text. ``place`` is its
        position in the file."""
        found: list[Inline] = []
        marks: list[Mark] = []
        address = ""
        for token in markdown.inline(words).tokens:
            for child in token.children or ():
                kind, _, edge = child.type.rpartition("_")
                if edge in ("open", "close") and kind in _SIGNS:
                    marks.append(_SIGNS[kind]) if edge == "open" else marks.pop()
                elif kind == "link":
                    address = str(child.attrs.get("href", "")) if edge == "open" else ""
                elif child.type in ("softbreak", "hardbreak"):
                    # Drop spaces at the end of a line.
                    if found and isinstance(last := found[-1], Text):
                        found[-1] = Text(last.words.rstrip(" "), last.marks)
                    found.append(Break())
                elif child.type == "image":
                    found.append(
                        self.find_image(str(child.attrs.get("src", "")), child.content, place)
                    )
                else:
                    look: tuple[Mark, ...] = ("code",) if child.type == "code_inline" else ()
                    words_here = child.content
                    if child.type == "variable":
                        words_here = f"{{{{ {words_here} }}}}"
                        self.bank.report("local value", place, words_here, _VALUE)
                    words_here = (
                        words_here.lstrip(" ")
                        if found and isinstance(found[-1], Break)
                        else words_here
                    )
                    text = Text(words_here, frozenset((*marks, *look)))
                    found.append(Link((text,), address) if address else text)
        return found


def _split_lines(words: str, place: Place) -> list[Inline]:
    found: list[Inline] = []
    for line in words.split("\n"):
        if found:
            found.append(Break())
        found.append(Text(line.strip()))
    return found
