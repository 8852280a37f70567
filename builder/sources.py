"""What a course folder holds, read but not yet judged: the result of ``load``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from builder.diagnostics import Position
from builder.immutable import immutable
from builder.patterns import late

STYLES = ".css"
"""How the name of a style sheet ends."""

CURLY = late(
    "[\u201c\u201d\u201e\u00ab\u2018\u201a](?P<text>[^\u2018-\u201f\u00ab\u00bb]+)"
    "[\u201c\u201d\u00ab\u00bb\u2018\u2019]"
)
"""A text in quotation marks as Word and phones make them, which mean nothing to YAML."""

Step = str | int
"""One step into a YAML value: the key of a mapping or the index of a list."""


@immutable
class Place:
    """Where a YAML value and each of its parts stand.

    ``at`` is the value's first character (of a quoted text, the one behind the quotation mark);
    ``key`` is where the key that names the value starts (``at`` again for a list item or a whole
    document). ``one_line`` is false for a text that goes on on further lines of the file,
    ``literal`` true where these are the lines of the text (YAML's ``|``).
    """

    at: Position
    key: Position
    parts: Mapping[Step, Place] = field(default_factory=dict)
    one_line: bool = True
    literal: bool = False

    def find(self, steps: Iterable[Step]) -> Place:
        """The place of the part at ``steps``, or of its nearest parent that the file has."""
        place = self
        for step in steps:
            if step not in place.parts:
                break
            place = place.parts[step]
        return place

    def moved(self, lines: int) -> Place:
        """The same place so many lines further down; its parts move when they are asked for."""
        at = Position(self.at.path, self.at.line + lines, self.at.column)
        key = Position(self.key.path, self.key.line + lines, self.key.column)
        parts = _Moved(self.parts, lines) if self.parts else self.parts
        return Place(at, key, parts, self.one_line, self.literal)


class _Moved(Mapping[Step, Place]):
    """Places so many ``lines`` further down than they are told."""

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
    """One YAML document. Every scalar is text (``None`` where it is empty): shapes give types."""

    path: str
    value: object
    place: Place


@immutable
class PageFile:
    """One Markdown file: its front matter, and its body with ``\\n`` line ends.

    ``body_line`` is the line of the file on which the body's first line stands, from 1.
    """

    path: str
    front: YamlFile
    body: str
    body_line: int


@immutable
class MediaFile:
    """One file below ``media/``. ``size`` is in bytes, ``sha256`` in hexadecimal.

    ``start`` are its first bytes, as many as tell what kind of file it is. ``pixels`` are the width
    and height of an image, if it says them; ``damage`` is why it cannot be shown whole, in words.
    """

    path: str
    file: Path
    size: int
    sha256: str
    start: bytes = b""
    pixels: tuple[int, int] | None = None
    damage: str = ""


@immutable
class Sources:
    """A whole course folder. The mappings are keyed by path, in the order of their names.

    ``approvals`` and ``remarks`` are ``None`` where there is no ``approvals.yaml`` and no
    ``remarks.yaml``.
    ``failed`` are the paths of files that exist but could not be read, and of which that has been
    said: nothing may be concluded from what they do not say. ``styles`` are the texts of the style
    sheets among the media, ``captions`` those of the captions.
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
