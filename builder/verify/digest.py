"""The digest of a package, computed anew from what the zip holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from builder.codes import problem
from builder.diagnostics import Diagnostic, Position

OUTLINE = "course.json"
SEALED = (OUTLINE, "index.html")
"""The files that state the digest, and are therefore given to ``add`` in one piece."""
_UNSEALED = b"f55405a4867066c25dd3db603121acd5f0d91dc074a9d3c98f5fe1c02600b838"
"""What the builder puts where the digest will stand."""
_DIGEST = re.compile(rb'"digest"\s*:\s*"([0-9a-f]{64})"')


class Digest:
    """SHA-256 over ``name LF length LF content`` of every file of a package, by name.

    Where ``course.json`` and ``index.html`` state the digest, 64 other digits stand in for it,
    always the same ones.
    """

    def __init__(self, outline: bytes) -> None:
        """``outline`` is the content of ``course.json``, empty where there is none."""
        stated = _DIGEST.search(outline)
        self._stated = stated[1] if stated else None
        self._sealed = True
        self._sum = hashlib.sha256()

    def add(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """Take in the next file, in the order of names; ``size`` in bytes."""
        self._sum.update(f"{name}\n{size}\n".encode("utf-8", "surrogateescape"))
        for piece in pieces:
            if self._stated and name in SEALED:
                self._sealed &= _UNSEALED not in piece
                piece = piece.replace(self._stated, _UNSEALED)
            self._sum.update(piece)

    def judge(self) -> tuple[Diagnostic, ...]:
        """Whether the digest stated is that of the files; nothing where none is stated."""
        right = self._sealed and self._sum.hexdigest().encode() == self._stated
        return () if right or not self._stated else (problem("package-digest", Position(OUTLINE)),)
