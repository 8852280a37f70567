"""Every letter of a course's files, with the parts whose words it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.course import load
from builder.course.sources import PageFile, Place, Sources, Step, YamlFile

_SEGMENT = re.compile(r"[^\[\]()|{}<>*~^\"`\n]+")
"""What stands between marks of Markdown."""
_DIRECTIVE = re.compile(r"\s*:{3,} ?[\w-]*")
_LETTER = re.compile(r"[^\W\d_]")
_RULES = ("quiz", "questions")
_NAMES = frozenset(
    (
        *("id", "was", "type", "source", "match", "correct", "needed", "multiple", "credit"),
        *("forgive", "keep", "report", "pages", "help", "questions", "kind", "locked", "language"),
        *("retired", "tags", "shuffle", "answer", "reveal", "quiz"),
        *("tracking", "typography", "preset", "accent", "logo", "stylesheet", "show", "quick_exit"),
        "shown_by_test",
    )
)
"""Keys of what is no text: names of files and parts of the course, settings."""
_TITLE = "module"


@dataclass(frozen=True)
class Text:
    """A text of a file: the places of its letters in the file, and the parts that have it; whether
    it is only a name that files of the course go by, or a setting."""

    file: str
    letters: tuple[int, ...]
    owners: frozenset[str]
    name: bool = False

    @property
    def middle(self) -> int:
        """A letter within it."""
        return self.letters[len(self.letters) // 2]


def texts(folder: Path) -> list[Text]:
    """Every text of a course, in the order of its files."""
    sources, found = load.load(folder)
    assert sources is not None, found
    return [*_Texts(folder, sources).all()]


class _Texts:
    def __init__(self, folder: Path, sources: Sources) -> None:
        self.folder = folder
        self.sources = sources

    def all(self) -> Iterator[Text]:
        sources = self.sources
        for steps, start, end in self._leaves(sources.course):
            if owners := self._of_course(steps):
                yield from self._texts(sources.course.path, start, end, owners, _is_name(steps))
        for page in sources.pages.values():
            name, own = _id(page), _own_part(page)
            for steps, start, end in self._leaves(page.front):
                owners = _of_front(steps, name, own)
                yield from self._texts(page.path, start, end, owners, _is_name(steps))
            for start, end in self._lines(page):
                yield from self._texts(page.path, start, end, {own})
        for file in sources.questions.values():
            assert isinstance(file.value, list)
            for steps, start, end in self._leaves(file):
                owner = f"question/{file.value[int(steps[0])]['id']}"
                yield from self._texts(file.path, start, end, {owner}, _is_name(steps))
        for path in sources.captions:
            owners = {_own_part(page) for page in sources.pages.values() if path in page.body}
            yield from self._captions(path, owners)

    def _of_course(self, steps: Sequence[Step]) -> set[str]:
        first = steps[0]
        if first == "variables":
            return {f"value/{steps[1]}"}
        if first == "references":
            value: Any = self.sources.course.value
            address = f"address/{value['references'][int(steps[1])]['url']}"
            # Another address is another reference.
            return {address} if steps[2] != "url" else set()
        return {"course"}

    def _text(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def _texts(
        self, path: str, start: int, end: int, owners: set[str], name: bool = False
    ) -> Iterator[Text]:
        text = self._text(path)
        for segment in _SEGMENT.finditer(text, start, end):
            letters = tuple(
                one.start() for one in _LETTER.finditer(text, segment.start(), segment.end())
            )
            if letters:
                yield Text(path, letters, frozenset(owners), name)

    def _leaves(self, file: YamlFile) -> Iterator[tuple[Sequence[Step], int, int]]:
        """Where each scalar of a file stands: up to its end of line, or to the next key."""
        text = self._text(file.path)
        found = sorted(_scalars(file.value, file.place, ()), key=lambda one: one[1].at)
        keys = sorted(
            {_offset(text, place.key.line, place.key.column) for place in _all(file.place)}
        )
        for steps, place in found:
            start = _offset(text, place.at.line, place.at.column)
            line_end = text.find("\n", start)
            after = next((key for key in keys if key > start), len(text))
            end = min(line_end, after) if place.one_line else after
            yield steps, start, end

    def _lines(self, page: PageFile) -> Iterator[tuple[int, int]]:
        text = self._text(page.path)
        start = _offset(text, page.body_line, 1)
        for line in text[start:].split("\n"):
            named = _DIRECTIVE.match(line)
            yield start + (named.end() if named else 0), start + len(line)
            start += len(line) + 1

    def _captions(self, path: str, owners: set[str]) -> Iterator[Text]:
        text = self._text(path)
        start = 0
        for line in text.split("\n"):
            if "-->" not in line and line != "WEBVTT":
                yield from self._texts(path, start, start + len(line), owners)
            start += len(line) + 1


def _own_part(page: PageFile) -> str:
    """The part with the words of a page itself."""
    front: Any = page.front.value
    return f"{'scenario' if front.get('kind') == 'scenario' else 'page'}/{_id(page)}"


def _of_front(steps: Sequence[Step], name: str, own: str) -> set[str]:
    if steps[0] in ("record", "signature"):
        return {f"record/{name}"}
    return {f"quiz/{name}"} if steps[0] in _RULES else {own}


def _is_name(steps: Sequence[Step]) -> bool:
    return not _NAMES.isdisjoint(steps) and steps[-1] != _TITLE


def _id(page: PageFile) -> str:
    front: Any = page.front.value
    return str(front.get("id") or Path(page.path).stem)


def _scalars(
    value: object, place: Place, steps: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], Place]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _scalars(inner, place.parts[name], (*steps, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _scalars(inner, place.parts[index], (*steps, index))
    elif value is not None:
        yield steps, place


def _all(place: Place) -> Iterator[Place]:
    yield place
    for inner in place.parts.values():
        yield from _all(inner)


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1
