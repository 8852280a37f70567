"""A bank is known by what stands in it, whatever its file is called, or by what its author says."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from builder import importing
from builder.cli import report as reporter
from builder.importing import formats
from tests.importing.banks.zipped import zipped

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "banks"
TODAY = date(2026, 11, 26)


def bank(kind: str, folder: Path) -> Path:
    """A bank of a format, in a file with the ending that it should have."""
    if kind == "qti-package":
        folder.mkdir()
        return zipped(GOLDEN / "qti-canvas" / "bank", folder)
    (path,) = (one for one in (GOLDEN / kind).iterdir() if one.stem == "bank")
    return path


@pytest.mark.whole
@pytest.mark.parametrize("called", ["bank", "bank.txt", "bank.dat", "bank.zip"])
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("aiken", "Aiken"),
        ("gift", "GIFT"),
        ("moodle-xml", "Moodle XML"),
        ("sheet", "CSV"),
        ("sheet-libreoffice", "XLSX"),
        ("qti-d2l", "QTI 1.2"),
        ("qti-package", "QTI 1.2"),
    ],
)
def test_it_may_be_called_anything(kind: str, name: str, called: str, tmp_path: Path) -> None:
    source = bank(kind, tmp_path / "own")
    path = tmp_path / called
    shutil.copyfile(source, path)
    form = formats.format_of(path)
    assert (form and form.name) == name
    assert form is not None
    document, expected = form.read(path)[0], form.read(source)[0]
    assert document is not None
    assert expected is not None
    assert len(document.blocks) == len(expected.blocks) > 0


def imported(path: Path, named: str) -> list[str]:
    request = importing.Request(
        source=path, folder=path.parent / "course", pages=None, today=TODAY, named=named
    )
    made, problems = importing.run(request)
    assert made is None
    return [reporter.problems([one]) for one in problems]


def test_a_name_that_is_wrong_is_told_with_what_helps(tmp_path: Path) -> None:
    workbook, package, prose = (tmp_path / name for name in ("sheet", "package", "prose"))
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    workbook.write_bytes(content.getvalue())
    shutil.copyfile(bank("qti-package", tmp_path / "own"), package)
    prose.write_text("Words of no bank.\n", "utf-8")
    (gift,) = imported(workbook, "gift")
    assert "This is a workbook" in gift
    assert "leave out “--from”" in gift
    (zip_,) = imported(package, "gift")
    assert "This is a zip. " in zip_
    assert "leave out “--from”" in zip_
    (sheet,) = imported(package, "xlsx")
    assert "This is a zip that holds no workbook" in sheet
    (qti,) = imported(workbook, "qti")
    assert "This is a zip without questions in QTI" in qti
    with pytest.raises(importing.RefusedError, match="name it after “--from”"):
        importing.run(
            importing.Request(source=prose, folder=tmp_path / "c", pages=None, today=TODAY)
        )
