"""Archives that would harm whoever unpacks them: each is refused or read within 5 seconds and
200 MiB, and nothing is written."""

import json
import os
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from builder import cli
from builder.audit import audit
from tests.audit import hostile
from tests.audit.packages import Case
from tests.hostile.judging import faults
from tests.support.commands import finish

ROOT = Path(__file__).parent.parent.parent
SECONDS = 5
ODD_NAMES = ("evil\x1b[2J\u202e.zip", "a b.zip", "é.zip", "n.zip")


def audited(rows: list[hostile.Row], folder: Path) -> list[str]:
    """What is wrong with the audits of these archives."""
    archives, work = folder / "archives", folder / "work"
    archives.mkdir()
    work.mkdir()
    Case().zipped(archives / "first.zip")
    for at, (_, content, _) in enumerate(rows):
        (archives / f"{at:03}.zip").write_bytes(content)
    child = finish(
        [sys.executable, "-m", "tests.audit.auditing", str(archives)],
        cwd=work,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(work)},
    )
    assert child.returncode == 0, child.stderr[-2000:]
    output = [json.loads(line) for line in child.stdout.splitlines()]
    assert [name for name, *_ in output] == [*(f"{at:03}" for at in range(len(rows))), "first"]
    wrong = [f"left behind: {path}" for path in work.iterdir()]
    for (name, _, code), (_, seconds, codes) in zip(rows, output, strict=False):
        if seconds > SECONDS:
            wrong.append(f"{name}: {seconds:.1f} s")
        if code and code not in codes:
            wrong.append(f"{name}: {codes} instead of {code}")
        if code == hostile.REFUSED and codes != [code]:
            wrong.append(f"{name}: {codes}, although it is refused")
    return wrong


@pytest.mark.whole
def test_a_hundred_hostile_archives(tmp_path: Path) -> None:
    rows = list(hostile.archives())
    assert len(rows) >= 100
    assert audited(rows, tmp_path) == []


@pytest.mark.whole
@pytest.mark.parametrize("form", ["text", "json", "sarif", "html", "junit"])
def test_reports_about_them_can_be_printed(form: str, tmp_path: Path) -> None:
    wrong = []
    for at, (name, content, _) in enumerate(hostile.archives()):
        # The formats share the archives among them; all have those with the oddest names.
        if at % 5 and not 15 <= at < 30:
            continue
        path = tmp_path / ODD_NAMES[at % len(ODD_NAMES)]
        path.write_bytes(content)
        arguments = ["audit", str(path), "--format", form]
        result = CliRunner().invoke(cli.main, arguments)
        output = faults(arguments, tmp_path, result.exit_code, result.stdout, result.stderr)
        wrong += [f"{name}: {one}" for one in output]
        _parsed(form, result.stdout)
    assert wrong == []


def _parsed(form: str, text: str) -> None:
    """Raises where a report is not of the form that it should be."""
    if form in ("json", "sarif"):
        json.loads(text)
    elif form == "junit":
        ElementTree.fromstring(text)


@pytest.mark.thorough
def test_hostile_archives_that_take_long_to_make(tmp_path: Path) -> None:
    assert audited(list(hostile.archives(slow=True)), tmp_path) == []


def test_a_folder_with_a_link_is_not_read(tmp_path: Path) -> None:
    folder = Case().unpacked(tmp_path / "course")
    (folder / "secret.html").symlink_to("/etc/passwd")
    assert [one.code for one in audit(folder).findings] == ["zip-refused"]
