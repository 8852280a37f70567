"""Whether the bytes of a manifest are in the encoding that it says (XML 1.0, 4.3.3)."""

from __future__ import annotations

import codecs

from builder.audit.manifest import encoding_of

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def wrong(content: bytes) -> str:
    """What is wrong with the encoding of an XML document, in words; empty if nothing is."""
    declared = encoding_of(content)
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    if marked == "utf-16":
        return "" if _decodes(content, "utf-16") else "it ends in the middle of a character"
    if marked and declared not in ("utf-8", "utf8"):
        return "its first bytes say UTF-8"
    if declared.startswith("utf-16"):
        return "its bytes are not those of UTF-16"
    try:
        codecs.lookup(declared)
    except LookupError:
        return "nobody knows this encoding"
    if _decodes(content, declared):
        return ""
    line = _line_of_fault(content, declared)
    return f"line {line} has letters in another encoding, probably Windows-1252"


def readable(content: bytes) -> bool:
    """Whether the fault of a document that cannot be parsed is another one than its encoding."""
    return not wrong(content)


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _line_of_fault(content: bytes, encoding: str) -> int:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1
    except (UnicodeError, LookupError):
        return 1
    return 1
