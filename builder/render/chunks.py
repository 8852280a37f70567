"""Data of the package as scripts that hand it to the player, alone or in bundles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from builder.artifacts import Member, hashed_name
from builder.immutable import immutable

LIMIT = 1_000_000
"""Bytes of text that are fetched ahead; of a longer course, pages are fetched one by one."""
REQUESTS = 10
"""Requests that fetching ahead takes at most (facts/policy.md#package)."""
_LEAST = 40_000
"""Bytes below which a bundle is not worth a request of its own."""


def chunk(kind: str, name: str, data: object) -> Member:
    """The file of a chunk: the data of a page, or of something else that the player knows."""
    content = add(kind, name, data).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    folder, stem = ("pages", name) if kind == "page" else ("assets", kind)
    return Member(hashed_name(folder, stem, sha256, ".js"), content)


def add(kind: str, name: str, data: object) -> str:
    """The script that hands data to the player.

    A classic script, because browsers load no module and no JSON from disk.
    """
    return f"scormBuilder.add({in_json(kind)},{in_json(name)},{in_json(data)});\n"


def in_json(value: object) -> str:
    """A value as JSON, as short as that can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@immutable
class Bundle:
    """One request: scripts in one file, and the ids of the pages in it."""

    member: Member
    pages: tuple[str, ...]


def bundles(pages: Mapping[str, bytes], common: bytes) -> list[Bundle]:
    """The bundles of a course: the ``common`` scripts, which all its pages share, then the scripts
    of its ``pages`` in their order, by id; these only where all of it stays within ``LIMIT``."""
    size = sum(map(len, pages.values()))
    whole = size + len(common) <= LIMIT
    groups = _groups(pages, max(_LEAST, size // (REQUESTS - 2) + 1)) if whole else []
    parts = [((), [common]), *((group, [pages[name] for name in group]) for group in groups)]
    return [_bundle(number, names, contents) for number, (names, contents) in enumerate(parts)]


def _groups(pages: Mapping[str, bytes], room: int) -> list[tuple[str, ...]]:
    """The ids of the pages, in groups of about ``room`` bytes."""
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
