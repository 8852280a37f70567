"""Parses videos and sound recordings: ``::: video Title`` and ``::: audio Title``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from builder.base.patterns import late
from builder.course import targets
from builder.course.blocks.base import Body, Content, File, Part, Reader, body_fault, split_first
from builder.course.markdown import Directive, Element, Fault, Link, is_blank
from builder.course.media.formats import CAPTIONS, FORMATS, endings

_LANGUAGE = late(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)


def _read(block: Directive) -> Body:
    """Parse a recording: a list of links to files, and the transcript below the list.

    ``sources`` are alternative files; a browser plays the first one that it supports. ``tracks``
    are captions, each with a ``file`` and a ``language`` (empty for the language of the course).
    ``poster`` is an image file or ``None``. ``transcript`` is the content below the list (WCAG
    1.2.1–1.2.3, facts/accessibility.md).
    """
    head, rest = split_first(block)
    if head is None or head.kind != "bullet_list":
        line = head.line if head else block.line
        problem = "does not start with the list of its files"
        return Body({}, (body_fault(block, line, problem, _example(block)),))
    reading = _FileList(block, head)
    faults = [*reading.faults, *reading.missing_files()]
    if not rest.blocks and reading.sources:
        faults.append(Fault("transcript-missing", block.line, block.column, _fault_words(block)))
    return Body(reading.parts(rest), tuple(faults))


def links(block: Directive) -> tuple[Link, ...]:
    """The links to the files of a recording; empty for any other block."""
    if block.name not in ("video", "audio") or not block.blocks:
        return ()
    head, _ = split_first(block)
    return head.prose.links if head and head.kind == "bullet_list" else ()


_NOT_A_LINK = "has an entry that is not just one link to a file in media/"
_TWO_POSTERS = (
    "has two posters (a poster is the picture that is shown before the video starts)",
    "Delete one of the two lines.",
)
_SAME_LANGUAGE = (
    "lists two caption files in the same language",
    "Delete one of the two lines. If one of the files is in another language, put that language "
    "before .vtt in its name and in this line, as in name.cy.vtt for Welsh.",
)


class _FileList:
    def __init__(self, block: Directive, listed: Element) -> None:
        self.block = block
        self.faults: list[Fault] = []
        self.sources: list[File] = []
        self.tracks: list[tuple[File, str]] = []
        self.posters: list[File] = []
        for item in listed.inside():
            file = _file(item)
            wrong = self._add_file(file) if file else (_NOT_A_LINK, _example(block))
            if wrong:
                self.faults.append(body_fault(block, item.line, *wrong))

    def _add_file(self, file: File) -> tuple[str, str] | None:
        """Add a file to the sources, tracks or posters by its extension; returns the problem with
        the file and its fix, or nothing."""
        name = PurePosixPath(unquote(file.link.target))
        ending = name.suffix.lower()
        video = self.block.name == "video"
        kind = FORMATS[ending].kind if ending in FORMATS else ""
        if kind == self.block.name:
            self.sources.append(file)
        elif ending == CAPTIONS and video:
            return self._add_captions(file, PurePosixPath(name.stem).suffix[1:])
        elif kind == "image" and video:
            self.posters.append(file)
            if len(self.posters) > 1:
                return _TWO_POSTERS
        else:
            known = ", ".join(endings(self.block.name))
            other_kinds = ", captions (vtt) and a poster (jpg, png, webp)" if video else ""
            return (
                f"lists “{name.name}”, which has the wrong type: allowed are {known}{other_kinds}",
                "Save the file as one of these types, or delete this line.",
            )
        return None

    def _add_captions(self, file: File, written: str) -> tuple[str, str] | None:
        language = written.lower() if _LANGUAGE.fullmatch(written) else ""
        taken = [known for _, known in self.tracks]
        self.tracks.append((file, language))
        return _SAME_LANGUAGE if language in taken else None

    def missing_files(self) -> Iterator[Fault]:
        """Yield a fault if the list has no recording, or a video has no captions."""
        if not self.sources and not self.faults:
            yield body_fault(
                self.block, self.block.line, "has no recording in its list", _example(self.block)
            )
        elif self.block.name == "video" and self.sources and not self.tracks:
            yield Fault(
                "captions-missing", self.block.line, self.block.column, _fault_words(self.block)
            )

    def parts(self, transcript: Content) -> dict[str, Part]:
        tracks: list[Part] = [{"file": file, "language": known} for file, known in self.tracks]
        return {
            "sources": tuple(self.sources),
            "tracks": tuple(tracks),
            "poster": self.posters[0] if self.posters else None,
            "transcript": transcript,
        }


def _file(item: Element) -> File | None:
    inside = item.inside()
    is_paragraph = len(inside) == 1 and inside[0].kind == "paragraph"
    leading = inside[0].leading_link() if is_paragraph else None
    if not leading or not targets.is_file(leading[0].target) or not is_blank(leading[2]):
        return None
    return File(leading[0], leading[1])


def _fault_words(block: Directive) -> dict[str, str]:
    return {"name": block.name, "title": block.argument}


def _example(block: Directive) -> str:
    if block.name == "audio":
        return "Write “- [Recording](media/name.mp3)”, and the transcript below an empty line."
    return (
        "Write “- [Video](media/name.mp4)”, then “- [English](media/name.en.vtt)” for captions, "
        "“- [Poster](media/name.jpg)” for a picture, and the transcript below an empty line."
    )


READERS: dict[str, Reader] = {"video": _read, "audio": _read}
