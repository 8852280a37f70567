"""A PO file that is edited: reads it, and writes it without touching entries that did not change.

Each entry keeps the lines that it was read from, and is written from them again unless it was
changed. So wrapping, comments and headers of Poedit, Weblate and OmegaT stay as they are, and a
change in one paragraph is a change in one place of the file. Changed and new entries are unwrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_

import polib

Key = tuple[str, str]
"""The context (``msgctxt``) and the text (``msgid``) of an entry: what identifies it in its
file."""

_TRANSLATION = re.compile(r"(?:#~[ \t]*)?msgstr(?:\[\d+\])?[ \t]*\"")
_CONTINUATION = re.compile(r"(?:#~[ \t]*)?\"")


class NotEditableError(ValueError):
    """Raised if the lines of a PO file cannot be divided into its entries."""


@dataclass
class Entry:
    """An entry of a PO file. ``block`` has the lines that it was read from, without the line break
    at the end; empty if the entry is new or was changed."""

    po: polib.POEntry
    block: str = ""

    @property
    def key(self) -> Key:
        """What identifies the entry."""
        return self.po.msgctxt or "", self.po.msgid

    @property
    def is_translated(self) -> bool:
        """Whether the entry has a translation, which may be stale."""
        forms = self.po.msgstr_plural
        return any(one.strip() for one in (forms.values() if forms else (self.po.msgstr,)))

    @property
    def is_current(self) -> bool:
        """Whether the entry has a translation of a text of the course that is not stale."""
        return self.is_translated and not (self.po.fuzzy or self.po.obsolete)

    def changed(self) -> polib.POEntry:
        """The data of this entry, to be changed; the entry is then written anew."""
        self.block = ""
        return self.po

    def mark(self, stale: bool) -> None:
        """Mark the translation as stale (``fuzzy``), or as up to date."""
        po = self.changed()
        po.flags = [*(["fuzzy"] if stale else []), *(one for one in po.flags if one != "fuzzy")]
        if not stale:
            po.previous_msgid = po.previous_msgctxt = po.previous_msgid_plural = None

    def written(self) -> str:
        """The lines of the entry, without the line break at the end."""
        return self.block or self.po.__unicode__(wrapwidth=0).rstrip("\n")


@dataclass
class PoDocument:
    """The entries of a PO file in their order, and its header.

    ``header`` has the lines of the header, ``headers`` its values by name. ``newline`` is the line
    end of the file. ``rest`` are comments at the end of the file. ``read`` are the entries that
    were read.
    """

    header: str
    headers: Mapping[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    newline: str = "\n"
    rest: str = ""
    read: tuple[Entry, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the file has other entries than when it was read, or changed ones."""
        same = len(self.entries) == len(self.read) and all(map(is_, self.entries, self.read))
        return not same or not all(one.block for one in self.entries)

    def written(self) -> bytes:
        """The content of the file.

        It has no byte-order mark, even if the file had one: gettext refuses such files.
        """
        blocks = [self.header, *(one.written() for one in self.entries)]
        text = "\n\n".join([*blocks, self.rest] if self.rest else blocks) + "\n"
        return text.replace("\n", self.newline).encode()

    def lines(self) -> Iterator[tuple[Entry, int]]:
        """Yield each entry with the number of the line of its ``msgstr`` in the written file."""
        first = self.header.count("\n") + 3
        for entry in self.entries:
            rows = entry.written().split("\n")
            offset = next(at for at, row in enumerate(rows) if _TRANSLATION.match(row))
            yield entry, first + offset
            first += len(rows) + 1


def new(headers: Mapping[str, str], comment: str) -> PoDocument:
    """A PO file without entries. ``comment`` are the lines of comments at its start."""
    entry = polib.POEntry(msgid="", msgstr="".join(f"{k}: {v}\n" for k, v in headers.items()))
    lines = [*(f"# {line}".rstrip() for line in comment.split("\n")), ""]
    header = "\n".join(lines) + entry.__unicode__(wrapwidth=0).rstrip("\n")
    return PoDocument(header, dict(headers))


def parse(text: str, newline: str = "\n") -> PoDocument:
    r"""Read the text of a valid PO file, which has ``\n`` line ends.

    Raises ``NotEditableError`` if its lines cannot be divided into entries.
    """
    # polib opens a text that is the path of a file; none ends with a line break.
    parsed = polib.pofile(f"{text}\n", wrapwidth=0)
    blocks, rest = _blocks(text.split("\n"))
    header = next((one for one in blocks if not _is_entry(one)), "")
    blocks = [one for one in blocks if _is_entry(one)]
    if len(blocks) != len(parsed):
        raise NotEditableError
    entries = [Entry(po, block) for po, block in zip(parsed, blocks, strict=True)]
    if any(not one.block.endswith('"') for one in entries):
        raise NotEditableError
    return PoDocument(header, dict(parsed.metadata), entries, newline, rest, tuple(entries))


_HEADER = re.compile(r'^msgid ""\nmsgstr', re.MULTILINE)
_CONTEXT = re.compile(r"^(?:#~[ \t]*)?msgctxt", re.MULTILINE)


def _is_entry(block: str) -> bool:
    return bool(_CONTEXT.search(block)) or not _HEADER.search(block)


def _blocks(lines: Sequence[str]) -> tuple[list[str], str]:
    """Divide the lines of a PO file into those of each entry, with its comments, and the comments
    at the end."""
    blocks: list[list[str]] = []
    current: list[str] = []
    has_translation = False
    for line in lines:
        text = line.strip()
        goes_on = _TRANSLATION.match(text) or _CONTINUATION.match(text)
        if has_translation and text and not goes_on:
            blocks.append(current)
            current, has_translation = [], False
        # Empty lines between and within entries mean nothing.
        if text:
            current.append(line.rstrip())
        has_translation = has_translation or bool(_TRANSLATION.match(text))
    if has_translation:
        return ["\n".join(block) for block in (*blocks, current)], ""
    return ["\n".join(block) for block in blocks], "\n".join(current)
