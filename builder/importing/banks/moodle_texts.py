"""Reads elements of Moodle XML: texts with their format and embedded files. Entities are not
resolved, and nothing is fetched."""

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
"""The child elements of an element, by name, in order."""


@immutable
class FormattedText:
    """A text of a question: its format, and its embedded files by name."""

    words: str
    form: str
    files: dict[str, Element]

    def find_image(self, address: str, alternative: str | None, place: Place) -> Image:
        """The image that the text shows at an address."""
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
        """Whether the text shows an embedded file as an image."""
        return re.search(rf"<img\b[^<>]*{_INSIDE}", self.words, re.IGNORECASE) is not None and (
            name in unquote(self.words)
        )


def parse(path: Path, named: bool = False) -> tuple[Element | None, tuple[Diagnostic, ...]]:
    """Parse a file and return the root, or ``None`` and the diagnostics. Never raises."""
    words, problems = files.read_bank(path, named)
    if words is None:
        return None, problems
    root, xml_problems = xml.root(words, path.name)
    return root, (xml_problems if root is None else (*problems, *xml_problems))


def children(element: Element) -> Children:
    """Index the children of an element by name."""
    found: dict[str, list[Element]] = {}
    for child in element.iterchildren("*"):
        found.setdefault(child.tag, []).append(child)
    return found


def formatted_text(element: Element | None) -> FormattedText:
    """The formatted text of an element; an empty one for ``None``."""
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
    """The formatted text of the first child of a name; empty if there is none."""
    return formatted_text(children[name][0]) if name in children else _NOTHING


def value(children: Children, name: str) -> str:
    """The plain text of the first child of a name; empty if there is none."""
    return plain(children[name][0]) if name in children else ""


def plain(element: Element) -> str:
    """The plain text of an element, or of its ``text`` child, with single spaces."""
    return " ".join(_words(element).split())


def _words(element: Element) -> str:
    """The characters of an element's ``text`` child, or its own without one; no comments."""
    inner = next(element.iterchildren("text"), None)
    if inner is not None:
        return str(inner.xpath("string()")) if len(inner) else inner.text or ""
    return "".join(element.xpath("text()")) if len(element) else element.text or ""
