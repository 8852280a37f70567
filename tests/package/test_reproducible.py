"""The same course gives the same bytes, wherever and whenever it is built."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import cli
from tests.conftest import ROOT

pytestmark = pytest.mark.whole

COURSE = ROOT / "course"


def built(course: Path, output: Path, umask: int = 0o022, **environment: str) -> bytes:
    command = [sys.executable, "-m", "builder", "build", str(course), "-o", str(output)]
    subprocess.run(
        command,
        cwd=output.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        umask=umask,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=60,
    )
    (path,) = output.glob("*.zip")
    (key,) = output.glob("*-key.csv")
    return path.read_bytes() + key.read_bytes()


def copied(source: Path, target: Path, *, windows: bool = False) -> Path:
    """A copy made in the opposite order, with other dates, and Windows line ends if asked."""
    for path in sorted(source.rglob("*"), reverse=True):
        copy = target / path.relative_to(source)
        if path.is_dir():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        if windows:
            content = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
        copy.write_bytes(content)
        os.utime(copy, (1e9, 1e9))
    return target


@pytest.fixture
def package_bytes(tmp_path: Path) -> bytes:
    return built(COURSE, tmp_path / "here")


def test_in_another_folder_zone_language_order_and_mask(
    tmp_path: Path, package_bytes: bytes
) -> None:
    there = copied(COURSE, tmp_path / "a folder" / "course")
    other = built(
        there,
        tmp_path / "a folder" / "out",
        umask=0o077,
        TZ="Pacific/Kiritimati",
        LANG="ar_EG.UTF-8",
        LC_ALL="C",
        PYTHONHASHSEED="7",
    )
    assert other == package_bytes


def test_with_windows_line_ends_and_byte_order_marks(tmp_path: Path, package_bytes: bytes) -> None:
    there = copied(COURSE, tmp_path / "windows" / "course", windows=True)
    assert built(there, tmp_path / "windows" / "out") == package_bytes


def test_on_another_day(
    tmp_path: Path, package_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_today", lambda: date(2031, 2, 3))
    arguments = ["build", str(COURSE), "-o", str(tmp_path / "later")]
    assert CliRunner().invoke(cli.main, arguments, catch_exceptions=False).exit_code == 0
    (path,) = (tmp_path / "later").glob("*.zip")
    (key,) = (tmp_path / "later").glob("*-key.csv")
    assert path.read_bytes() + key.read_bytes() == package_bytes


def test_building_twice_into_one_folder_changes_nothing(
    tmp_path: Path, package_bytes: bytes
) -> None:
    assert built(COURSE, tmp_path / "here") == package_bytes


def test_one_word_more_is_another_package(tmp_path: Path, package_bytes: bytes) -> None:
    there = Path(shutil.copytree(COURSE, tmp_path / "changed"))
    page = there / "pages" / "definition.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert built(there, tmp_path / "out") != package_bytes
