"""The courses of the golden diagnostics: a good one, and the changes of each case.

``tests/golden/diagnostics/SUBJECT.txt`` has the cases of the codes in
``builder/diagnostics/codes/SUBJECT.py``, in the notation of ``cases.py``. A case's title is its
code, with ``.VARIANT`` if a code has several cases. Titles that begin with ``noise.`` show several
codes. The parts of a case:

``@ edit PATH``      in this file, the lines after ``-`` are replaced by the lines after ``+``
``@ file PATH``      the lines below are this file, whether the good course has it or not
``@ delete PATH``    this file of the good course is deleted
``@ example FILE``   what ``explain`` shows: wrong lines of FILE after ``-``, right ones after ``+``
``@ expected``       every diagnostic with its hint

A case with binary files is a folder: ``in/`` with its files, ``deleted.txt`` with a path on each
line, ``example.txt`` with FILE in its first line, and ``expected.txt``.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from builder.course.load import load
from builder.course.validate import validate
from builder.diagnostics.diagnostic import Diagnostic, tidy
from tests.support import cases

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
GOOD = GOLDEN / "course"
DIAGNOSTICS = GOLDEN / "diagnostics"
TODAY = date(2026, 1, 31)


@dataclass(frozen=True)
class Case:
    """A case that was read from ``source``, a file of cases or its own folder.

    ``example`` has the name of a file and then its lines, and is empty if there is none.
    """

    name: str
    source: Path
    files: Mapping[str, bytes]
    deleted: tuple[str, ...]
    expected: str
    example: tuple[str, ...]

    @property
    def code(self) -> str:
        """The code that the case shows; ``noise`` for several."""
        return self.name.partition(".")[0]

    def apply(self, folder: Path) -> None:
        """Delete and write the case's files in a copy of the good course."""
        for name in self.deleted:
            (folder / name).unlink()
            if not any((folder / name).parent.iterdir()):
                (folder / name).parent.rmdir()
        for name, content in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)

    def write_expected(self, said: str) -> None:
        """Replace the expected diagnostics on disk."""
        if self.source.is_dir():
            (self.source / "expected.txt").write_text(said, "utf-8", newline="\n")
        else:
            cases.write_last_part(self.source, self.name, "expected", said)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that ends with a line break."""
    return tuple(text.removesuffix("\n").split("\n")) if text else ()


def _of_folder(folder: Path) -> Case:
    top = folder / "in"
    files = {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }
    deleted, example = (
        lines(path.read_text("utf-8")) if path.exists() else ()
        for path in (folder / "deleted.txt", folder / "example.txt")
    )
    expected = (folder / "expected.txt").read_text("utf-8")
    return Case(folder.name, folder, files, deleted, expected, example)


def _of_text(name: str, source: Path, text: str) -> Case:
    *changes, expected = cases.parts(text)
    assert expected[:2] == ("expected", ""), f"{source}: {name} does not end with @ expected"
    files: dict[str, bytes] = {}
    deleted: list[str] = []
    example: tuple[str, ...] = ()
    for word, rest, body in changes:
        match word:
            case "file":
                files[rest] = body.encode()
            case "edit":
                before = files.get(rest) or (GOOD / rest).read_bytes()
                files[rest] = cases.edit(before.decode("utf-8"), body).encode()
            case "delete":
                deleted.append(rest)
            case "example":
                assert not example, f"{source}: {name} has two examples"
                example = (rest, *lines(body))
            case _:
                raise AssertionError(f"{source}: {name} has a part @ {word}")
    return Case(name, source, files, tuple(deleted), expected.text, example)


def read(path: Path) -> list[Case]:
    """The cases of a file, or the one case of a folder."""
    if path.is_dir():
        return [_of_folder(path)]
    return [_of_text(name, path, text) for name, text in cases.read(path).items()]


CASES = sorted(
    (case for path in DIAGNOSTICS.iterdir() for case in read(path)), key=lambda case: case.name
)
BY_NAME = {case.name: case for case in CASES}
assert len(BY_NAME) == len(CASES), "two cases have the same name"

# Other tests show the codes below: of output folders and finished packages, of files that are too
# large for git or whose names Windows and macOS cannot tell apart, of missing interface texts, of a
# course compared with an older one or with a returned review, and of imported documents.
OF_FILES = (*("word-", "bank-", "import-", "remark-", "returned-", "approval-held"),)
"""Prefixes of codes about files that come from elsewhere: documents, banks, reviews, returned
translations."""
ELSEWHERE = (
    *("package-", "output-", "file-changed", "file-refused", "file-reserved"),
    *("since-", "refresher-", "file-too-large", "image-large", "picture-large"),
    *("file-repeated", "text-missing"),
    *("approval-undecided", "approval-unwritten", "approval-untranslated"),
    *OF_FILES,
)


def judged(folder: Path) -> tuple[Diagnostic, ...]:
    sources, found = load(folder)
    if sources is None:
        return tidy(found)
    outcome = validate(sources, TODAY)
    if any(one.severity == "error" for one in outcome.diagnostics):
        assert outcome.course is None
    return tidy((*found, *outcome.diagnostics))


def changed(case: Case, folder: Path) -> Path:
    """The good course with a case's changes, in ``folder``."""
    shutil.copytree(GOOD, folder, ignore=lambda *_: [])
    case.apply(folder)
    return folder
