"""Writes data as scripts that hand it to the player."""

from __future__ import annotations

import hashlib
import json

from builder.artifacts import Member, hashed_name


def chunk(kind: str, name: str, data: object) -> Member:
    """The file of a chunk: the data of a page, or of another part known to the player."""
    content = add(kind, name, data).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    folder, stem = ("pages", name) if kind == "page" else ("assets", kind)
    return Member(hashed_name(folder, stem, sha256, ".js"), content)


def add(kind: str, name: str, data: object) -> str:
    """A script that hands data to the player.

    It is a classic script, since browsers load neither modules nor JSON from disk.
    """
    return f"scormBuilder.add({compact_json(kind)},{compact_json(name)},{compact_json(data)});\n"


def compact_json(value: object) -> str:
    """Format a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
