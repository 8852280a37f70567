"""Checks that pages of our packages have a content security policy (CSP, W3C).

Whatever passes all other checks then still cannot load anything from elsewhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from builder.base.zips import printable_name
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_META = re.compile(
    r"""<meta\s+http-equiv="Content-Security-Policy"\s+content="(?P<policy>[^"<>]*)">""",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"<(?:script|link|style|img|body|base|iframe|object|embed)\b", re.IGNORECASE)
_OWN_PACKAGE = frozenset({"'self'", "'none'", "file:"})
_DATA = _OWN_PACKAGE | {"data:", "blob:"}
_NOTHING = frozenset({"'none'"})
_HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}'")
_ALLOWED = {
    "script-src": _OWN_PACKAGE,
    "style-src": _OWN_PACKAGE | {"'unsafe-inline'"},
    "object-src": _NOTHING,
    "base-uri": _NOTHING,
    "img-src": _DATA,
    "font-src": _DATA,
    "media-src": _DATA,
    "connect-src": _DATA,
}
"""The allowed sources of each directive. ``file:`` is the package itself, opened from disk."""
_NO_FALLBACK = frozenset({"base-uri"})
_MEDIA = "media/"
"""The folder of an author's own files; pages in it are not checked."""


def judge(name: str, content: bytes) -> Iterator[Diagnostic]:
    """What is missing from the policy of a page written by the builder."""
    if not name.endswith(".html") or name.startswith(_MEDIA):
        return
    for words in _faults(content.decode("utf-8", "replace")):
        yield problem(
            "package-policy",
            Position(printable_name(name)),
            name=printable_name(name),
            problem=words,
        )


def _faults(text: str) -> Iterator[str]:
    match = _META.search(text)
    if not match:
        yield "it has no content security policy"
        return
    if active := _ACTIVE.search(text, 0, match.start()):
        yield f"its content security policy comes after “{active[0]}”"
    directives = _directives(html.unescape(match["policy"]))
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


def _directives(policy: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        # Browsers use the first of two.
        found.setdefault(name.lower(), sources)
    return found
