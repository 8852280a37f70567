"""Writes the messages of a course as XLIFF 1.2 (OASIS), with markup that tools protect.

Links, emphasis and the like are ``<g>`` around their words; variables, code, addresses, footnotes,
gaps and breaks are ``<ph>`` or ``<x/>``. Their ids are numbers in the order of the source text, and
``equiv-text`` shows what they stand for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from builder.course.load.text import INVISIBLE
from builder.course.translations import Message
from builder.translating.comments import describe
from builder.translating.markup import Node, Pair, Single, Words, is_markdown, numbered, parse
from builder.translating.po_file import Entry, Key

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MISSING, STALE, TRANSLATED = "needs-translation", "needs-review-translation", "final"
"""The states of a message in XLIFF."""
_TYPES = {
    **{"em": "italic", "strong": "bold", "link": "link", "image": "x-image"},
    **{"hardbreak": "lb", "softbreak": "lb", "s": "x-strike", "note_met": "x-footnote"},
}
"""XLIFF's ``ctype`` by kind of markup; other kinds are their own type with ``x-`` before."""
_EMPTY = ("hardbreak", "softbreak", "gap", "note_met")
"""Kinds of markup without words of their own, which a tool shows as a sign."""
Element = Any
Languages = tuple[str, str]
"""The tags of the source and the target language."""


def unit_id(key: Key) -> str:
    """The id of the message with this part and text in XLIFF; it never depends on a position."""
    return hashlib.sha256("\x04".join(key).encode()).hexdigest()[:20]


def write(
    course: str, languages: Languages, messages: Sequence[Message], entries: Mapping[Key, Entry]
) -> bytes:
    """The XLIFF file of the course with the id ``course``; ``entries`` are those of its PO file by
    part and text."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
    by_path: dict[str, list[Message]] = {}
    for message in messages:
        by_path.setdefault(message.position.path, []).append(message)
    for path, found in by_path.items():
        attributes = {
            "original": path,
            "product-name": course,
            "source-language": languages[0],
            "target-language": languages[1],
            "datatype": "plaintext",
        }
        body = _add(_add(root, "file", attributes), "body")
        for message in found:
            _add_unit(body, message, entries[message.key])
    _indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _add(parent: Element, name: str, attributes: Mapping[str, str] | None = None) -> Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes or {})


def _indent(root: Element) -> None:
    """Put each element down to a unit's parts on a line of its own; spaces in texts mean
    something."""
    for element in root.iter(f"{{{NAMESPACE}}}*"):
        depth = sum(1 for _ in element.iterancestors())
        name = etree.QName(element).localname
        if name in ("xliff", "file", "body", "trans-unit", "alt-trans") and len(element):
            element.text = "\n" + "  " * (depth + 1)
            for child in element:
                child.tail = element.text
            element[-1].tail = "\n" + "  " * depth


def _add_unit(body: Element, message: Message, entry: Entry) -> None:
    attributes = {
        "id": unit_id(message.key),
        "resname": message.part,
        "restype": f"x-{message.kind.replace(' ', '-')}",
        _SPACE: "preserve",
    }
    state = state_of(entry)
    if state == TRANSLATED:
        attributes["approved"] = "yes"
    if message.limit and message.kind != "answers":
        attributes |= {"maxwidth": str(message.limit), "size-unit": "char"}
    unit = _add(body, "trans-unit", attributes)
    as_markdown = is_markdown(message)
    source = parse(message.text, as_markdown)
    fill(_add(unit, "source"), source, source)
    target = _add(unit, "target", {"state": state})
    fill(target, parse(entry.po.msgstr, as_markdown), source)
    if state == STALE and entry.po.previous_msgid:
        earlier = _add(unit, "alt-trans", {"alttranstype": "previous-version"})
        nodes = parse(entry.po.previous_msgid, as_markdown)
        fill(_add(earlier, "source"), nodes, nodes)
        fill(_add(earlier, "target"), parse(entry.po.msgstr, as_markdown), nodes)
    note = _add(unit, "note", {"from": "developer"})
    note.text = describe(message)
    if entry.po.tcomment:
        _add(unit, "note", {"from": "translator"}).text = _clean(entry.po.tcomment)


def state_of(entry: Entry) -> str:
    """The state of an entry in XLIFF."""
    if not entry.is_translated:
        return MISSING
    return STALE if entry.po.fuzzy else TRANSLATED


def fill(element: Element, nodes: Sequence[Node], source: Sequence[Node]) -> None:
    """Write a text into an element. Markup gets the ids that it has in the source text; markup that
    the source text does not have gets higher ones."""
    ids = Ids(source)
    _fill(element, nodes, ids)


class Ids:
    """The ids of markup in a translation of the text ``source``."""

    def __init__(self, source: Sequence[Node]) -> None:
        self._free: dict[tuple[str, ...], list[int]] = {}
        self._last = 0
        for self._last, node in enumerate(numbered(source), start=1):
            self._free.setdefault(_look(node), []).append(self._last)

    def take(self, node: Single | Pair) -> int:
        """The id of markup of the translation; call it once for each in order."""
        free = self._free.get(_look(node))
        if free:
            return free.pop(0)
        self._last += 1
        return self._last


def _clean(text: str) -> str:
    """A text without the characters that XML cannot contain; a PO file can, as escapes."""
    return INVISIBLE.sub("", text)


def _look(node: Single | Pair) -> tuple[str, ...]:
    if isinstance(node, Single):
        return node.kind, node.source
    return node.kind, node.opening, node.closing


def _fill(element: Element, nodes: Sequence[Node], ids: Ids) -> None:
    last = None
    for node in nodes:
        if isinstance(node, Words):
            if last is None:
                element.text = (element.text or "") + _clean(node.text)
            else:
                last.tail = (last.tail or "") + _clean(node.text)
            continue
        number = str(ids.take(node))
        attributes = {"id": number, "ctype": _TYPES.get(node.kind, f"x-{node.kind}")}
        if isinstance(node, Pair):
            last = _add(
                element, "g", {**attributes, "equiv-text": _clean(f"{node.opening}…{node.closing}")}
            )
            _fill(last, node.inside, ids)
        else:
            name = "x" if node.kind in _EMPTY else "ph"
            last = _add(element, name, {**attributes, "equiv-text": _clean(node.source)})
            last.text = _clean(node.source) if name == "ph" else None
