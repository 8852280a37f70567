"""How an address that leads out of a package can be written, in markup and in style sheets.

The URL Standard drops tabs and line ends within an address and reads a backslash as a slash; CSS
reads ``\\75`` as ``u``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase

from builder import css
from builder.patterns import late

_GAP = r"[\t\n\r]*"
_SCHEMES = "|".join(_GAP.join(scheme) for scheme in ("https", "http", "ftp", "wss", "ws"))
OUTSIDE = rf"(?:(?:{_SCHEMES}){_GAP}:|[/\\]{_GAP}[/\\])"
"""A pattern, without regard to case, for what an outside address begins with."""
_DATA = late("data:", re.IGNORECASE)
ADDRESS = rf"{OUTSIDE}[^\s\"'`<>)\\]*"
"""A pattern, without regard to case, for as much of an outside address as a message shows."""
_STARTS_OUTSIDE = late(OUTSIDE, re.IGNORECASE)
_SCHEME_MARKS = (b"http:", b"https:", b"ftp:", b"ws:", b"wss:")
_LOWERED = bytes.maketrans(ascii_uppercase.encode() + b"\\", ascii_lowercase.encode() + b"/")
_NOT_READ = b"\t\n\r"
_DROPPED = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})
_AROUND = "".join(map(chr, range(0x21)))
"""What the URL Standard drops at both ends of an address."""


def mentioned(text: bytes) -> bool:
    """Whether a text in UTF-8 may hold an outside address at all.

    Ten times as fast as a pattern, and false for nearly every page.
    """
    written = text.translate(_LOWERED, _NOT_READ)
    if b"//" in written:
        return True
    # How they all end: most texts have neither.
    ends = b"p:" in written or b"s:" in written
    return ends and any(mark in written for mark in _SCHEME_MARKS)


def as_read(address: str) -> str:
    """An address as a browser reads it."""
    return address.translate(_DROPPED).strip(_AROUND)


def leads_out(address: str) -> bool:
    """Whether a browser would ask another site for this address."""
    read = as_read(address)
    return _STARTS_OUTSIDE.match(read) is not None and read.strip("/") != ""


def leaves(address: str) -> bool:
    """Whether an address in a file of ``assets/`` leads out of the package, on whatever site that
    is: to the root of the site, or further up than the package."""
    read = as_read(address)
    if _DATA.match(read):
        return False
    path = re.split("[?#]", read, maxsplit=1)[0]
    # The URL Standard takes these for dots.
    path = re.sub("%2e", ".", path, flags=re.IGNORECASE)
    return path.startswith("/") or posixpath.normpath(f"assets/{path}").startswith("..")


def in_styles(style: str) -> Iterator[tuple[int, str]]:
    """Every outside address in a style sheet, as a browser reads it, and where it starts.

    An address in quotes counts wherever it stands: a custom property may hand it on. So does a
    style sheet that is itself an address. The names of namespaces load nothing.
    """
    if not _may_lead_out(style):
        return
    for written in css.addresses(style):
        address = as_read(written.value)
        if written.rule == "namespace":
            continue
        if leads_out(written.value) or (written.rule == "import" and _DATA.match(address)):
            yield written.start, address


def _may_lead_out(style: str) -> bool:
    """Whether it pays to read a style sheet token by token; an escape could hide anything."""
    text = style.encode("utf-8", "replace")
    return "\\" in style or mentioned(text) or b"data:" in text.translate(_LOWERED, _NOT_READ)
