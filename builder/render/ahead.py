"""Bundles pages and parts, so that a few requests can prefetch them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from builder.artifacts import Member, hashed_name
from builder.immutable import immutable
from builder.render.chunks import add

LIMIT = 1_000_000
"""Maximum number of bytes that are prefetched; pages of larger courses are fetched one by one."""
REQUESTS = 10
"""Maximum number of prefetch requests (facts/policy.md#package)."""
_MIN_BUNDLE = 40_000
"""Number of bytes below which a bundle is not worth a separate request."""


@immutable
class Bundle:
    """One prefetched file: several scripts, and the ids of the pages in it."""

    member: Member
    pages: tuple[str, ...]


def bundles(pages: Mapping[str, bytes], common: bytes) -> list[Bundle]:
    """Bundle the scripts of a course: first the ``common`` ones, then the ``pages`` in order, by
    id.

    The pages are only bundled if everything stays within ``LIMIT``.
    """
    size = sum(map(len, pages.values()))
    whole = size + len(common) <= LIMIT
    groups = _groups(pages, max(_MIN_BUNDLE, size // (REQUESTS - 2) + 1)) if whole else []
    parts = [((), [common]), *((group, [pages[name] for name in group]) for group in groups)]
    return [_bundle(number, names, contents) for number, (names, contents) in enumerate(parts)]


def _groups(pages: Mapping[str, bytes], room: int) -> list[tuple[str, ...]]:
    """Group page ids into groups of about ``room`` bytes."""
    groups: list[tuple[str, ...]] = []
    filled = room
    for name, content in pages.items():
        if filled >= room:
            groups.append(())
            filled = 0
        groups[-1] += (name,)
        filled += len(content)
    return groups


def _bundle(number: int, names: tuple[str, ...], contents: Sequence[bytes]) -> Bundle:
    content = b"".join((*contents, add("ahead", str(number), data=True).encode()))
    name = hashed_name("assets", "ahead", hashlib.sha256(content).hexdigest(), ".js")
    return Bundle(Member(name, content), names)
