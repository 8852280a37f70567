"""Resolves the targets of links and images in pages, and of ``url()`` in style sheets."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from unicodedata import normalize
from urllib.parse import quote, unquote

from builder.base import css
from builder.base.immutable import immutable
from builder.course.markdown import Prose

_INTERNAL = ("data:", "#")
"""Prefixes of addresses in a style sheet that do not refer to files."""
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


class Kind(Enum):
    """The kinds of targets: an external address, a page, a media file, or a path outside the
    course."""

    ADDRESS = auto()
    PAGE = auto()
    MEDIA = auto()
    OUTSIDE = auto()


@immutable
class Target:
    """A resolved target.

    ``name`` is the address, or a path in the course folder (``pages/definition.md``,
    ``media/map.png``). ``heading`` is the part of the target after ``#``, the id of a heading or
    term on the page; else empty.
    """

    kind: Kind
    name: str
    heading: str = ""


def media(prose: Prose, page: str) -> Iterator[str]:
    """Yield the path of every media file that a text shows or links to; ``page`` is the path of the
    text's page."""
    for items in (prose.images, prose.links):
        for item in items:
            target = read(item.target, page)
            if target.kind is Kind.MEDIA:
                yield target.name


def is_file(target: str) -> bool:
    """Whether the target of a link in a page has the form of a path to a media file of the course,
    which need not exist."""
    return read(target, "pages/page.md").kind is Kind.MEDIA


def is_address(target: str) -> bool:
    """Whether the target of a link is a web address outside the course."""
    place = read(target, "pages/page.md")
    return place.kind is Kind.ADDRESS and place.name.lower().startswith("http")


def in_styles(text: str, path: str) -> Iterator[tuple[int, Target]]:
    """Yield every file and address outside the course in the style sheet at ``path``, each after
    its offset in ``text``.

    Addresses outside the course are included even if the style sheet does not load them.
    """
    for address in css.addresses(text):
        if address.outside:
            yield address.start, Target(Kind.ADDRESS, address.outside)
        elif _is_file_reference(address) and address.rule != "import":
            yield address.start, read(address.value, path)


def replace_files(text: str, path: str, names: Mapping[str, str]) -> str:
    """The text of the style sheet at ``path`` with file names replaced; lines stay the same.

    ``names`` maps the path of a file in the course to its new name.
    """
    parts, at = [], 0
    for address in css.addresses(text):
        target = read(address.value, path) if _is_file_reference(address) else None
        if target and target.name in names:
            fragment = f"#{quote(target.heading)}" if target.heading else ""
            parts += [text[at : address.start], names[target.name], fragment]
            at = address.end
    return "".join((*parts, text[at:]))


def _is_file_reference(address: css.Address) -> bool:
    within = not address.value or address.value.lower().startswith(_INTERNAL)
    return address.loads and not address.outside and not within


def read(target: str, page: str) -> Target:
    """Resolve a target in the page or style sheet at path ``page``.

    Paths are relative to the folder of the page, but ``media/…`` is relative to the folder of the
    course, because authors write both.
    """
    if _SCHEME.match(target):
        return Target(Kind.ADDRESS, target)
    # The accents are composed, as in file names: macOS decomposes them, also in copied text.
    path, _, heading = normalize("NFC", unquote(target)).partition("#")
    if not path:
        return Target(Kind.PAGE, page, heading)
    if path.startswith("media/"):
        name = posixpath.normpath(path)
    else:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if name.startswith(("..", "/")) or "\\" in name:
        return Target(Kind.OUTSIDE, path)
    return Target(Kind.PAGE if name.endswith(".md") else Kind.MEDIA, name, heading)
