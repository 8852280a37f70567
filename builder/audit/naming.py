"""Which files of a package nothing in it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from builder.audit.package import Package

_LEAST = 3
"""Letters of a word that counts."""
_LETTERS = bytes(byte if 97 <= byte <= 122 or byte >= 128 else 32 for byte in range(256))
"""Small letters as they are, and spaces for all other bytes."""
_WORDS_LIMIT = 300_000
"""Different words of a package; beyond that nothing is said of unused files."""


def unnamed(package: Package) -> Iterator[str]:
    """Pictures, sounds, films and documents whose names stand in no text but the manifest.

    A name that a script may put together, such as ``slide12.png``, counts as named where the words
    of it stand anywhere; so does one without words.
    """
    said: frozenset[bytes] | None = None
    for name in package.files:
        if name in package.texts:
            continue
        words = _words(PurePosixPath(name).stem.encode("utf-8", "replace"))
        if not words:
            continue
        if said is None:
            said = _said(package)
        if said and not words <= said:
            yield name


def _said(package: Package) -> frozenset[bytes]:
    """The words of all texts but the manifest; none where there are too many."""
    own = package.manifest.path if package.manifest else ""
    found: set[bytes] = set()
    for name, text in package.texts.items():
        if name == own:
            continue
        found |= _words(text.content)
        if len(found) > _WORDS_LIMIT:
            return frozenset()
    return frozenset(found)


def _words(text: bytes) -> set[bytes]:
    words = set(text.lower().translate(_LETTERS).split())
    return {one for one in words if len(one) >= _LEAST}
