"""Finds the addresses in a page's markup.

This is not an HTML parser but a scanner, whose time is linear for any input. It skips comments,
scripts and styles, and does not see what scripts change later.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from builder.audit.package import Package, Text

_LIMIT = 20_000
"""Maximum number of addresses read from a page."""
_ATTRIBUTE = re.compile(
    r"""(?:^|[\s"'/])(?P<name>src|href|data|poster|code|archive|background|rel)"""
    r"""\s*+=\s*+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)
_LOADING = {
    "img": ("src",),
    "script": ("src",),
    "link": ("href",),
    "iframe": ("src",),
    "frame": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "applet": ("code", "archive"),
    "input": ("src",),
    "body": ("background",),
}
"""Attributes whose address a browser loads without a click, by element."""
_LINKING = {"a": ("href",), "area": ("href",)}
_INSIDE = r"""[^<>"']*+(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*+)*+"""
"""The inside of a tag. It has no “<”, so that scanning is linear for any text."""
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<tag>{'|'.join((*_LOADING, *_LINKING))})\b(?P<inside>{_INSIDE})>",
    re.IGNORECASE,
)
_USED_LINKS = frozenset(("stylesheet", "icon", "shortcut", "manifest", "preload", "modulepreload"))
"""Values of ``rel`` for which a browser loads the address."""
_HOLDING = frozenset(("video", "audio", "object"))
"""Elements whose content is a fallback for browsers that do not support them. The content of an
object with a ``classid`` is not treated as a fallback: it is for a plug-in, as the object is."""
_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
"""A Windows drive letter."""
_MADE = re.compile(r"[{}<>$]|%[^0-9a-fA-F]|\+|^\s*$")
"""Matches signs that an address is incomplete, because a script or template completes it."""
_BASE = re.compile(r"<base\b[^>]*\shref", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a page.

    ``tag`` is the element that has the address, and ``offset`` is its position in the decoded text,
    in characters. ``loads`` says whether the browser loads the address without a click, and
    ``inner`` whether the element is fallback content of another element.
    """

    tag: str
    address: str
    offset: int
    loads: bool
    inner: bool = False


def references(text: Text) -> tuple[Reference, ...]:
    """The addresses in the markup of a page; none if the text is not a page."""
    return text.references


def read(content: str) -> tuple[Reference, ...]:
    """Read the addresses in markup, in document order; at most 20,000."""
    found: list[Reference] = []
    depth = 0
    for match in _TAG.finditer(_blank(content)):
        tag = match["tag"].lower()
        if tag in _HOLDING and (match["end"] or "classid" not in match["inside"].lower()):
            depth = max(0, depth + (-1 if match["end"] else 1))
        names = _LOADING.get(tag) or _LINKING.get(tag)
        if match["end"] or not names:
            continue
        inner = depth > (1 if tag in _HOLDING else 0)
        found += _of_tag(match, tag, names, inner)
        if len(found) >= _LIMIT:
            break
    return tuple(found[:_LIMIT])


def _of_tag(
    match: re.Match[str], tag: str, names: tuple[str, ...], inner: bool
) -> Iterator[Reference]:
    values: dict[str, tuple[str, int]] = {}
    for one in _ATTRIBUTE.finditer(match["inside"]):
        value = one["double"] or one["single"] or one["bare"] or ""
        values.setdefault(one["name"].lower(), (html.unescape(value), one.start()))
    if tag == "link" and not _USED_LINKS & set(values.get("rel", ("",))[0].lower().split()):
        return
    for name in names:
        if name in values:
            address, start = values[name]
            offset = match.start("inside") + start
            yield Reference(tag, address.strip(), offset, tag in _LOADING, inner)


def _blank(content: str) -> str:
    """The markup with comments, scripts and styles replaced by spaces, so that offsets stay
    valid."""
    lowered = content.lower()
    # A letter with a longer lower-case form would shift the offsets.
    if len(lowered) != len(content):
        lowered = content
    parts: list[str] = []
    at = 0
    while True:
        start, begin, end = _next(lowered, at)
        if start < 0:
            break
        parts += content[at:begin], re.sub(r"[^\n]", " ", content[begin:end])
        at = end
    return "".join((*parts, content[at:]))


_SKIPPED = re.compile(r"<!--|<(script|style|noembed|textarea|template)\b[^<>]*>")


def _next(lowered: str, at: int) -> tuple[int, int, int]:
    """The next comment, script or style from the offset ``at``, as three offsets: of its start, and
    of the start and end of the text to replace by spaces; all are -1 if there is none. ``lowered``
    is the markup in lower case."""
    found = _SKIPPED.search(lowered, at)
    if not found:
        return -1, -1, -1
    if not found[1]:
        end = lowered.find("-->", found.end())
        return found.start(), found.start(), len(lowered) if end < 0 else end + 3
    end = lowered.find(f"</{found[1]}", found.end())
    return found.start(), found.end(), len(lowered) if end < 0 else end


def words(content: str) -> str:
    """The text of a page: what is outside its tags, comments, scripts and styles."""
    return " ".join(re.sub(r"<[^<>]*>", " ", _blank(content)).split())


def is_outside(address: str) -> bool:
    """Whether an address is on another site."""
    return _OUTSIDE.match(address) is not None


def over_http(address: str) -> bool:
    """Whether an address uses http (without encryption) for another computer than the one that
    opens the page."""
    return address.lower().startswith("http://") and not _is_own_machine(address)


def _is_own_machine(address: str) -> bool:
    return host_of(address) in ("localhost", "127.0.0.1")


def on_own_machine(address: str) -> bool:
    """Whether an address is a file or server on the computer that opens the page."""
    written = address.lower()
    return (
        written.startswith("file:")
        or _DRIVE.match(address) is not None
        or (is_outside(address) and _is_own_machine(address))
    )


def host_of(address: str) -> str:
    """The host name of an address; empty if it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def candidates(package: Package, page: Text, address: str) -> tuple[str, ...]:
    """The paths in the package that an address of a page may mean, the likeliest first.

    There are none for an address outside the package, or one that a script completes. A page may be
    shown inside another page, so addresses are also resolved against the launched pages.
    """
    if _SCHEME.match(address) or is_outside(address) or _MADE.search(address):
        return ()
    path = unquote(address.partition("#")[0].partition("?")[0]).replace("\\", "/")
    if not path or path.startswith("/") or path.endswith("/") or page.has_base:
        return ()
    if (likely := f"{page.folder}{path}") in package.files:
        return (likely,)
    folders = [page.folder, ""]
    if package.manifest is not None and package.manifest.launches:
        folders.append(posixpath.dirname(package.manifest.launches[0].path or ""))
    found = (posixpath.normpath(posixpath.join(folder, path)) for folder in folders)
    return tuple(dict.fromkeys(one for one in found if not one.startswith("..")))


def missing(package: Package, page: Text) -> Iterator[Reference]:
    """The addresses in ``page`` that lead to files that are missing from the package."""
    for reference in page.references:
        paths = candidates(package, page, reference.address)
        if paths and not any(path.lower() in package.by_lower_name for path in paths):
            yield reference


def has_base(content: str) -> bool:
    """Whether markup has a ``base`` element, to which its addresses are relative."""
    return _BASE.search(content) is not None
