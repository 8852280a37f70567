"""Fields: what Word works out while a document is shown (ISO/IEC 29500-1, 17.16).

A field has a code and mostly a result. The result is what a reader sees; the code says where a link
leads, and which words are a table of contents that Word has made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from builder.base.immutable import immutable

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\S+)')
_LONGEST = 8_000
"""Characters of a code that are read."""
_GENERATED = frozenset({"TOC", "INDEX", "TOA"})
_TO_BOOKMARKS = frozenset({"REF", "PAGEREF", "NOTEREF"})
_BUTTONS = frozenset({"MACROBUTTON", "GOTOBUTTON"})
_EQUATION = "EQ"


@immutable
class Code:
    """A code taken apart: its name in capitals, its words, its switches with the word behind."""

    name: str
    words: tuple[str, ...]
    switches: dict[str, str]
    whole: str

    @property
    def address(self) -> str:
        """Where the field leads; empty where it leads nowhere."""
        if self.name == "HYPERLINK":
            place = self.switches.get("\\l", "")
            return (self.words[0] if self.words else "") + (f"#{place}" if place else "")
        if self.name in _TO_BOOKMARKS and self.words:
            return f"#{self.words[0]}"
        return ""

    @property
    def generated(self) -> bool:
        """Whether its result is a table that Word makes of the document."""
        return self.name in _GENERATED

    @property
    def equation(self) -> bool:
        return self.name == _EQUATION

    @property
    def shown(self) -> str:
        """The words that a field without a result shows."""
        if self.name in _BUTTONS:
            return " ".join(self.whole.split()[2:])
        return ""

    @property
    def sign(self) -> tuple[str, int] | None:
        """Font and place of the character that a SYMBOL field shows."""
        if self.name != "SYMBOL" or not self.words:
            return None
        said = self.words[0]
        try:
            code = int(said, 16) if said.lower().startswith("0x") else int(said)
        except ValueError:
            return None
        return self.switches.get("\\f", ""), code


def parsed(code: str) -> Code:
    """A code of at most some thousand characters; what is longer is cut."""
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
    """An open field. ``choice`` is what a field of a form holds."""

    code: list[str] = field(default_factory=list)
    in_code: bool = True
    parsed: Code | None = None
    choice: str = ""
    hidden: bool = False
    """Whether it stands in the code of another one."""
    address: str = ""
    generated: bool = False


class Fields:
    """The fields that are open at a place of the text.

    Where a file has as many ends as beginnings, text within a code is no text; where it does not,
    nobody knows where a code ends, and no text is left out.
    """

    def __init__(self, balanced: bool) -> None:
        self._balanced = balanced
        self._open: list[Frame] = []

    @property
    def address(self) -> str:
        return self._open[-1].address if self._open else ""

    @property
    def hidden(self) -> bool:
        """Whether what stands here belongs to a code."""
        top = self._open[-1] if self._open else None
        return top is not None and self._balanced and (top.in_code or top.hidden)

    @property
    def generated(self) -> bool:
        """Whether what stands here is a table that Word has made."""
        return bool(self._open) and self._balanced and self._open[-1].generated

    def begin(self, choice: str = "") -> None:
        frame = Frame(choice=choice, hidden=self.hidden)
        frame.address, frame.generated = self.address, self.generated
        self._open.append(frame)

    def say(self, code: str) -> None:
        """More of the code of the innermost field."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code.append(code)

    def separate(self) -> None:
        """The code ends, the result begins."""
        if self._open and self._open[-1].in_code:
            frame = self._open[-1]
            frame.in_code = False
            frame.parsed = parsed("".join(frame.code))
            frame.address = frame.parsed.address or frame.address
            frame.generated = frame.generated or frame.parsed.generated

    def end(self) -> Frame | None:
        """The innermost field, which ends here; ``parsed`` if it had no result."""
        if not self._open:
            return None
        frame = self._open.pop()
        if frame.parsed is None:
            frame.parsed = parsed("".join(frame.code))
        return frame

    def leave_generated(self) -> None:
        """Something stands here that no table made by Word has: whoever wrote the file has not
        ended it."""
        for frame in self._open:
            frame.generated = False
