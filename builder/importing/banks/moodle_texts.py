"""Parses Moodle XML, and reads the texts of its elements with their formats and embedded files.
Entities are not resolved, and nothing is downloaded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from builder.base.immutable import immutable
from builder.diagnostics.diagnostic import Diagnostic
from builder.importing.banks import files, xml
from builder.importing.banks.html import clean
from builder.importing.banks.texts import decode_base64, image_from_data, image_without_content
from builder.importing.banks.xml import Element
from builder.importing.document.form import Image, Place

_INSIDE = "@@PLUGINFILE@@"
_FORMATS = {"html": "html", "plain_text": "plain", "markdown": "markdown"}

Children = Mapping[str, Sequence[Element]]
"""The child elements of an element by their tags; elements with the same tag are in order."""


@immutable
class FormattedText:
    """A text of a question: its words, its format (`html`, `plain`, `markdown` or `moodle`), and
    the elements of its embedded files by name."""

    words: str
    form: str
    files: dict[str, Element]

    def find_image(self, address: str, alternative: str | None, place: Place) -> Image:
        """The image that the text shows at an address; without content if the bank does not contain
        it. ``alternative`` is its text alternative, ``None`` if it has none, and ``place`` its
        position in the file."""
        if image := image_from_data(address, alternative, place):
            return image
        if not address.startswith(_INSIDE):
            return image_without_content(address, alternative, place)
        name = unquote(address.removeprefix(_INSIDE).partition("?")[0]).strip("/")
        ending = name.rpartition(".")[2].lower()
        file = self.files.get(name)
        content = b"" if file is None else decode_base64(file.text or "")
        return Image(content, ending, alternative, place)

    def shows_image(self, name: str) -> bool:
        """Whether the text shows the embedded file with this name as an image."""
        return re.search(rf"<img\b[^<>]*{_INSIDE}", self.words, re.IGNORECASE) is not None and (
            name in unquote(self.words)
        )


def parse(path: Path, named: bool = False) -> tuple[Element | None, tuple[Diagnostic, ...]]:
    """Parse a Moodle XML file and return its root element, or ``None`` and the diagnostics.
    ``named`` is true if the author named the format with ``--from``, so it need not be detected.
    Never raises."""
    words, problems = files.read_bank(path, named)
    if words is None:
        return None, problems
    root, xml_problems = xml.root(files.add_missing_root(words), path.name)
    return root, (xml_problems if root is None else (*problems, *xml_problems))


def children(element: Element) -> Children:
    """Group the child elements of an element by their tags."""
    found: dict[str, list[Element]] = {}
    for child in element.iterchildren("*"):
        found.setdefault(child.tag, []).append(child)
    return found


def formatted_text(element: Element | None) -> FormattedText:
    """The text of an element with its format and embedded files; an empty text for ``None``."""
    if element is None:
        return _NOTHING
    words = _words(element)
    form = _FORMATS.get(element.get("format", ""), "moodle")
    found = {
        f"{file.get('path', '/').strip('/')}/{file.get('name', '')}".strip("/"): file
        for file in element.iterchildren("file")
    }
    return FormattedText(clean(words).strip(), form, found)


_NOTHING = FormattedText("", "moodle", {})


def child_text(children: Children, name: str) -> FormattedText:
    """The text of the first child with this tag, with its format and embedded files; an empty text
    if there is no such child."""
    return formatted_text(children[name][0]) if name in children else _NOTHING


def value(children: Children, name: str) -> str:
    """The plain text of the first child with this tag; empty if there is no such child."""
    return plain(children[name][0]) if name in children else ""


def plain(element: Element) -> str:
    """The plain text of an element, or of its ``text`` child, with single spaces."""
    return " ".join(_words(element).split())


def _words(element: Element) -> str:
    """The characters in an element's ``text`` child, or in the element itself if it has no such
    child. Comments are left out."""
    inner = next(element.iterchildren("text"), None)
    if inner is not None:
        return str(inner.xpath("string()")) if len(inner) else inner.text or ""
    return "".join(element.xpath("text()")) if len(element) else element.text or ""
