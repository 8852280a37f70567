"""Measures how long a bank of 5,000 questions takes in each format: to be read, and to become a
course by the whole command ``import``. The time to read is compared with that of a library which
reads the same file. All times are CPU seconds, the best of several runs.

The ratio means something else for each format:

- GIFT and Excel: gift-pegjs and openpyxl read the format as we do, so the ratio is limited.
- Moodle XML: lxml parses the XML, and the HTML of the texts. This is most of the work, so the ratio
  is limited, too.
- QTI: lxml only parses the XML. It does not evaluate the rules that say which answer is right.
- CSV and Aiken: the csv module (written in C) only splits cells, and for Aiken, which has no
  library, lines are matched with a pattern. The ratio shows how small this part of the work is.

The exit code is 1 if a ratio exceeds its limit. Our time leaves out the start of Python and the
loading of modules that every import needs. A library's time includes the start of its process.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from builder.exporting import spreadsheet
from builder.exporting.spreadsheet import workbook
from tests.importing.banks.writers import WRITERS, Asked, entries, qti_2
from tests.support.node import node
from tools.bench import best

QUESTIONS = 5_000
MOST = 3
"""Maximum ratio of our time to that of a library that reads the same format."""
REPEATS = 2
_PEGJS = Path(__file__).resolve().parents[1] / "node_modules" / "gift-pegjs"
READ = """
import gc, sys
from pathlib import Path
from builder.importing import formats
gc.disable()  # As every command does.
path = Path(sys.argv[1])
form = formats.format_of(path)
assert form.read(path)[0]
"""
NOTHING = """
import pathlib, sys
import builder.course.markdown, builder.course.questions
from builder.importing import formats
"""
LXML = """
import sys, zipfile
from lxml import etree, html
if sys.argv[1].endswith(".zip"):
    with zipfile.ZipFile(sys.argv[1]) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
else:
    for one in etree.parse(sys.argv[1]).iter("text"):
        html.fragment_fromstring(one.text or "", create_parent=True)
"""
LINES = """
import re, sys
for line in open(sys.argv[1], encoding="utf-8"):
    re.match(r"ANSWER:|[A-Z][.)]", line)
"""
CELLS = """
import csv, sys
for row in csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")):
    pass
"""
OPENPYXL = """
import sys
from openpyxl import load_workbook
for sheet in load_workbook(sys.argv[1], read_only=True, data_only=True, rich_text=True):
    for row in sheet.iter_rows(values_only=True):
        pass
"""
PEGJS = """
const { readFileSync } = require("node:fs");
const { parse } = require(process.argv[1]);
parse(readFileSync(process.argv[2], "utf8"));
"""


@dataclass(frozen=True, slots=True)
class Library:
    """A library with which we compare: its name, the command to which the path of the bank is
    appended, and whether the ratio is limited because it does as much as we do."""

    name: str
    command: tuple[str, ...]
    judged: bool = False


def _python(code: str) -> tuple[str, ...]:
    return sys.executable, "-c", code


LIBRARIES = {
    "aiken": Library("its lines", _python(LINES)),
    "gift": Library("gift-pegjs", (node(), "-e", PEGJS, str(_PEGJS)), judged=True),
    "moodle-xml": Library("lxml, XML and HTML", _python(LXML), judged=True),
    "qti-1": Library("lxml", _python(LXML)),
    "qti-2": Library("zipfile and lxml", _python(LXML)),
    "csv": Library("csv", _python(CELLS)),
    "xlsx": Library("openpyxl", _python(OPENPYXL), judged=True),
}


def main() -> int:
    """Measure all formats and print the results; returns 1 if a ratio exceeds its limit."""
    bank = [
        Asked(
            f"Question {at} asks what is to be done first when it rings?",
            ("Leave by the nearest exit", "Fetch the coat", "Finish it", "Call somebody"),
        )
        for at in range(QUESTIONS)
    ]
    heads = ("read", "library", "ratio", "a course")
    print(f"{f'{QUESTIONS:,} questions':<18}{''.join(f'{head:>10}' for head in heads)}")
    with tempfile.TemporaryDirectory() as folder:
        # Cache compiled modules, as for an installed program.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        held = [_measured(name, bank, Path(folder)) for name in LIBRARIES]
    print(f"* reads the format, too: reading may take {MOST} × what it takes")
    return 0 if all(held) else 1


def _measured(name: str, bank: list[Asked], folder: Path) -> bool:
    path = _WRITTEN.get(name, _text)(name, bank, folder)
    library = LIBRARIES[name]
    course = folder / "course"
    runs = {
        "read": [*_python(READ), str(path)],
        "start": [*_python(NOTHING)],
        "library": [*library.command, str(path)],
    }
    times = dict(zip(runs, best([*runs.values()], REPEATS), strict=True))
    whole = []
    for _ in range(REPEATS):
        shutil.rmtree(course, ignore_errors=True)
        command = [sys.executable, "-m", "builder", "import", str(path), "-o", str(course)]
        whole += best([command], 1)
    # Subtract the start of Python and the loading of modules.
    own = max(times["read"].processor - times["start"].processor, 0.001)
    alone = times["library"].processor
    told = f"{own / alone:>8.1f}×{'*' if library.judged else ' '}"
    course_time = min(run.processor for run in whole)
    line = f"{name:<18}{own:>8.2f} s{alone:>8.2f} s{told}{course_time:>8.2f} s  {library.name}"
    print(line, flush=True)
    return own / alone <= MOST or not library.judged


def _text(name: str, bank: list[Asked], folder: Path) -> Path:
    writer, file = WRITERS[name]
    path = folder / f"{name}{Path(file).suffix}"
    # gift-pegjs reads no colon in a comment.
    path.write_text(writer(bank).replace("no: ", "no "), "utf-8")
    return path


def _workbook(name: str, bank: list[Asked], folder: Path) -> Path:
    rows = [spreadsheet.row(one) for one in entries(bank)]
    path = folder / f"{name}.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in workbook.parts(rows).items():
            archive.writestr(part, content)
    return path


def _package(name: str, bank: list[Asked], folder: Path) -> Path:
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, one in enumerate(bank):
            archive.writestr(f"items/{at}.xml", qti_2([one]))
    return path


_WRITTEN: dict[str, Callable[[str, list[Asked], Path], Path]] = {
    "qti-2": _package,
    "xlsx": _workbook,
}

if __name__ == "__main__":
    sys.exit(main())
