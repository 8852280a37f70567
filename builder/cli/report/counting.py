"""Formats numbers of things."""

from __future__ import annotations


def format_count(number: int, one: str, more: str = "") -> str:
    """Format a count with its noun: “1 page”, “1,200 pages”.

    ``more`` is the plural if it is not ``one`` with an s.
    """
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
