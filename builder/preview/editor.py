"""Opens the author's editor at a position in a course.

The command comes from an option or an environment variable, never from a course, and is run without
a shell.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import quote

from builder.diagnostics.diagnostic import Position

_PLACEHOLDERS = ("{file}", "{line}", "{column}")
"""The placeholders that a command may contain."""
_PLACEHOLDER = re.compile(r"(?<!\$)\{\w+\}")


class EditorError(Exception):
    """Raised if the editor cannot be opened; the text says why."""


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor; ``command`` is the program and its arguments, with the placeholders ``{file}``,
    ``{line}`` and ``{column}``. It is empty to use links to VS Code instead."""

    command: tuple[str, ...] = ()

    @classmethod
    def read(cls, command: str) -> Editor:
        """Parse a command line; raises ``EditorError`` if it is invalid.

        If it has no ``{file}``, ``{file}:{line}`` is appended.
        """
        try:
            words = shlex.split(command, posix=sys.platform != "win32")
        except ValueError as error:
            raise EditorError(f"The editor “{command}” cannot be read: {error}.") from None
        words = [word.strip('"') for word in words] if sys.platform == "win32" else words
        for place in _PLACEHOLDER.findall(command):
            if place not in _PLACEHOLDERS:
                known = ", ".join(_PLACEHOLDERS)
                raise EditorError(
                    f"The editor “{command}” has {place}, which stands for nothing. There are: "
                    f"{known}."
                )
        has_file = any("{file}" in word for word in words)
        return cls(tuple(words if has_file or not words else [*words, "{file}:{line}"]))

    def open(self, course: Path, place: Position) -> None:
        """Open a position of the course in the folder ``course``; raises ``EditorError`` if the
        command cannot be started."""
        spot = (str(course.resolve() / place.path), str(place.line or 1), str(place.column or 1))
        values = dict(zip(_PLACEHOLDERS, spot, strict=True))
        words = [_fill_placeholders(word, values) for word in self.command]
        nothing = subprocess.DEVNULL
        try:
            opened = subprocess.Popen(
                words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
            )
        except OSError as error:
            raise EditorError(f"{words[0]} cannot be started: {error.strerror}.") from None
        # Wait for the process, so that it does not become a zombie.
        Thread(target=opened.wait, daemon=True).start()


def _fill_placeholders(word: str, values: dict[str, str]) -> str:
    # Fill all placeholders in one pass: a file name may contain text that looks like one.
    parts = word.split("{")
    found = parts[:1]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        key = f"{{{name}{brace}"
        found.append(values[key] + rest if key in values else f"{{{part}")
    return "".join(found)


def link(course: Path, place: Position) -> str:
    """The URL that opens a position of the course in the folder ``course`` in VS Code."""
    path = (course.resolve() / place.path).as_posix()
    spot = f":{place.line}:{place.column or 1}" if place.line else ""
    return f"vscode://file/{quote(path.lstrip('/'), safe='/:')}{spot}"
