"""Finds the line that is wrong where blocks are not closed: the parser only notices the effect,
often at another block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.course.directives import BLOCKS
from builder.course.markdown.document import Fault
from builder.course.markdown.rules import CODE_FENCE, FENCE

FAULTS = frozenset({"directive-unclosed", "directive-stray", "directive-end"})
"""Codes of faults in the lines that open and close blocks."""
_BEHIND_TEXT = re.compile(r"[^\s:].*?(:{3,})$")
_TOO_FEW = re.compile(r":{1,2} ?(([\w-]+).*)")
"""Matches a line that opens a block with fewer than three colons."""


@dataclass
class _Open:
    """An open block: its name and its colons, and the indices of its line, of a line that has the
    same colons after some text, which may be meant to close it, and of the first line that opens a
    block with the same colons in it."""

    name: str
    fence: str
    row: int
    behind_text: int | None = None
    inner: int | None = None


def explain_fences(
    lines: Sequence[str], first_line: int, faults: Sequence[Fault]
) -> Iterable[Fault]:
    """The faults with those about unclosed blocks replaced, where a line is found that was meant to
    close a block; otherwise all faults as they are.

    ``lines`` are those of the text, which starts at ``first_line`` of its file.
    """
    if not any(fault.code == "directive-unclosed" for fault in faults):
        return faults
    found = _Lines(lines, first_line)
    ends = list(found.read())
    if not ends:
        return faults
    kept = [
        fault
        for fault in faults
        if fault.code not in FAULTS or fault.line - first_line in found.unexplained
    ]
    return [*kept, *ends]


def fix_stray(lines: Sequence[str], first_line: int) -> str:
    """What to do about a line below ``lines`` that closes a block while none is open: often the
    line that opens the block has too few colons."""
    for row in range(len(lines) - 1, -1, -1):
        found = _TOO_FEW.fullmatch(lines[row].strip())
        if found and found[2] in BLOCKS and BLOCKS[found[2]].body:
            return f"Line {first_line + row} has too few colons: write “::: {found[1]}” there."
    return "Delete the line, or write the block's name after the colons."


def _fence_behind_text(line: str) -> str:
    """The three or more colons at the end of a line of text; empty if it has none."""
    match = _BEHIND_TEXT.match(line)
    return match[1] if match else ""


class _Lines:
    """Reads the lines of a text as an author means them: a line of colons closes the last block,
    also if their number is wrong.

    ``unexplained`` collects the rows of blocks without an end, and of ends without a block.
    """

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line
        self.unexplained: set[int] = set()
        self._open: list[_Open] = []

    def read(self) -> Iterator[Fault]:
        """Yield a fault for each line that was meant to close a block and does not."""
        code = ""
        for row, written in enumerate(self.lines):
            line = written.strip()
            match = CODE_FENCE.match(line)
            if code:
                code = "" if line.startswith(code) and not line.strip(code[0]) else code
            elif match:
                code = match[1]
            elif opening := FENCE.match(line):
                yield from self._fence(row, *opening.groups()[:2])
            elif self._open and _fence_behind_text(line) == self._open[-1].fence:
                self._open[-1].behind_text = row
        while self._open:
            yield from self._unclosed()

    def _fence(self, row: int, fence: str, name: str) -> Iterator[Fault]:
        if name:
            # A block cannot contain one with as many colons: the last one should have ended.
            while self._open and self._open[-1].fence == fence and self._open[-1].behind_text:
                yield from self._unclosed()
            if name not in BLOCKS or BLOCKS[name].body:
                if self._open and self._open[-1].fence == fence and self._open[-1].inner is None:
                    self._open[-1].inner = row
                self._open.append(_Open(name, fence, row))
            return
        if any(block.fence == fence for block in self._open):
            while self._open[-1].fence != fence:
                yield from self._unclosed()
            self._open.pop()
        elif self._open:
            block = self._open.pop()
            reason = f"it has {len(fence)} colons, and the block starts with {len(block.fence)}"
            fix = f"Write {block.fence} here."
            if len(fence) > len(block.fence):
                fix = (
                    f"If the block contains other blocks, write {fence} {block.name} in line "
                    f"{self.first_line + block.row}. Otherwise write {block.fence} here."
                )
            yield self._end(row, block, reason, fix)
        elif not self._ends_block_without_body(row, fence):
            self.unexplained.add(row)

    def _ends_block_without_body(self, row: int, fence: str) -> bool:
        above = FENCE.match(self.lines[row - 1].strip()) if row else None
        return bool(above and above[1] == fence and above[2])

    def _unclosed(self) -> Iterator[Fault]:
        block = self._open.pop()
        if block.behind_text is not None:
            fix = f"Write {block.fence} on a line of its own, below this one."
            reason = f"{block.fence} is not on a line of its own"
            yield self._end(block.behind_text, block, reason, fix)
        elif block.inner is not None:
            yield self._before_inner(block, block.inner)
        else:
            self.unexplained.add(block.row)

    def _before_inner(self, block: _Open, row: int) -> Fault:
        """The fault of a block that is not closed before the line at ``row`` opens another one."""
        line, opening = self.first_line + row, FENCE.match(self.lines[row].strip())
        inner = opening[2] if opening else ""
        words = {
            "name": block.name,
            "problem": f"not closed before “::: {inner}” begins in line {line}",
            "fix": f"Add a line {block.fence} above line {line}",
        }
        column = self.lines[block.row].find(block.fence) + 1
        return Fault("directive-unclosed", self.first_line + block.row, column, words)

    def _end(self, row: int, block: _Open, reason: str, fix: str) -> Fault:
        line = self.lines[row].rstrip()
        column = len(line) - len(line.rstrip(":")) if reason else 0
        words = {
            "name": block.name,
            "start": str(self.first_line + block.row),
            "reason": reason,
            "fix": fix,
        }
        return Fault("directive-end", self.first_line + row, len(line) - column + 1, words)
