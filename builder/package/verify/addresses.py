"""Recognises addresses that lead out of a package, in markup and style sheets, in every way in
which browsers accept them.

By the URL Standard, browsers drop tabs and line ends within an address, and read a backslash as a
slash; in CSS ``\\75`` is ``u``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase

from builder.base import css
from builder.base.patterns import late

_GAP = r"[\t\n\r]*"
_SCHEMES = "|".join(_GAP.join(scheme) for scheme in ("https", "http", "ftp", "wss", "ws"))
OUTSIDE = rf"(?:(?:{_SCHEMES}){_GAP}:|[/\\]{_GAP}[/\\])"
"""A case-insensitive pattern for the start of an outside address."""
_DATA = late("data:", re.IGNORECASE)
ADDRESS = rf"{OUTSIDE}[^\s\"'`<>)\\]*"
"""A case-insensitive pattern for the part of an outside address that a message shows."""
_STARTS_OUTSIDE = late(OUTSIDE, re.IGNORECASE)
_SCHEME_MARKS = (b"http:", b"https:", b"ftp:", b"ws:", b"wss:")
_LOWERED = bytes.maketrans(ascii_uppercase.encode() + b"\\", ascii_lowercase.encode() + b"/")
_IGNORED_BYTES = b"\t\n\r"
_DROPPED = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})
_TRIMMED = "".join(map(chr, range(0x21)))
"""Characters that the URL Standard drops at both ends of an address."""


def may_contain_outside(text: bytes) -> bool:
    """Whether a UTF-8 text may contain an address outside the package, so that it must be searched.

    This is ten times as fast as a pattern, and false for nearly every page.
    """
    written = text.translate(_LOWERED, _IGNORED_BYTES)
    if b"//" in written:
        return True
    # Every scheme ends with one of these; most texts have neither.
    ends = b"p:" in written or b"s:" in written
    return ends and any(mark in written for mark in _SCHEME_MARKS)


def normalize(address: str) -> str:
    """Normalise an address as browsers do: without tabs, line ends and spaces around it, and with
    slashes for backslashes."""
    return address.translate(_DROPPED).strip(_TRIMMED)


def is_outside(address: str) -> bool:
    """Whether a browser would request this address from another site."""
    read = normalize(address)
    return _STARTS_OUTSIDE.match(read) is not None and read.strip("/") != ""


def leaves_package(address: str) -> bool:
    """Whether an address in a file of ``assets/`` leads out of the package on the same site: to the
    root of the site, or to a folder above the package."""
    read = normalize(address)
    if _DATA.match(read):
        return False
    path = re.split("[?#]", read, maxsplit=1)[0]
    # The URL Standard treats %2e as a dot.
    path = re.sub("%2e", ".", path, flags=re.IGNORECASE)
    return path.startswith("/") or posixpath.normpath(f"assets/{path}").startswith("..")


def in_styles(style: str) -> Iterator[tuple[int, str]]:
    """The addresses outside the package in a style sheet: the offset of each, and the address as a
    browser normalises it.

    Every address in quotes counts, since a custom property may pass it on. So does an imported
    style sheet in a data URL. Names of namespaces do not count, since they load nothing.
    """
    if not _may_lead_out(style):
        return
    for written in css.addresses(style):
        address = normalize(written.value)
        if written.rule == "namespace":
            continue
        if is_outside(written.value) or (written.rule == "import" and _DATA.match(address)):
            yield written.start, address


def _may_lead_out(style: str) -> bool:
    """Whether a style sheet may contain an address outside the package, so that it has to be
    tokenised. An escape (backslash) could hide any address."""
    text = style.encode("utf-8", "replace")
    return (
        "\\" in style
        or may_contain_outside(text)
        or b"data:" in text.translate(_LOWERED, _IGNORED_BYTES)
    )
