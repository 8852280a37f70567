"""The words of a package are what its trainees can read: every text of the showcase's files is
changed, and the code of each part that shows the change differs, and no other.

What is shown is read off the whole package (``shown.everything``), not off
``builder/course/approvals``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from builder.base.cache import MemoryCache
from builder.course import approvals, load, validate
from builder.diagnostics.diagnostic import Severity
from tests.approvals.sources import Text, texts
from tests.exporting import shown
from tests.support.packages import ROOT
from tests.support.showcase import in_one_language

pytestmark = pytest.mark.whole

TODAY = date(2026, 11, 29)
SHOWCASE = ROOT / "tests" / "showcase"
_LETTERS = [chr(code) for code in range(0x4E00, 0x9FA5)]
"""No course has them: each stands for the one place where it was put."""
_QUOTE = re.compile(r"^ +quote:.*\n(?: +(?:- )?\S.*\n)*?(?=\n|  ?\S| +\w+:|- |\Z)", re.MULTILINE)


_LINKS = (
    r"^pages/[\w-]+\.md: ([\w./#-]+\.\w+|[a-z_-]+|[a-z.-]+#[a-z-]+|[a-z-]+ was=[a-z-]+"
    r"|. \.[a-z]+)$|^questions/.*media/"
)
UNSEEN = {
    "the cellar": "a local value is approved with what it is, also where a page says that itself",
    **dict.fromkeys(
        ("Video", "Recording", "WebM", "MP", "Poster"),
        "a recording is named by its file; the author's words stand in no page",
    ),
}
"""Texts that nobody sees, and that have a code nevertheless: why."""
LINKED = ["pages/tables-and-words.md: Root ball", "pages/tables-and-words.md: Saucer"]
"""Texts that cannot change alone: links lead to them by their words."""


@dataclass(frozen=True)
class Change:
    """Another letter in a text."""

    text: Text
    at: int
    letter: str


@dataclass(frozen=True)
class Read:
    """A course as it is read: the code of each part, all that is shown."""

    codes: Mapping[str, str]
    shown: Counter[str]

    def has(self, letter: str) -> bool:
        """Whether a letter is shown anywhere."""
        return any(letter in text for text in self.shown)


class Editing:
    """The showcase in a folder, without quotations: they must agree with the text of a page."""

    def __init__(self, folder: Path) -> None:
        self.folder = in_one_language(folder)
        for file in self.folder.glob("questions/*.yaml"):
            file.write_text(_QUOTE.sub("", file.read_text("utf-8")), "utf-8")
        (self.folder / "approvals.yaml").unlink()
        self.texts = texts(self.folder)
        self._caches = MemoryCache(), MemoryCache(), MemoryCache()
        self.refused: list[str] = []
        before, wrong = self._read()
        assert before is not None, wrong
        self.before = before

    def _read(self) -> tuple[Read | None, set[tuple[str, int]]]:
        """The course as it is now, or where its errors stand."""
        loading, judging, rendering = self._caches
        sources, problems = load.load(self.folder, loading)
        judged = validate.validate(sources, TODAY, judging) if sources else None
        found = (*problems, *(judged.diagnostics if judged else ()))
        errors = {one.position for one in found if one.severity is Severity.ERROR}
        if judged is None or judged.course is None or errors:
            return None, {(at.path, at.line) for at in errors}
        codes = {part.id: part.code for part in approvals.parts(judged.course)}
        told = shown.everything(judged.course, rendering)
        return Read(codes, Counter(unquote(text) for text in told.elements())), set()

    def edited(self, changes: Sequence[Change]) -> Iterator[tuple[Read, Sequence[Change]]]:
        """The course with these changes; without those that make it wrong, as a letter of an id or
        of a file's name does."""
        read, wrong = self._written(changes)
        if read is not None:
            yield read, changes
            return
        if len(changes) == 1:
            self.refused.append(self.named(changes[0]))
            return
        there = [one for one in changes if self._place(one) in wrong]
        if not 0 < len(there) < len(changes):
            there = list(changes[: len(changes) // 2])
        for half in (there, [one for one in changes if one not in there]):
            yield from self.edited(half)

    def _place(self, change: Change) -> tuple[str, int]:
        text = (self.folder / change.text.file).read_text("utf-8")
        return change.text.file, text.count("\n", 0, change.at) + 1

    def named(self, change: Change) -> str:
        """The file and the text that changes."""
        return f"{change.text.file}: {self.words(change)}"

    def words(self, change: Change) -> str:
        """The text that changes, as it was."""
        letters = change.text.letters
        return (self.folder / change.text.file).read_text("utf-8")[letters[0] : letters[-1] + 1]

    def _written(self, changes: Sequence[Change]) -> tuple[Read | None, set[tuple[str, int]]]:
        kept: dict[Path, str] = {}
        for one in changes:
            path = self.folder / one.text.file
            now = path.read_text("utf-8")
            kept.setdefault(path, now)
            path.write_text(f"{now[: one.at]}{one.letter}{now[one.at + 1 :]}", "utf-8")
        try:
            return self._read()
        finally:
            for path, before in kept.items():
                path.write_text(before, "utf-8")

    def touched(self, read: Read) -> set[str]:
        """The parts whose codes are not those of before, or that there were not."""
        before, now = self.before.codes, read.codes
        return {part for part in before.keys() | now if before.get(part) != now.get(part)}

    def wrong(self, changes: Sequence[Change]) -> Iterator[str]:
        """What is wrong with the codes once these letters are others."""
        for read, made in self.edited(changes):
            expected = {owner for one in made if read.has(one.letter) for owner in one.text.owners}
            doubtful = self.touched(read) ^ expected
            # A change may show without its letter: one by one it is told by all that is shown.
            single = [one for one in made if not doubtful.isdisjoint(one.text.owners)]
            yield from (wrong for one in single for wrong in self._wrong(one))
            owned = {owner for one in made for owner in one.text.owners}
            # A letter of an address that a page leads to makes another address of it.
            for part in sorted(doubtful - owned):
                if not part.startswith("address/"):
                    yield f"{part} is touched by no text of its own"

    def _wrong(self, change: Change) -> Iterator[str]:
        [(read, _)] = self.edited([change])
        touched = self.touched(read)
        owners = change.text.owners if read.shown != self.before.shown else frozenset()
        others = {part for part in touched - owners if not part.startswith("address/")}
        if (others or owners - touched) and self.words(change) not in UNSEEN:
            yield f"{self.named(change)}: touched {sorted(touched)}, shown in {sorted(owners)}"


def rounds(found: Sequence[Text], letters: bool) -> Iterator[list[Change]]:
    """Changes to be made at once, one in each part: a letter of each text, or each letter."""
    waiting: dict[frozenset[str], list[tuple[Text, int]]] = {}
    for text in found:
        places = text.letters if letters else () if text.name else (text.middle,)
        waiting.setdefault(text.owners, []).extend((text, at) for at in places)
    for turn in range(max(map(len, waiting.values()))):
        places_now = [places[turn] for places in waiting.values() if turn < len(places)]
        yield [Change(*one, letter) for one, letter in zip(places_now, _LETTERS, strict=False)]


def test_text_change_affects_only_parts_that_show_it(tmp_path: Path) -> None:
    editing = Editing(tmp_path / "course")
    found = [one for changes in rounds(editing.texts, False) for one in editing.wrong(changes)]
    assert found == []
    # What cannot change alone are names of files, of parts of the course and of local values.
    assert [one for one in editing.refused if not re.search(_LINKS, one)] == LINKED


@pytest.mark.thorough
def test_letter_change_affects_only_parts_that_show_it(tmp_path: Path) -> None:
    editing = Editing(tmp_path / "course")
    found = [one for changes in rounds(editing.texts, True) for one in editing.wrong(changes)]
    assert found == []
