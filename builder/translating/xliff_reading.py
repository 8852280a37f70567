"""Reads a returned XLIFF 1.2 file: entities are not resolved, nothing is downloaded, and size and
nesting are limited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from builder.base.xml_text import too_many_attributes
from builder.translating.markup import Node, Pair, Single, Words, numbered
from builder.translating.xliff import Ids

Element = Any
_FORBIDDEN = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
"""No XLIFF file has these; the texts of a valid file cannot contain them unescaped."""
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_TRANSPARENT = ("mrk", "sub", "target", "source")
"""Elements of tools around words, such as segments, which mean nothing here."""
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
)


class NotXliffError(ValueError):
    """Raised if a file cannot be read; its text is the reason as a clause. ``line`` is the line, or
    0."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a returned file.

    ``id`` and ``part`` are its id and ``resname``, ``line`` its line in the file, ``source`` its
    source text with the markup as ``equiv-text`` shows it. ``target`` is the element with the
    translation, ``None`` if there is none, ``state`` its state, and ``approved`` whether somebody
    has approved it, ``yes`` or ``no``; both may be empty.
    """

    id: str
    part: str
    line: int
    source: str
    target: Element | None
    state: str
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """The content of an XLIFF file: the id of its course, its target language, and its units."""

    course: str
    language: str
    units: tuple[Unit, ...]


def read(raw: bytes) -> Returned:
    """Read an XLIFF file. Raises ``NotXliffError``."""
    root = _parse(_decode(raw))
    name = _name(root)
    if name != "xliff":
        raise NotXliffError(f"its first element is “{name}”, not “xliff”", root.sourceline or 0)
    version = root.get("version", "")
    if not version.startswith("1."):
        raise NotXliffError(f"it is XLIFF {version}, and only XLIFF 1.2 is read")
    files = tuple(root.iter("{*}file"))
    languages = [one.get("target-language", "") for one in files]
    courses = [one.get("product-name", "") for one in files]
    units = tuple(_unit(one) for one in root.iter("{*}trans-unit"))
    return Returned(next(filter(None, courses), ""), next(filter(None, languages), ""), units)


def _decode(raw: bytes) -> str:
    encoding = next((name for mark, name in _ENCODINGS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise NotXliffError("it is not UTF-8") from None


def _parse(text: str) -> Element:
    if found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise NotXliffError("it has a DOCTYPE or an entity, which no XLIFF file needs", line)
    if line := too_many_attributes(text):
        raise NotXliffError("an element has too many attributes", line)
    # Without its declaration, since the text is now UTF-8; the number of lines stays.
    text = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _PARSER)
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "it is not XML").partition(", line ")[0]
        if "depth" in reason:
            reason = "its elements are nested too deeply"
        raise NotXliffError(reason, error.position[0] or 0) from None


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _unit(element: Element) -> Unit:
    children = {_name(one): one for one in reversed(element)}
    target, source = children.get("target"), children.get("source")
    return Unit(
        id=element.get("id", ""),
        part=element.get("resname", ""),
        line=element.sourceline or 0,
        source="" if source is None else as_shown(source),
        target=target if target is not None and (len(target) or target.text) else None,
        state="" if target is None else target.get("state", ""),
        approved=element.get("approved", ""),
    )


def as_shown(element: Element) -> str:
    """The text of an element with the markup as ``equiv-text`` shows it."""
    parts = [element.text or ""]
    for child in element:
        shown = child.get("equiv-text", "")
        if _name(child) in (*_TRANSPARENT, "g"):
            opening, _, closing = shown.partition("…")
            shown = f"{opening}{as_shown(child)}{closing}"
        parts.append(shown)
        parts.append(child.tail or "")
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Translated:
    """The text of a translation as a tree, and the markup of the source text that it has lost
    (``lost``) or that it has without the source text having it (``added``), as it is shown to
    readers of messages."""

    nodes: tuple[Node, ...]
    lost: tuple[str, ...]
    added: tuple[str, ...]


def translated(target: Element, source: Sequence[Node], before: Sequence[Node]) -> Translated:
    """Convert the element with a translation to a tree, with the markup of the text ``source`` in
    place of the elements with its ids. ``before`` is the translation that was sent to the
    translator, whose further markup may come back."""
    markup = {str(number): node for number, node in enumerate(numbered(source), start=1)}
    own = set(markup)
    ids = Ids(source)
    markup |= {str(ids.take(node)): node for node in numbered(before)}
    reader = _TargetReader(markup)
    nodes = tuple(reader.nodes(target))
    lost = tuple(_shown(markup[one]) for one in markup if one in own and one not in reader.used)
    return Translated(nodes, lost, tuple(reader.unknown))


class _TargetReader:
    def __init__(self, markup: Mapping[str, Single | Pair]) -> None:
        self.markup = markup
        self.used: set[str] = set()
        self.unknown: list[str] = []

    def nodes(self, element: Element) -> Iterator[Node]:
        """Yield the nodes inside an element."""
        if element.text:
            yield Words(element.text)
        for child in element:
            name, number = _name(child), child.get("id", "")
            known = self.markup.get(number) if name not in _TRANSPARENT else None
            if isinstance(known, Single) is (name == "g"):
                known = None
            if name and name not in _TRANSPARENT and (known is None or number in self.used):
                self.unknown.append(child.get("equiv-text") or f"<{name}>")
            if known is not None:
                self.used.add(number)
            if isinstance(known, Single):
                yield known
            elif known is not None:
                yield Pair(known.kind, known.opening, known.closing, tuple(self.nodes(child)))
            elif name in (*_TRANSPARENT, "g"):
                yield from self.nodes(child)
            if child.tail:
                yield Words(child.tail)


def _shown(node: Single | Pair) -> str:
    return node.source if isinstance(node, Single) else f"{node.opening}…{node.closing}"
