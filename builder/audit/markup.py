"""What pages name: the addresses in their elements, as far as markup has them.

No parser of HTML, but a scanner that is linear whatever the text is: comments, scripts and styles
are left out first. What scripts make of it later is not seen.
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
"""Addresses of one page that are looked at."""
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
"""What a browser loads by itself, by element."""
_LINKING = {"a": ("href",), "area": ("href",)}
_INSIDE = r"""[^<>"']*+(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*+)*+"""
"""What stands in a tag. No “<”, so that scanning is linear whatever the text."""
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<tag>{'|'.join((*_LOADING, *_LINKING))})\b(?P<inside>{_INSIDE})>",
    re.IGNORECASE,
)
_USED_LINKS = frozenset(("stylesheet", "icon", "shortcut", "manifest", "preload", "modulepreload"))
"""Words of ``rel`` for which something is loaded."""
_HOLDING = frozenset(("video", "audio", "object"))
"""Elements in which others stand for browsers that cannot show them. An object with a class id is
for a plug-in, and so is what stands in it."""
_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
"""A disk of Windows."""
_MADE = re.compile(r"[{}<>$]|%[^0-9a-fA-F]|\+|^\s*$")
"""What only a script or a template can make an address of."""
_BASE = re.compile(r"<base\b[^>]*\shref", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a page: whether the browser loads it by itself, and whether it stands within
    another element, for browsers that cannot show that one."""

    tag: str
    address: str
    offset: int
    loads: bool
    inner: bool = False


def references(text: Text) -> tuple[Reference, ...]:
    """The addresses in the markup of a page, none of any other text."""
    return text.references


def read(content: str) -> tuple[Reference, ...]:
    """The addresses in markup, in its order; at most 20,000."""
    found: list[Reference] = []
    depth = 0
    for match in _TAG.finditer(_blanked(content)):
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


def _blanked(content: str) -> str:
    """The same text with spaces for comments and for what scripts and styles say."""
    lowered = content.lower()
    # A letter whose small form is longer would move all that follows.
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
    """The next piece to blank: where it is announced, begins and ends; -1 where there is none."""
    found = _SKIPPED.search(lowered, at)
    if not found:
        return -1, -1, -1
    if not found[1]:
        end = lowered.find("-->", found.end())
        return found.start(), found.start(), len(lowered) if end < 0 else end + 3
    end = lowered.find(f"</{found[1]}", found.end())
    return found.start(), found.end(), len(lowered) if end < 0 else end


def is_outside(address: str) -> bool:
    """Whether an address is that of another site."""
    return _OUTSIDE.match(address) is not None


def over_http(address: str) -> bool:
    """Whether an address of another site is loaded without encryption."""
    return address.lower().startswith("http://") and not _is_own_machine(address)


def _is_own_machine(address: str) -> bool:
    return host_of(address) in ("localhost", "127.0.0.1")


def on_own_machine(address: str) -> bool:
    """Whether an address is that of a file or a server of whoever opens it."""
    written = address.lower()
    return (
        written.startswith("file:")
        or _DRIVE.match(address) is not None
        or (is_outside(address) and _is_own_machine(address))
    )


def host_of(address: str) -> str:
    """The name of the site of an address; empty where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def candidates(package: Package, page: Text, address: str) -> tuple[str, ...]:
    """The paths in the package that an address of a page may mean, the likeliest first; none for an
    address that is no file of the package, or that only a script can know.

    A page may be shown within another one: then addresses are looked for beside that one.
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
    """The references of a page to files that the package should contain and does not."""
    for reference in page.references:
        paths = candidates(package, page, reference.address)
        if paths and not any(path.lower() in package.by_lower_name for path in paths):
            yield reference


def has_base(content: str) -> bool:
    """Whether a page says itself where its addresses begin."""
    return _BASE.search(content) is not None
