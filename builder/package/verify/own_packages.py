"""Checks that apply only to packages made by scorm-builder: of their digest, the media that pages
show, the pass mark, and the content security policy (CSP, W3C)."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Collection, Iterable, Iterator

from lxml import etree

from builder.base.zips import printable_name
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, FileName, Position
from builder.package.verify.archive import MANIFEST
from builder.package.verify.content import html_strings, split_data
from builder.package.verify.manifest import MASTERY_SCORE

OUTLINE = "course.json"
SEALED = (OUTLINE, "index.html")
"""The files that contain the digest; ``Digest.add`` must get each of them in one piece."""
_PLACEHOLDER = b"f55405a4867066c25dd3db603121acd5f0d91dc074a9d3c98f5fe1c02600b838"
"""What the builder writes instead of the digest before it knows the digest."""
_DIGEST = re.compile(rb'"digest"\s*:\s*"([0-9a-f]{64})"')


class Digest:
    """Computes the digest of a package, and compares it with the digest that ``course.json`` has.

    The digest is SHA-256 over ``name LF length LF content`` of every file, in the order of names.
    In ``course.json`` and ``index.html``, a fixed placeholder replaces the digest itself.
    """

    def __init__(self, outline: bytes) -> None:
        """``outline`` is the content of ``course.json``, empty if there is none."""
        stated = _DIGEST.search(outline)
        self._stated_digest = stated[1] if stated else None
        self._sealed = True
        self._sum = hashlib.sha256()

    def add(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """Add the next file to the digest, in the order of names; ``size`` is in bytes, and
        ``pieces`` are its content."""
        self._sum.update(f"{name}\n{size}\n".encode("utf-8", "surrogateescape"))
        for piece in pieces:
            if self._stated_digest and name in SEALED:
                self._sealed &= _PLACEHOLDER not in piece
                piece = piece.replace(self._stated_digest, _PLACEHOLDER)
            self._sum.update(piece)

    def judge(self) -> tuple[Diagnostic, ...]:
        """The problem that the digest in ``course.json`` differs from that of the added files;
        empty if they are equal, or if ``course.json`` has no digest."""
        right = self._sealed and self._sum.hexdigest().encode() == self._stated_digest
        return (
            ()
            if right or not self._stated_digest
            else (problem("package-digest", Position(OUTLINE)),)
        )


_TAG = re.compile(r"(?:<|\\u003c)[A-Za-z](?:(?!\\u003e)[^<>])*")
"""Matches a tag of HTML, also within the JSON of a script."""
_MEDIA_REFERENCE = re.compile(r'\b(?:src|href|poster)=\\?"(media/[^"\\#?]+)')
"""Matches a reference to a media file in a tag."""


def judge_media(name: str, content: bytes, names: Collection[str]) -> Iterator[Diagnostic]:
    """Report every file of ``media/`` to which the page or script ``name`` refers and that is not
    in ``names``, the files of the package.

    Comparing the manifest with the zip does not find such a file, since the file may be in neither.
    """
    # A text search is many times faster than a pattern, and most pages refer to no file.
    if not name.endswith((".html", ".js")) or b'"media/' not in content:
        return
    for file in dict.fromkeys(_media_named(name, content.decode("utf-8", "replace"))):
        if file not in names:
            words = ("show “", FileName(printable_name(file)), "”, which is not in the package")
            page = FileName(printable_name(name))
            yield problem("package-content", Position(page), name=page, problem=words)


def _media_named(name: str, text: str) -> Iterator[str]:
    """Yield the media files in the tags of a page or a script; words of a page that only look like
    a tag refer to nothing."""
    texts = [text]
    if name.endswith(".js"):
        data, program = split_data(text)
        texts = [*html_strings(data), program]
    for each in texts:
        if "media/" in each:
            for tag in _TAG.findall(each):
                yield from _MEDIA_REFERENCE.findall(tag)


def judge_mastery_score(root: etree._Element, outline: bytes) -> Iterator[Diagnostic]:
    """Report a mastery score in the manifest that differs from the one in ``course.json``, by which
    the player judges.

    An LMS may judge by the manifest, and would then report another result than trainees see.
    ``root`` is the manifest's root element, and ``outline`` the content of ``course.json``, or
    empty.
    """
    known, mark = _expected_mark(outline)
    if not known:
        return
    element = next(root.iter(MASTERY_SCORE), None)
    named = None if element is None else element.text
    if named != mark:
        line = int((root if element is None else element).sourceline or 0)
        words = (
            f"its mastery score is {_format_mark(named)}, but course.json has {_format_mark(mark)}"
        )
        yield problem("package-value", Position(MANIFEST, line), problem=words)


def _expected_mark(outline: bytes) -> tuple[bool, str | None]:
    """Whether scorm-builder wrote ``outline``, the content of ``course.json``, and the mastery
    score that the manifest should then have; ``None`` for no score."""
    try:
        course = json.loads(outline)
        mark = course["tracking"].get("mastery")
        known = "builder" in course
    # A course.json of another tool, or a damaged one.
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return False, None
    return known, None if mark is None else str(mark)


def _format_mark(mark: str | None) -> str:
    return "none" if mark is None else f"“{mark}”"


_META = re.compile(
    r"""<meta\s+http-equiv="Content-Security-Policy"\s+content="(?P<policy>[^"<>]*)">""",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"<(?:script|link|style|img|body|base|iframe|object|embed)\b", re.IGNORECASE)
_FROM_PACKAGE = frozenset({"'self'", "'none'", "file:"})
_DATA = _FROM_PACKAGE | {"data:", "blob:"}
_NOTHING = frozenset({"'none'"})
_HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}'")
_ALLOWED = {
    "script-src": _FROM_PACKAGE,
    "style-src": _FROM_PACKAGE | {"'unsafe-inline'"},
    "object-src": _NOTHING,
    "base-uri": _NOTHING,
    "img-src": _DATA,
    "font-src": _DATA,
    "media-src": _DATA,
    "connect-src": _DATA,
}
"""The sources that each directive of the policy may allow. ``file:`` is the package itself, opened
from disk."""
_NO_FALLBACK = frozenset({"base-uri"})
_MEDIA = "media/"
"""The folder of an author's own files; pages in it are not checked."""


def judge_policy(name: str, content: bytes) -> Iterator[Diagnostic]:
    """Report what is missing from the content security policy of the page ``name`` that the builder
    wrote; nothing for other files.

    The policy is a second protection: a file that passes all other checks by mistake still cannot
    load anything from another site.
    """
    if not name.endswith(".html") or name.startswith(_MEDIA):
        return
    for words in _policy_faults(content.decode("utf-8", "replace")):
        yield problem(
            "package-policy",
            Position(printable_name(name)),
            name=printable_name(name),
            problem=words,
        )


def _policy_faults(text: str) -> Iterator[str]:
    match = _META.search(text)
    if not match:
        yield "it has no content security policy"
        return
    if active := _ACTIVE.search(text, 0, match.start()):
        yield f"its content security policy comes after “{active[0]}”"
    directives = _parse_policy(html.unescape(match["policy"]))
    for directive, allowed in _ALLOWED.items():
        fallback = None if directive in _NO_FALLBACK else directives.get("default-src")
        sources = directives.get(directive, fallback)
        if sources is None:
            yield f"its content security policy has no {directive}"
            continue
        for source in sources:
            hashed = directive == "script-src" and _HASH.fullmatch(source)
            if source.lower() not in allowed and not hashed:
                yield f"{directive} of its content security policy allows {source}"


def _parse_policy(policy: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        # If a policy has a directive twice, browsers use the first.
        found.setdefault(name.lower(), sources)
    return found
