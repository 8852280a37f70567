"""Parses a Word file into a ``Document``: .docx, .docm and their templates, in the Strict and
Transitional variants of ISO/IEC 29500. Macros are never read, and linked files are never
fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from builder.base import zips
from builder.base.printing import quoted
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.exporting.review.tree import document_identity
from builder.importing.document.form import Block, Document, Image, Place
from builder.importing.document.tally import images, text
from builder.importing.word import file_types
from builder.importing.word.blocks import Flow
from builder.importing.word.names import Element, child, name
from builder.importing.word.numbering import Numbering
from builder.importing.word.parts import BoundsError, PartError, Parts, Pictures
from builder.importing.word.story import Reading, Story, shorten
from builder.importing.word.styles import Styles

_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
"""A BCP 47 language tag. Word also writes ``x-none``, which does not match."""
_LONGEST_PROPERTY = 200
"""Maximum length of a custom document property, in characters."""
_NOTE_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}


def read(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Parse the Word file at ``path``. Returns its document and the problems of single parts, or
    ``None`` and the problem that makes the file unreadable.

    Limits its time and memory for any file; never raises. The position of a problem includes the
    part inside the file: ``hand-out.docx/word/document.xml``.
    """
    try:
        # Files of other types, such as .doc, can contain a zip; check them before opening as zip.
        if path.is_file() and (other := file_types.detect_file(path)):
            return None, (_unsupported(other, path),)
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                return None, (problem("word-too-large", Position(path.name), problem=faults[0]),)
            parts = Parts(archive)
            main = parts.main()
            if main is None:
                return None, (_unsupported(file_types.detect_zip(archive), path),)
            document = _DocumentReader(parts, main).document()
            if review := document_identity(_properties(parts), text(document.blocks)):
                return None, (_review_document(review[0], path),)
            return document, tuple(
                problem("word-part", _position(path, fault), problem=fault.problem)
                for fault in parts.faults.values()
            )
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


def _unsupported(other: file_types.UnsupportedFile | None, path: Path) -> Diagnostic:
    if other is None:
        why = "it is a zip without a document in it"
        return problem("word-damaged", Position(path.name), problem=why)
    if other is file_types.LOCKED:
        return problem("word-locked", Position(path.name))
    return problem("word-format", Position(path.name), kind=other.kind, way=other.way)


def _review_document(course: str, path: Path) -> Diagnostic:
    place = Position(path.name)
    return problem("word-review", place, course=course, file=quoted(path.as_posix()))


def _properties(parts: Parts) -> dict[str, str]:
    """The custom properties of the document by name. Programs can set them, as review documents of
    scorm-builder do."""
    root = parts.optional(parts.find_related("", "custom-properties"))
    found = () if root is None else root
    return {one.get("name", ""): "".join(one.itertext())[:_LONGEST_PROPERTY] for one in found}


def _position(path: Path, error: PartError) -> Position:
    return Position(f"{path.name}/{zips.printable_name(error.part)}", error.line, error.column)


class _DocumentReader:
    """Parses one Word file: its body, notes, comments, headers and footers."""

    def __init__(self, parts: Parts, main: str) -> None:
        self._parts, self._main = parts, main
        self._root = parts.tree(main)
        self._reading = Reading(
            parts,
            main,
            Styles(parts.optional(parts.find_related(main, "styles"))),
            Numbering(parts.optional(parts.find_related(main, "numbering"))),
            Pictures(parts),
        )

    def document(self) -> Document:
        body = child(self._root, "w:body")
        if body is None:
            raise PartError(self._main, "it has no body", self._root.sourceline or 0)
        story = Story(self._reading, self._main, "body", body)
        story.sections = _sections(body)
        blocks = Flow(story).blocks(body)
        blocks_by_note = dict(self._notes())
        notes = {
            key: blocks_by_note[key]
            for key in self._reading.notes.values()
            if key in blocks_by_note
        }
        self._report_comments()
        self._report_headers_and_footers()
        if self._parts.find_related(self._main, "vbaProject"):
            self._reading.report("macros", Place("file", 0), "")
        return Document(
            blocks=blocks,
            notes=notes,
            title=self._core_property("dc:title"),
            author=self._core_property("dc:creator"),
            language=_spoken(self._language(), text(blocks)),
            rest=tuple(self._reading.rest),
            right_to_left=self._reading.right_to_left[True] > self._reading.right_to_left[False],
        )

    def _notes(self) -> Iterator[tuple[str, tuple[Block, ...]]]:
        for kind, part_kind in _NOTE_PARTS.items():
            part = self._parts.find_related(self._main, part_kind)
            root = self._parts.optional(part)
            for element in () if root is None else root.iterfind(name(f"w:{kind}")):
                if element.get(name("w:type")) in _SEPARATORS:
                    continue
                identity = element.get(name("w:id"), "")
                story = Story(self._reading, part or "", part_kind, element)
                blocks = Flow(story).blocks(element)
                if key := self._reading.notes.get((kind, identity)):
                    yield key, blocks
                elif words := text(blocks):
                    story.report("note without a mark", words)

    def _report_comments(self) -> None:
        part = self._parts.find_related(self._main, "comments")
        root = self._parts.optional(part)
        for element in () if root is None else root.iterfind(name("w:comment")):
            story = Story(self._reading, part or "", "comments", element)
            words = text(Flow(story).blocks(element))
            place = self._reading.comment_places.get(
                element.get(name("w:id"), ""), story.current_place
            )
            self._reading.report("comment", place, words)

    def _report_headers_and_footers(self) -> None:
        """List the text and images of headers and footers as not imported, once for each header or
        footer."""
        for kind in ("header", "footer"):
            for number, part in enumerate(self._parts.find_all_related(self._main, kind), 1):
                root = self._parts.optional(part)
                if root is None:
                    continue
                story = Story(self._reading, part, kind, root)
                blocks = Flow(story).blocks(root)
                if words := text(blocks):
                    self._reading.report(kind, Place(kind, number, shorten(words)), words)
                for image in images(blocks):
                    self._report_picture(kind, image)

    def _report_picture(self, kind: str, image: Image) -> None:
        reason = f"Pictures in a {kind} are not imported. A course can have its own logo."
        self._reading.report("picture", image.place, image.alternative or "", reason)

    def _core_property(self, tag: str) -> str:
        """A property that every document can have, such as ``dc:title``; empty if it is missing."""
        root = self._parts.optional(self._parts.find_related("", "core-properties"))
        element = child(root, tag)
        return "" if element is None else " ".join((element.text or "").split())

    def _language(self) -> str:
        """The valid language tag that the most characters of the text have; empty if there is
        none."""
        found = self._reading.languages.most_common()
        return next((tag for tag, _ in found if _TAG.fullmatch(tag)), "")


_ARABIC_SCRIPT = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af]")
"""Letters that Persian has and Arabic has not."""
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")
_MIN_SHARE = 100
"""Of as many letters of the Arabic script, at least one has to be a letter that only another
language than Arabic has, for the text to be in that language."""


def _spoken(tag: str, words: str) -> str:
    """The language of a text, ``tag`` being the one that Word gives. Word often gives Arabic, or
    none, for all text in the Arabic script; Persian and Urdu have letters of their own."""
    letters = len(_ARABIC_SCRIPT.findall(words))
    known = tag.partition("-")[0].lower()
    if known in ("fa", "ur") or 2 * letters < sum(letter.isalpha() for letter in words):
        return tag
    if len(_URDU.findall(words)) * _MIN_SHARE > letters:
        return "ur"
    if len(_PERSIAN.findall(words)) * _MIN_SHARE > letters:
        return "fa"
    return tag if known == "ar" else "ar" if known in ("", "en") and letters else tag


def _sections(body: Element) -> Iterator[str]:
    """How each section after the first starts, such as ``nextPage``. Word writes the ``sectPr`` of
    a section at the section's end."""
    ends = [one for one in body.iter(name("w:sectPr")) if not _is_previous_version(one)]
    for end in ends[1:]:
        kind = child(end, "w:type")
        yield "nextPage" if kind is None else kind.get(name("w:val"), "nextPage")


def _is_previous_version(section: Element) -> bool:
    above = section.getparent()
    return above is not None and above.tag == name("w:sectPrChange")
