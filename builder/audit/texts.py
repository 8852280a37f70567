"""Searches the text files of a package: for matches outside comments, for the texts that a page
leads to, and for names of the SCORM API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from builder.audit.markup import candidates, missing, references, words
from builder.audit.package import Package, Text
from builder.diagnostics.diagnostic import Position


def byte_position(text: Text, offset: int) -> Position:
    """The position of the byte at ``offset`` in a text. It has no column, since a line of a script
    can be a megabyte long."""
    return Position(text.name, text.content.count(b"\n", 0, max(0, offset)) + 1)


def position(text: Text, offset: int) -> Position:
    """The position of the character at ``offset`` in the decoded text, without its column."""
    return Position(text.name, text.decoded.count("\n", 0, offset) + 1)


_MINIFIED = 1_000
"""Number of bytes before a match in its line from which the line counts as minified: then ``//``
before the match is not taken for a comment."""
_MOST_MATCHES = 50
"""Maximum number of matches examined in a text, which limits the time for repetitive input."""
_COMMENT = re.compile(rb"(?:^|[^:\"'/])//")


def find_outside_comments(pattern: re.Pattern[bytes], text: Text) -> re.Match[bytes] | None:
    """The first match of a pattern that is not in a comment, ``//`` or ``/* */``."""
    for found in islice(pattern.finditer(text.content), _MOST_MATCHES):
        if not _is_comment(text.content, found.start()):
            return found
    return None


def _is_comment(content: bytes, offset: int) -> bool:
    start = content.rfind(b"\n", 0, offset) + 1
    if offset - start < _MINIFIED and _COMMENT.search(content[start:offset]):
        return True
    near = max(0, offset - 20 * _MINIFIED)
    return content.rfind(b"/*", near, offset) > content.rfind(b"*/", near, offset)


_API_12 = (b"LMSInitialize", b"LMSSetValue", b"LMSCommit", b'"LMS"', b"'LMS'")
"""Names of SCORM 1.2's API, and the prefix from which scripts build them."""
_API_2004 = b"API_1484_11"
_NAME = re.compile(rb"[A-Za-z0-9_~@!()$.-]{1,120}\.(?:html?|xhtml|m?js|json|xml)\b")


def mentions_api(text: Text) -> bool:
    """Whether a text contains a name of the API of SCORM 1.2 or 2004, and so may call the LMS."""
    return _API_2004 in text.content or mentions_api_12(text)


def mentions_api_12(text: Text) -> bool:
    """Whether a text contains a name of the API of SCORM 1.2, and so may call the LMS."""
    return any(name in text.content for name in _API_12)


def reached_from(package: Package, *pages: str) -> Iterator[str]:
    """The paths of these pages, and of every text whose file name occurs in one of them or in a
    text that was found in this way.

    File names are compared without folders, which finds too many texts rather than too few.
    """
    known = _by_base_name(package)
    reached = set(pages)
    waiting = list(pages)
    while waiting:
        path = waiting.pop()
        yield path
        for name in frozenset(_NAME.findall(package.texts[path].content.lower())):
            for other in known.get(name, ()):
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)


_LIBRARY = re.compile(
    r"(?:^|/)(?:demos?|docs?|documentation|examples?|samples?|tests?|node_modules|"
    r"bower_components|development-bundle)/",
    re.IGNORECASE,
)


def is_in_library(path: str) -> bool:
    """Whether a file is in a folder that libraries ship for developers, such as ``examples/``."""
    return _LIBRARY.search(path) is not None


def reached_texts(package: Package) -> frozenset[str]:
    """The paths of the texts to which the launched pages lead, directly or through other texts.

    If no launched page is in the package, these are the paths of all texts.
    """
    manifest = package.manifest
    launches = manifest.launches if manifest else ()
    pages = {one.path for one in launches if one.path and one.path in package.texts}
    return frozenset(reached_from(package, *pages) if pages else package.texts)


def leads_to_api(package: Package, page: str) -> bool:
    """Whether a page, or a text to which it leads, contains a name of the SCORM API."""
    return any(mentions_api(package.texts[name]) for name in reached_from(package, page))


def _by_base_name(package: Package) -> dict[bytes, list[str]]:
    known: dict[bytes, list[str]] = {}
    for path in package.texts:
        known.setdefault(path.rpartition("/")[2].lower().encode(), []).append(path)
    return known


_OPENED = re.compile(
    rb"""
    (?:
        (?:\blocation(?:\.href)? | \b\w{0,30}(?:content|launch)\w{0,30} | \.src) \s*=\s*
        | \blocation\.(?:replace|assign) \(\s*
    )
    (["'])(?P<address>[\w./\ %-]{1,200}\.x?html?)(?:[?\#][^"'\n]{0,200})?\1 (?!\s*\+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A script's statement that opens a page, with the whole address of the page."""
_MOST_WORDS = 200
"""Maximum number of characters of a page that only shows another page."""


def absent_content(package: Package, page: Text) -> tuple[tuple[str, int], ...]:
    """The pages that a launched page shows in its place or in a frame, if none of them is in the
    package: pairs of an address and its offset in the bytes of the page.

    Empty if the page has content of its own. A page that is opened by a script counts for more than
    one in a frame, because a frame may be empty at first.
    """
    if len(words(page.decoded)) > _MOST_WORDS:
        return ()
    absent = {one.address for one in missing(package, page)}
    frames = [one for one in references(page) if one.tag in ("frame", "iframe")]
    opened = [
        (address, found.start())
        for found in islice(_OPENED.finditer(page.content), _MOST_MATCHES)
        if not _is_comment(page.content, found.start())
        for address in [found["address"].decode("utf-8", "replace")]
        if candidates(package, page, address)
    ]
    if opened:
        known = any(_is_in_package(package, page, address) for address, _ in opened)
        return () if known else tuple(opened)
    if frames and all(one.address in absent for one in frames):
        before = (page.decoded[: one.offset].encode() for one in frames)
        return tuple((one.address, len(at)) for one, at in zip(frames, before, strict=True))
    return ()


def _is_in_package(package: Package, page: Text, address: str) -> bool:
    paths = candidates(package, page, address)
    return any(path.lower() in package.by_lower_name for path in paths)
