"""Reads a Word file (.docx, .docm, their templates; ISO/IEC 29500, Strict and Transitional) into
the intermediate form. Macros are never looked at, nothing that the file names is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from builder.base import zips
from builder.base.printing import quoted
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.exporting.review.tags import document_identity
from builder.importing.document.form import Block, Document, Image, Place
from builder.importing.document.tally import images, text
from builder.importing.word import kinds
from builder.importing.word.blocks import Flow
from builder.importing.word.names import Element, child, name
from builder.importing.word.numbering import Numbering
from builder.importing.word.parts import BoundsError, PartError, Parts
from builder.importing.word.pictures import Pictures
from builder.importing.word.story import Reading, Story, shortened
from builder.importing.word.styles import Styles

_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
"""A language as BCP 47 names it; Word also has ``x-none``."""
_NOTED = 200
"""Characters of what a program has noted of a file."""
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}


def read(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The document in a file, or why there is none.

    Bounded and safe for any file, and never raises. A diagnostic stands at a part of the file:
    ``hand-out.docx/word/document.xml``.
    """
    try:
        # A file of another kind may have a zip in it.
        if path.is_file() and (other := kinds.of_file(path)):
            return None, (_other(other, path),)
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                return None, (problem("word-too-large", Position(path.name), problem=faults[0]),)
            parts = Parts(archive)
            main = parts.main()
            if main is None:
                return None, (_other(kinds.of_zip(archive), path),)
            document = _Reader(parts, main).document()
            if review := document_identity(_properties(parts), text(document.blocks)):
                return None, (_review(review[0], path),)
            return document, tuple(_fault(path, one) for one in parts.faults.values())
    except PartError as error:
        code = "word-too-large" if isinstance(error, BoundsError) else "word-damaged"
        return None, (problem(code, _position(path, error), problem=error.problem),)
    except RecursionError:
        deep = "its parts nest too deep in each other"
        return None, (problem("word-too-large", Position(path.name), problem=deep),)
    except zips.DamagedError as error:
        return None, (problem("word-damaged", Position(path.name), problem=error),)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return None, (problem("file-unreadable", Position(path.name), reason=reason),)


def _other(other: kinds.Other | None, path: Path) -> Diagnostic:
    if other is None:
        why = "it is a zip without a document in it"
        return problem("word-damaged", Position(path.name), problem=why)
    if other is kinds.LOCKED:
        return problem("word-locked", Position(path.name))
    return problem("word-format", Position(path.name), kind=other.kind, way=other.way)


def _review(course: str, path: Path) -> Diagnostic:
    place = Position(path.name)
    return problem("word-review", place, course=course, file=quoted(path.as_posix()))


def _properties(parts: Parts) -> dict[str, str]:
    """What programs have noted of a file, by their names."""
    root = parts.optional(parts.related("", "custom-properties"))
    found = () if root is None else root
    return {one.get("name", ""): "".join(one.itertext())[:_NOTED] for one in found}


def _fault(path: Path, error: PartError) -> Diagnostic:
    return problem("word-part", _position(path, error), problem=error.problem)


def _position(path: Path, error: PartError) -> Position:
    return Position(f"{path.name}/{zips.printable_name(error.part)}", error.line, error.column)


class _Reader:
    """Reads all texts of one file."""

    def __init__(self, parts: Parts, main: str) -> None:
        self._parts, self._main = parts, main
        self._root = parts.tree(main)
        self._reading = Reading(
            parts,
            main,
            Styles(parts.optional(parts.related(main, "styles"))),
            Numbering(parts.optional(parts.related(main, "numbering"))),
            Pictures(parts),
        )

    def document(self) -> Document:
        body = child(self._root, "w:body")
        if body is None:
            raise PartError(self._main, "it has no body", self._root.sourceline or 0)
        story = Story(self._reading, self._main, "body", body)
        story.sections = _sections(body)
        blocks = Flow(story).blocks(body)
        read = dict(self._notes())
        notes = {key: read[key] for key in self._reading.notes.values() if key in read}
        self._list_comments()
        self._list_edges()
        if self._parts.related(self._main, "vbaProject"):
            self._reading.leave("macros", Place("file", 0), "")
        title, author = self._told()
        return Document(
            blocks=blocks,
            notes=notes,
            title=title,
            author=author,
            language=self._language(),
            rest=tuple(self._reading.rest),
            right_to_left=self._reading.turned[True] > self._reading.turned[False],
        )

    def _notes(self) -> Iterator[tuple[str, tuple[Block, ...]]]:
        for kind, called in _NOTES.items():
            part = self._parts.related(self._main, called)
            root = self._parts.optional(part)
            for element in () if root is None else root.iterfind(name(f"w:{kind}")):
                if element.get(name("w:type")) in _SEPARATORS:
                    continue
                identity = element.get(name("w:id"), "")
                story = Story(self._reading, part or "", called, element)
                blocks = Flow(story).blocks(element)
                if key := self._reading.notes.get((kind, identity)):
                    yield key, blocks
                elif said := text(blocks):
                    story.leave("note without a mark", said)

    def _list_comments(self) -> None:
        part = self._parts.related(self._main, "comments")
        root = self._parts.optional(part)
        for element in () if root is None else root.iterfind(name("w:comment")):
            story = Story(self._reading, part or "", "comments", element)
            said = text(Flow(story).blocks(element))
            place = self._reading.commented.get(element.get(name("w:id"), ""), story.at)
            self._reading.leave("comment", place, said)

    def _list_edges(self) -> None:
        """Headers and footers, each once."""
        for kind in ("header", "footer"):
            for number, part in enumerate(self._parts.all_related(self._main, kind), 1):
                root = self._parts.optional(part)
                if root is None:
                    continue
                story = Story(self._reading, part, kind, root)
                blocks = Flow(story).blocks(root)
                if said := text(blocks):
                    self._reading.leave(kind, Place(kind, number, shortened(said)), said)
                for image in images(blocks):
                    self._leave_picture(kind, image)

    def _leave_picture(self, kind: str, image: Image) -> None:
        reason = f"Pictures in a {kind} do not come over; a course can have a logo of its own."
        self._reading.leave("picture", image.place, image.alternative or "", reason)

    def _told(self) -> tuple[str, str]:
        """Title and author by the file's properties."""
        root = self._parts.optional(self._parts.related("", "core-properties"))
        title, author = child(root, "dc:title"), child(root, "dc:creator")
        return tuple(
            " ".join((one.text or "").split()) if one is not None else "" for one in (title, author)
        )  # type: ignore[return-value]

    def _language(self) -> str:
        """The language that most of the words are in."""
        found = self._reading.languages.most_common()
        return next((tag for tag, _ in found if _TAG.fullmatch(tag)), "")


def _sections(body: Element) -> Iterator[str]:
    """How each section but the first begins; each says so at its own end."""
    ends = [one for one in body.iter(name("w:sectPr")) if not _is_old(one)]
    for end in ends[1:]:
        kind = child(end, "w:type")
        yield "nextPage" if kind is None else kind.get(name("w:val"), "nextPage")


def _is_old(section: Element) -> bool:
    above = section.getparent()
    return above is not None and above.tag == name("w:sectPrChange")
