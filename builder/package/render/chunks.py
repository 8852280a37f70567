"""Makes chunks, which are scripts that hand data to the player, and bundles of chunks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from builder.base.immutable import immutable
from builder.package.artifacts import Member, hashed_name

LIMIT = 1_000_000
"""Maximum number of bytes that the player prefetches; in larger courses it fetches each page when
it is needed."""
REQUESTS = 10
"""Maximum number of prefetch requests (facts/policy.md#package)."""
_MIN_BUNDLE = 40_000
"""Number of bytes that a bundle of pages must have before the next one begins, since each bundle
needs a request."""


def chunk(kind: str, name: str, data: object) -> Member:
    """Make the chunk that hands ``data`` to the player. ``kind`` is ``page`` or another kind that
    the player knows, and ``name`` is the page's id."""
    return chunk_file(kind, name, add(kind, name, data).encode())


def chunk_file(kind: str, name: str, content: bytes) -> Member:
    """Make the file of a chunk whose script is ``content``."""
    sha256 = hashlib.sha256(content).hexdigest()
    folder, stem = ("pages", name) if kind == "page" else ("assets", kind)
    return Member(hashed_name(folder, stem, sha256, ".js"), content)


def add(kind: str, name: str, data: object) -> str:
    """The JavaScript that hands ``data`` to the player; ``kind`` and ``name`` are as in ``chunk``.

    It is for a classic script, since browsers load neither modules nor JSON from disk.
    """
    return f"scormBuilder.add({compact_json(kind)},{compact_json(name)},{compact_json(data)});\n"


def compact_json(value: object) -> str:
    """Format a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@immutable
class Bundle:
    """A file that the player prefetches: several scripts in one, and the ids of the pages in it."""

    member: Member
    pages: tuple[str, ...]


def bundles(pages: Mapping[str, bytes], common: bytes) -> list[Bundle]:
    """Bundle the scripts of a course: first the scripts ``common`` to all pages, then the chunks of
    ``pages``, by page id, in order.

    The pages are only bundled if everything together stays within ``LIMIT``.
    """
    size = sum(map(len, pages.values()))
    whole = size + len(common) <= LIMIT
    groups = _groups(pages, max(_MIN_BUNDLE, size // (REQUESTS - 2) + 1)) if whole else []
    parts = [((), [common]), *((group, [pages[name] for name in group]) for group in groups)]
    return [_bundle(number, names, contents) for number, (names, contents) in enumerate(parts)]


def _groups(pages: Mapping[str, bytes], room: int) -> list[tuple[str, ...]]:
    """Group the ids of ``pages``, which has the chunk of each page by id, so that the chunks of
    each group have about ``room`` bytes."""
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
