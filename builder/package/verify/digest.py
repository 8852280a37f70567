"""Recomputes the digest of a package from the files in its zip."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

OUTLINE = "course.json"
SEALED = (OUTLINE, "index.html")
"""The files that contain the digest, which must be passed to ``add`` in one piece."""
_PLACEHOLDER = b"f55405a4867066c25dd3db603121acd5f0d91dc074a9d3c98f5fe1c02600b838"
"""The builder's placeholder for the digest."""
_DIGEST = re.compile(rb'"digest"\s*:\s*"([0-9a-f]{64})"')


class Digest:
    """SHA-256 over ``name LF length LF content`` of every file of a package, in the order of names.

    In ``course.json`` and ``index.html``, a fixed placeholder replaces the digest itself.
    """

    def __init__(self, outline: bytes) -> None:
        """``outline`` is the content of ``course.json``, empty if there is none."""
        stated = _DIGEST.search(outline)
        self._stated_digest = stated[1] if stated else None
        self._sealed = True
        self._sum = hashlib.sha256()

    def add(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """Add the next file, in the order of names; ``size`` in bytes."""
        self._sum.update(f"{name}\n{size}\n".encode("utf-8", "surrogateescape"))
        for piece in pieces:
            if self._stated_digest and name in SEALED:
                self._sealed &= _PLACEHOLDER not in piece
                piece = piece.replace(self._stated_digest, _PLACEHOLDER)
            self._sum.update(piece)

    def judge(self) -> tuple[Diagnostic, ...]:
        """Compare the stated digest with that of the files; nothing if none is stated."""
        right = self._sealed and self._sum.hexdigest().encode() == self._stated_digest
        return (
            ()
            if right or not self._stated_digest
            else (problem("package-digest", Position(OUTLINE)),)
        )
