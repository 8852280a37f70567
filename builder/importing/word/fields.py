"""Reads fields: instructions in a text whose result Word computes (ISO/IEC 29500-1, 17.16).

A field has a code, the instruction, and usually a result, the text that readers see. The code may
have the address of a link, and shows whether the result is a generated table of contents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from builder.base.immutable import immutable

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\S+)')
_LONGEST = 8_000
"""Maximum length of a field code that is parsed, in characters."""
_GENERATED = frozenset({"TOC", "INDEX", "TOA"})
_TO_BOOKMARKS = frozenset({"REF", "PAGEREF", "NOTEREF"})
_BUTTONS = frozenset({"MACROBUTTON", "GOTOBUTTON"})
_EQUATION = "EQ"


@immutable
class Code:
    """A parsed field code, such as ``HYPERLINK "address"``: its ``name`` in capitals, its arguments
    (``words``), its ``switches`` with the argument of each, and the ``whole`` code as written."""

    name: str
    words: tuple[str, ...]
    switches: dict[str, str]
    whole: str

    @property
    def address(self) -> str:
        """The address that the field links to, or ``#`` and a bookmark; empty if it is not a
        link."""
        if self.name == "HYPERLINK":
            place = self.switches.get("\\l", "")
            return (self.words[0] if self.words else "") + (f"#{place}" if place else "")
        if self.name in _TO_BOOKMARKS and self.words:
            return f"#{self.words[0]}"
        return ""

    @property
    def is_generated(self) -> bool:
        """Whether the result is a table that Word generates, such as a table of contents."""
        return self.name in _GENERATED

    @property
    def is_equation(self) -> bool:
        return self.name == _EQUATION

    @property
    def default_text(self) -> str:
        """The text that Word shows for this field if it has no result, as for a button; usually
        empty."""
        if self.name in _BUTTONS:
            return " ".join(self.whole.split()[2:])
        return ""

    @property
    def symbol(self) -> tuple[str, int] | None:
        """The font and character code of a SYMBOL field; ``None`` for any other field."""
        if self.name != "SYMBOL" or not self.words:
            return None
        argument = self.words[0]
        try:
            code = int(argument, 16) if argument.lower().startswith("0x") else int(argument)
        except ValueError:
            return None
        return self.switches.get("\\f", ""), code


def _parse_code(code: str) -> Code:
    """Parse a field code; text after the first 8,000 characters is ignored."""
    tokens = [match[1] or match[2] or "" for match in _TOKEN.finditer(code[:_LONGEST])]
    name, words, switches = (tokens[0].upper() if tokens else ""), [], {}
    before = ""
    for token in tokens[1:]:
        if re.fullmatch(r"\\.", token):
            switches[token.lower()], before = "", token.lower()
        elif before in ("\\l", "\\f", "\\o", "\\t", "\\s"):
            switches[before], before = token, ""
        else:
            words.append(token.replace("\\\\", "\\"))
            before = ""
    return Code(name, tuple(words), switches, code[:_LONGEST].strip())


@dataclass(slots=True)
class Frame:
    """A field whose end has not been read yet. ``code`` are the texts of its code so far, and
    ``choice`` is the value of an older form field. ``address`` and ``is_generated`` come from its
    own code, else from the field around it."""

    code: list[str] = field(default_factory=list)
    in_code: bool = True
    parsed_code: Code | None = None
    choice: str = ""
    hidden: bool = False
    """Whether the field is inside the code of another field."""
    address: str = ""
    is_generated: bool = False


class Fields:
    """The fields around the current position in a text, from outer to inner.

    If the text has as many ends of fields as starts (``balanced``), text in a field code is left
    out. Otherwise it is unknown where a code ends, so no text is left out.
    """

    def __init__(self, balanced: bool) -> None:
        self._balanced = balanced
        self._open: list[Frame] = []

    @property
    def address(self) -> str:
        return self._open[-1].address if self._open else ""

    @property
    def hidden(self) -> bool:
        """Whether the current text is part of a field code, so it is left out."""
        top = self._open[-1] if self._open else None
        return top is not None and self._balanced and (top.in_code or top.hidden)

    @property
    def is_generated(self) -> bool:
        """Whether the current text is part of a table that Word generates, such as a table of
        contents."""
        return bool(self._open) and self._balanced and self._open[-1].is_generated

    def begin(self, choice: str = "") -> None:
        frame = Frame(choice=choice, hidden=self.hidden)
        frame.address, frame.is_generated = self.address, self.is_generated
        self._open.append(frame)

    def add_code(self, code: str) -> None:
        """Append text to the code of the innermost field, unless that code has already ended."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code.append(code)

    def separate(self) -> None:
        """End the code of the innermost field and start its result."""
        if self._open and self._open[-1].in_code:
            frame = self._open[-1]
            frame.in_code = False
            frame.parsed_code = _parse_code("".join(frame.code))
            frame.address = frame.parsed_code.address or frame.address
            frame.is_generated = frame.is_generated or frame.parsed_code.is_generated

    def end(self) -> Frame | None:
        """End the innermost field and return it, with its code parsed; ``None`` if no field is
        open."""
        if not self._open:
            return None
        frame = self._open.pop()
        if frame.parsed_code is None:
            frame.parsed_code = _parse_code("".join(frame.code))
        return frame

    def leave_generated(self) -> None:
        """Treat generated tables as ended. Called at a heading, which such a table cannot contain:
        the program that wrote the file has not ended the table's field."""
        for frame in self._open:
            frame.is_generated = False
