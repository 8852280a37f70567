"""Formats suggestions of next commands."""

from __future__ import annotations


def onward(*commands: tuple[str, str]) -> str:
    """Format commands, one per line, with their purposes in a second column.

    Names in commands must be ``quoted`` already. A command without a purpose needs no explanation.
    """
    width = max(len(typed) for typed, purpose in commands if purpose)
    lines = (f"    {typed:<{width}}    {purpose}".rstrip() for typed, purpose in commands)
    return "\n".join(["Next", *lines])
