"""Numbers of things, in words."""

from __future__ import annotations


def counted(number: int, one: str, more: str = "") -> str:
    """How many there are of something: “1 page”, “1,200 pages”. ``more`` is the plural where it is
    not ``one`` with an s."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
