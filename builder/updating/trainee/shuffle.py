"""Shuffles in an order that is always the same for one trainee (``state/shuffle.ts``)."""

from __future__ import annotations

from collections.abc import Iterable

_BITS = 0xFFFF_FFFF


def _hash(text: str) -> int:
    """Hash a text to 32 bits: FNV-1a over UTF-16 units, then the final mixing of MurmurHash3."""
    units = text.encode("utf-16-le", "surrogatepass")
    bits = 0x811C_9DC5
    for at in range(0, len(units), 2):
        bits = (bits ^ (units[at] | units[at + 1] << 8)) * 0x0100_0193 & _BITS
    bits = (bits ^ bits >> 16) * 0x85EB_CA6B & _BITS
    bits = (bits ^ bits >> 13) * 0xC2B2_AE35 & _BITS
    return bits ^ bits >> 16


def shuffled(names: Iterable[str], seed: str) -> list[str]:
    """The names, which are ASCII ids, in an order that depends only on the seed."""
    return sorted(names, key=lambda name: (_hash(f"{seed} {name}"), name))
