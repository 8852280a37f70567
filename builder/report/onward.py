"""What comes next, at the end of what a command has said: commands, and what each is for."""

from __future__ import annotations


def onward(*commands: tuple[str, str]) -> str:
    """The commands as they are typed, with names that are ``quoted``, one below the other, and what
    they are for in a column of its own; nothing of a command that goes without saying."""
    width = max(len(typed) for typed, purpose in commands if purpose)
    lines = (f"    {typed:<{width}}    {purpose}".rstrip() for typed, purpose in commands)
    return "\n".join(["Next", *lines])
