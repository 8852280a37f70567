"""Makes chunks, which are scripts that hand data to the player, and bundles of chunks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from builder.base.immutable import immutable
from builder.package.artifacts import Member, hashed_name, name_of_file

LIMIT = 1_000_000
"""Maximum number of bytes that the player prefetches; in larger courses it fetches each page when
it is needed."""
REQUESTS = 10
"""Maximum number of prefetch requests (facts/policy.md#package)."""
_MIN_BUNDLE = 40_000
"""Number of bytes that a bundle of pages must have before the next one begins, since each bundle
needs a request."""


def chunk_id(name: str, tag: str) -> str:
    """The id of a chunk in the language ``tag``, empty for the source language. ``name`` is the id
    of a page, or empty."""
    return f"{name}@{tag}" if tag else name


def chunk(kind: str, name: str, data: object, tag: str = "") -> Member:
    """Make the chunk that hands ``data`` to the player. ``kind`` is ``page`` or another kind that
    the player knows, ``name`` is the page's id, and ``tag`` the language, empty for the source
    language."""
    return chunk_file(kind, name, add(kind, chunk_id(name, tag), data).encode(), tag)


def chunk_file(kind: str, name: str, content: bytes, tag: str = "") -> Member:
    """Make the file of a chunk whose script is ``content``."""
    sha256 = hashlib.sha256(content).hexdigest()
    folder, stem = ("pages", name) if kind == "page" else ("assets", kind)
    return Member(hashed_name(folder, name_of_file(stem, tag), sha256, ".js"), content)


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
    """A file that the player prefetches: several scripts in one, and the ids of the pages in it.

    ``chunk`` is the kind and the id of the chunk by which the player knows that it has arrived.
    """

    member: Member
    pages: tuple[str, ...]
    chunk: tuple[str, str]


def bundles(pages: Mapping[str, bytes], common: bytes) -> list[Bundle]:
    """Bundle the scripts of a course: first the scripts ``common`` to all pages, then the chunks of
    ``pages``, by page id, in order.

    The pages are only bundled if everything together stays within ``LIMIT``.
    """
    return [bundle("0", (), [common]), *page_bundles(pages, len(common))]


def page_bundles(pages: Mapping[str, bytes], common: int, tag: str = "") -> list[Bundle]:
    """Bundle the chunks of ``pages``, by page id, in order, in the language ``tag``; empty if they
    exceed ``LIMIT`` together with ``common``, the bytes of all else that is prefetched."""
    size = sum(map(len, pages.values()))
    if size + common > LIMIT:
        return []
    # Two requests are for scripts and the search index.
    groups = _groups(pages, max(_MIN_BUNDLE, size // (REQUESTS - 2) + 1))
    return [
        bundle(chunk_id(str(number), tag), names, [pages[name] for name in names], tag)
        for number, names in enumerate(groups, start=1)
    ]


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


def bundle(name: str, pages: tuple[str, ...], contents: Sequence[bytes], tag: str = "") -> Bundle:
    """Make a bundle of the scripts ``contents``. ``name`` is the id of its chunk, ``pages`` are the
    ids of the pages in it."""
    content = b"".join((*contents, add("ahead", name, data=True).encode()))
    return Bundle(chunk_file("ahead", "", content, tag), pages, ("ahead", name))
