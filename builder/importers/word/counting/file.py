"""Finds the parts of a Word file, and adds up what is counted in them."""

from __future__ import annotations

import posixpath
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from builder import zips
from builder.importers.tally import Counts
from builder.importers.word.counting.passes import BrokenError, Handler, go_through
from builder.importers.word.counting.styles import Styles
from builder.importers.word.counting.text import Text


def counts(path: Path) -> Counts:
    """What the file at ``path`` holds; nothing at all where it cannot be read. Never raises."""
    try:
        with zips.opened(path) as archive:
            if not zips.unsafe(archive):
                return _File(archive).counts()
    except (zips.DamagedError, BrokenError):
        pass
    return Counts(MappingProxyType({}), ())


class _File:
    def __init__(self, archive: zips.Archive) -> None:
        self._archive = archive
        self._names = {one.replace("\\", "/").lstrip("/").lower(): one for one in archive.files}
        self._kinds: Counter[str] = Counter()
        self._words: list[str] = []

    def counts(self) -> Counts:
        main = self._main()
        related = self._related(main)
        styles = Styles()
        for part in related.get("styles", [])[:1]:
            self._try(part, Handler(styles.begin, styles.end))
        text = Text(styles)
        go_through(self._content(main), Handler(text.begin, text.end, text.text))
        for kind in ("footnotes", "endnotes"):
            notes = Text(styles, text.noted[kind])
            for part in related.get(kind, [])[:1]:
                self._try(part, Handler(notes.begin, notes.end, notes.text))
            for identity in text.noted[kind]:
                text.words += notes.by_note.get(identity, [])
            text.kinds.update(notes.kinds)
        for part in related.get("comments", [])[:1]:
            self._try(part, Handler(self._comment))
        for kind in ("header", "footer"):
            for part in related.get(kind, []):
                edge = Text(styles)
                self._try(part, Handler(edge.begin, edge.end, edge.text))
                text.kinds["headers and footers"] += bool(edge.words)
        kinds = text.kinds + self._kinds
        kinds["words"] = len(text.words)
        return Counts(MappingProxyType(dict(kinds)), tuple(text.words))

    def _comment(self, tag: str, attributes: dict[str, str]) -> None:
        self._kinds["comments"] += tag == "w:comment"

    def _try(self, part: str, handler: Handler) -> None:
        """A part that the document can be read without."""
        try:
            go_through(self._content(part), handler)
        except (BrokenError, zips.DamagedError):
            return

    def _content(self, part: str) -> bytes:
        name = self._names.get(part.lower())
        if name is None:
            raise BrokenError
        return self._archive.read(name)

    def _main(self) -> str:
        found = self._related("").get("officeDocument", [])
        return next(iter(found), "word/document.xml")

    def _related(self, part: str) -> dict[str, list[str]]:
        """The parts that a part relates to, by kind, each once."""
        folder, own = posixpath.split(part)
        found: dict[str, list[str]] = {}

        def begin(tag: str, said: dict[str, str]) -> None:
            target = said.get(":Target", "").replace("\\", "/")
            if tag == "rel:Relationship" and said.get(":TargetMode", "").lower() != "external":
                kind = said.get(":Type", "").rpartition("/")[2]
                path = posixpath.join("/", folder, unquote(target))
                name = posixpath.normpath(path).lstrip("/")
                if name.lower() in self._names and name not in found.setdefault(kind, []):
                    found[kind].append(name)

        self._try(posixpath.join(folder, "_rels", f"{own}.rels"), Handler(begin))
        return found
