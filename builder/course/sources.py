"""The content of a course folder, read but not yet validated: the result of ``load``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base.immutable import immutable
from builder.base.patterns import late
from builder.diagnostics.diagnostic import Position

if TYPE_CHECKING:
    from builder.course.markdown import Translate

STYLES = ".css"
"""The extension of a style sheet."""

CURLY = late(
    "[\u201c\u201d\u201e\u00ab\u2018\u201a](?P<text>[^\u2018-\u201f\u00ab\u00bb]+)"
    "[\u201c\u201d\u00ab\u00bb\u2018\u2019]"
)
"""Matches a text in curly or angle quotation marks, which Word and phones insert and which have no
meaning in YAML."""

Step = str | int
"""One step into a YAML value: the key of a mapping or the index of a list."""


@immutable
class Place:
    """The position of a YAML value and of its parts.

    ``at`` is the position of the value's first character (in a quoted text, the one after the
    quotation mark). ``key`` is the start of the key before the value; for a list item or a whole
    document, it is the same as ``at``. ``parts`` are the places of the values in a mapping or list.
    ``one_line`` is false for a text that spans several lines; ``literal`` is true if its line
    breaks are part of the text (YAML's ``|``). In a translated course, ``foreign`` are the language
    and writing direction of a text that is not translated, and ``translate`` returns the rendition
    of each block of a text with blocks.
    """

    at: Position
    key: Position
    parts: Mapping[Step, Place] = field(default_factory=dict)
    one_line: bool = True
    literal: bool = False
    foreign: tuple[str, str] | None = None
    translate: Translate | None = None

    def find(self, steps: Iterable[Step]) -> Place:
        """The place of the part at the path ``steps`` (keys and indexes), or of the part's nearest
        existing parent."""
        place = self
        for step in steps:
            if step not in place.parts:
                break
            place = place.parts[step]
        return place

    def moved(self, lines: int) -> Place:
        """A copy of this place moved down by a number of lines; its parts are moved on demand."""
        at = Position(self.at.path, self.at.line + lines, self.at.column)
        key = Position(self.key.path, self.key.line + lines, self.key.column)
        parts = _MovedPlaces(self.parts, lines) if self.parts else self.parts
        return Place(at, key, parts, self.one_line, self.literal)


class _MovedPlaces(Mapping[Step, Place]):
    """A mapping of places that moves each place down by ``lines`` when it is first used."""

    def __init__(self, parts: Mapping[Step, Place], lines: int) -> None:
        self._parts = parts
        self._lines = lines
        self._moved: dict[Step, Place] = {}

    def __getitem__(self, step: Step) -> Place:
        found = self._moved.get(step)
        if found is None:
            found = self._moved[step] = self._parts[step].moved(self._lines)
        return found

    def __contains__(self, step: object) -> bool:
        return step in self._parts

    def __iter__(self) -> Iterator[Step]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


@immutable
class YamlFile:
    """One YAML document, as mappings, lists and texts.

    Every scalar is a text (``None`` if empty); shapes (``builder.course.shaping``) convert it to
    other types.
    """

    path: str
    value: object
    place: Place


@immutable
class PageFile:
    """One Markdown file: its front matter, and its body with ``\\n`` line ends.

    ``body_line`` is the line number of the body's first line, from 1. In a translated course,
    ``translate`` returns the rendition of each block.
    """

    path: str
    front: YamlFile
    body: str
    body_line: int
    translate: Translate | None = None


@immutable
class MediaFile:
    """One file below ``media/``; ``size`` is in bytes, ``sha256`` in hexadecimal.

    ``file`` is its path on disk. ``start`` are its first bytes, enough to detect the format.
    ``pixels`` are the width and height of an image, if known. ``damage`` describes why an image
    cannot be shown completely; empty if it can. ``seconds`` is the duration of a recording, if
    known. ``content`` replaces that of the file on disk, such as captions that are translated.
    """

    path: str
    file: Path
    size: int
    sha256: str
    start: bytes = b""
    pixels: tuple[int, int] | None = None
    damage: str = ""
    seconds: int | None = None
    content: bytes | None = None


@immutable
class PoEntry:
    """One entry of a PO file.

    - ``part``: its ``msgctxt``, the id of the part of the course that shows the text.
    - ``text``: its ``msgid``, the text in the source language; ``translation``: its ``msgstr``.
    - ``fuzzy``: marked as stale; ``obsolete``: commented out, since the text no longer exists.
    - ``line``: the line of its ``msgstr``, from 1.
    - ``previous``: the earlier text in the source language, of which this is a translation.
    - ``plural``: its ``msgid_plural``; ``forms``: the translations of its plural forms, in order.
    """

    part: str
    text: str
    translation: str
    fuzzy: bool
    obsolete: bool
    line: int
    previous: str = ""
    plural: str = ""
    forms: tuple[str, ...] = ()


@immutable
class PoFile:
    """A file of ``translations/``: its path, the tag of its language, and its entries.

    ``headers`` are the entries of its header, such as ``Project-Id-Version``. ``plurals_line`` is
    the number of the line with ``Plural-Forms``, 1 if there is none.
    """

    path: str
    tag: str
    entries: tuple[PoEntry, ...]
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    plurals_line: int = 1


@immutable
class Sources:
    """All files of a course folder. The keys of the mappings are the paths of the files, sorted.

    ``approvals`` and ``remarks`` are ``None`` without an ``approvals.yaml`` or ``remarks.yaml``.
    ``failed`` are the paths of files that exist but could not be read, for which an error was
    reported. If it is not empty, a rule must not report content as missing. ``styles`` are the
    texts of style sheets, ``captions`` those of caption files. ``translations`` are the
    translations of the course by tag, ``interface`` the course's own interface texts by tag.
    ``unread`` are the tags of translations that were left out, because one language was requested.
    """

    course: YamlFile
    pages: Mapping[str, PageFile]
    questions: Mapping[str, YamlFile]
    media: Mapping[str, MediaFile]
    failed: frozenset[str] = frozenset()
    styles: Mapping[str, str] = field(default_factory=dict)
    captions: Mapping[str, str] = field(default_factory=dict)
    approvals: YamlFile | None = None
    remarks: YamlFile | None = None
    translations: Mapping[str, PoFile] = field(default_factory=dict)
    interface: Mapping[str, PoFile] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
