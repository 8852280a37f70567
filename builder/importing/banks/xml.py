"""Parses banks that are XML. Entities are not resolved, nothing is downloaded, and the number of
tags is limited."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from builder.base.xml_text import ATTRIBUTES, too_many_attributes
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import files

Element = Any
_TAGS = 4_000_000
_DOCTYPE = re.compile(
    r"(?>\s|<!--(?>.*?-->)|<\?(?>.*?\?>))*+(?P<type><!DOCTYPE[^\[>]*(?P<inside>\[[^\]]*\]\s*)?>?)",
    re.IGNORECASE | re.DOTALL,
)
"""Matches a DOCTYPE before the root element; one in a question's text is harmless."""
_ENTITY = re.compile(r"<!ENTITY\s[^>]*>|%[\w.-]+;", re.IGNORECASE)

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_pis=True
)


def root(
    words: str, name: str, allows_doctype: bool = False
) -> tuple[Element | None, tuple[Diagnostic, ...]]:
    """Parse XML and return its root element, or ``None`` and a diagnostic with line and column.
    ``name`` is the file's name. Never raises.

    If there is a root, the diagnostics are warnings about unknown entities. A DOCTYPE is rejected
    unless ``allows_doctype`` is true; a DOCTYPE that defines entities is always rejected. An
    accepted DOCTYPE is removed before parsing.
    """
    words = files.strip_declaration(words)
    if words.count("<") > _TAGS:
        much = f"it has more than {_TAGS:,} tags"
        return None, (problem("bank-too-large", Position(name), problem=much),)
    if found := _DOCTYPE.match(words):
        line = words.count("\n", 0, found.start("type")) + 1
        reason = "" if allows_doctype else "it has a DOCTYPE, which no bank has"
        if entity := _ENTITY.search(found["type"]):
            line += found["type"].count("\n", 0, entity.start())
            reason = reason or "its DOCTYPE defines entities, which are never read"
        if reason:
            return None, (problem("bank-damaged", Position(name, line), problem=reason),)
        lines = "\n" * found["type"].count("\n")
        words = words[: found.start("type")] + lines + words[found.end("type") :]
    if line := too_many_attributes(words):
        much = f"an element has more than {ATTRIBUTES:,} attributes"
        return None, (problem("bank-too-large", Position(name, line), problem=much),)
    words, unknown = files.replace_html_entities(words)
    warnings = tuple(
        problem(
            "bank-line",
            Position(name, line),
            problem=f"“{entity}” is not a known character, so it was imported as text",
            way="Write the character itself",
        )
        for entity, line in unknown.items()
    )
    try:
        return etree.fromstring(words.encode("utf-8", "replace"), _PARSER), warnings
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "it is no XML").partition(", line ")[0]
        line, column = error.position
        place = Position(name, line or 1, column or 1)
        return None, (problem("bank-damaged", place, problem=reason),)
