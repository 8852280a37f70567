"""translate-toolkit, which Weblate and Pootle use, reads and writes our files as we do.

It is under the GPL and no dependency: install it to run these tests.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from builder.translating import commands, po_file, xliff_reading
from tests.conftest import ROOT

pytest.importorskip("translate.storage.xliff")

from translate.storage import pypo, xliff

TODAY = date(2026, 1, 31)
TOTAL, OPEN = 377, 40


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The showcase in the pseudo-language as PO and XLIFF; some messages are stale or missing."""
    folder = shutil.copytree(ROOT / "tests/showcase", tmp_path_factory.mktemp("course") / "course")
    course, _ = commands.read(folder, TODAY)
    assert course
    commands.translate(course, "en-XA", TODAY, None)
    po = (folder / "translations/en-XA.po").rename(folder / "translations/pl.po")
    document = po_file.parse(po.read_text("utf-8"))
    for entry in document.entries[:OPEN]:
        entry.mark(stale=True)
    for entry in document.entries[-OPEN:]:
        entry.changed().msgstr = ""
    po.write_bytes(document.written())
    made = commands.translate(course, "pl", TODAY, folder / "pl.xlf")
    assert isinstance(made, commands.Translated)
    return po, folder / "pl.xlf"


def test_it_reads_our_po_file_and_we_read_its(files: tuple[Path, Path]) -> None:
    ours = po_file.parse(files[0].read_text("utf-8"))
    theirs = pypo.pofile.parsefile(str(files[0]))
    units = [unit for unit in theirs.units if not unit.isheader()]
    assert [(unit.getcontext(), unit.source, unit.target, unit.isfuzzy()) for unit in units] == [
        (*entry.key, entry.po.msgstr, entry.po.fuzzy) for entry in ours.entries
    ]
    assert len(units) == TOTAL
    again = po_file.parse(bytes(theirs).decode())
    assert [(one.key, one.po.msgstr, one.po.fuzzy, one.po.comment) for one in again.entries] == [
        (one.key, one.po.msgstr, one.po.fuzzy, one.po.comment) for one in ours.entries
    ]


def test_it_reads_our_xliff_file_and_we_read_its(files: tuple[Path, Path]) -> None:
    raw = files[1].read_bytes()
    theirs = xliff.xlifffile.parsestring(raw)
    entries = {one.key: one for one in po_file.parse(files[0].read_text("utf-8")).entries}
    assert len(theirs.units) == len(entries) == TOTAL
    states = [
        "missing" if not unit.target else "stale" if unit.isfuzzy() else "translated"
        for unit in theirs.units
    ]
    assert [states.count(one) for one in ("missing", "stale", "translated")] == [
        *(OPEN, OPEN, TOTAL - 2 * OPEN)
    ]
    ours, again = xliff_reading.read(raw), xliff_reading.read(bytes(theirs))
    assert (again.course, again.language) == (ours.course, ours.language) == ("showcase", "pl")
    for one, other in zip(again.units, ours.units, strict=True):
        assert (one.id, one.part, one.source, one.state) == (
            *(other.id, other.part, other.source, other.state),
        )
        assert _text(one.target) == _text(other.target)


def _text(element: object) -> str:
    return "" if element is None else xliff_reading.as_shown(element)
