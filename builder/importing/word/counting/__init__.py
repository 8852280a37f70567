"""Counts the contents of a Word file directly from its XML, independently of the importer.

The importer's result is compared with these counts, so that lost content is noticed. Therefore the
two share only the limits of zips and the names of heading styles. Each part is parsed once with
expat, and no tree of its elements is kept."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote
from xml.parsers import expat

from builder.base import zips
from builder.importing.document.tally import Counts
from builder.importing.word.counting.text import Styles, Text


def counts(path: Path) -> Counts:
    """Count the contents of the Word file at ``path``. Returns empty counts if it cannot be read;
    never raises."""
    try:
        with zips.open_zip(path) as archive:
            if not zips.safety_problems(archive):
                return _FileCounter(archive).counts()
    except (zips.DamagedError, _BrokenError):
        pass
    return Counts(MappingProxyType({}), ())


class _FileCounter:
    def __init__(self, archive: zips.Archive) -> None:
        self._archive = archive
        self._names = {one.replace("\\", "/").lstrip("/").lower(): one for one in archive.files}
        self._kinds: Counter[str] = Counter()
        self._words: list[str] = []

    def counts(self) -> Counts:
        main = self._main()
        related_parts = self._related_parts(main)
        styles = Styles()
        for part in related_parts.get("styles", [])[:1]:
            self._parse_optional(part, Handler(styles.begin, styles.end))
        text = Text(styles)
        parse_xml(self._content(main), Handler(text.begin, text.end, text.text))
        for kind in ("footnotes", "endnotes"):
            notes = Text(styles, text.note_ids[kind])
            for part in related_parts.get(kind, [])[:1]:
                self._parse_optional(part, Handler(notes.begin, notes.end, notes.text))
            for identity in text.note_ids[kind]:
                text.words += notes.by_note.get(identity, [])
            text.kinds.update(notes.kinds)
        for part in related_parts.get("comments", [])[:1]:
            self._parse_optional(part, Handler(self._comment))
        for kind in ("header", "footer"):
            for part in related_parts.get(kind, []):
                edge = Text(styles)
                self._parse_optional(part, Handler(edge.begin, edge.end, edge.text))
                text.kinds["headers and footers"] += bool(edge.words)
        kinds = text.kinds + self._kinds
        kinds["words"] = len(text.words)
        return Counts(MappingProxyType(dict(kinds)), tuple(text.words))

    def _comment(self, tag: str, attributes: dict[str, str]) -> None:
        self._kinds["comments"] += tag == "w:comment"

    def _parse_optional(self, part: str, handler: Handler) -> None:
        """Parse a part of the file, calling ``handler``. The part is ignored if it cannot be
        parsed, since the other parts can be counted without it."""
        try:
            parse_xml(self._content(part), handler)
        except (_BrokenError, zips.DamagedError):
            return

    def _content(self, part: str) -> bytes:
        name = self._names.get(part.lower())
        if name is None:
            raise _BrokenError
        return self._archive.read(name)

    def _main(self) -> str:
        found = self._related_parts("").get("officeDocument", [])
        return next(iter(found), "word/document.xml")

    def _related_parts(self, part: str) -> dict[str, list[str]]:
        """The names of the parts to which ``part`` has relationships, by the kind of relationship
        (``styles``, ``header``), without duplicates. The empty ``part`` stands for the whole
        file."""
        folder, own = posixpath.split(part)
        found: dict[str, list[str]] = {}

        def begin(tag: str, attributes: dict[str, str]) -> None:
            target = attributes.get(":Target", "").replace("\\", "/")
            if (
                tag == "rel:Relationship"
                and attributes.get(":TargetMode", "").lower() != "external"
            ):
                kind = attributes.get(":Type", "").rpartition("/")[2]
                path = posixpath.join("/", folder, unquote(target))
                name = posixpath.normpath(path).lstrip("/")
                if name.lower() in self._names and name not in found.setdefault(kind, []):
                    found[kind].append(name)

        self._parse_optional(posixpath.join(folder, "_rels", f"{own}.rels"), Handler(begin))
        return found


_SPACES = (
    ("wordprocessingml/2006/main", "w"),
    ("wordprocessingml/main", "w"),
    ("markup-compatibility/2006", "mc"),
    ("officeDocument/2006/math", "m"),
    ("officeDocument/math", "m"),
    ("drawingml/2006/picture", "pic"),
    ("drawingml/picture", "pic"),
    ("drawingml/2006/main", "a"),
    ("drawingml/main", "a"),
    ("officeDocument/2006/relationships", "r"),
    ("officeDocument/relationships", "r"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("package/2006/relationships", "rel"),
    ("package/2006/content-types", "ct"),
)
_DEEPEST = 300


class _BrokenError(Exception):
    """Raised if a part is missing or its XML cannot be parsed."""


@dataclass(slots=True)
class Handler:
    """What the parser calls at the start and end of elements, and for text. Elements and attributes
    have prefixed names such as ``w:p``."""

    begin: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] = lambda tag: None
    text: Callable[[str], None] = lambda text: None


def parse_xml(content: bytes, handler: Handler) -> None:
    """Parse the bytes of a part once, calling ``handler``. Raises ``_BrokenError`` if its XML is
    incomplete, invalid, nested too deeply, or has a DOCTYPE."""
    parser = expat.ParserCreate(namespace_separator="}")
    known: dict[str, str] = {}
    depth = 0

    def short(full: str) -> str:
        if full not in known:
            space, _, local = full.rpartition("}")
            prefix = next((short for end, short in _SPACES if space.endswith(end)), "")
            known[full] = f"{prefix}:{local}"
        return known[full]

    def begin(full: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _BrokenError
        handler.begin(short(full), {short(key): value for key, value in attributes.items()})

    def end(full: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(short(full))

    def refuse(*_: object) -> None:
        raise _BrokenError

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _BrokenError from error
