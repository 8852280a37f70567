"""The same course gives the same bytes, wherever and whenever it is built."""

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import cli
from tests.conftest import ROOT
from tests.support.commands import finish

pytestmark = pytest.mark.whole

COURSE = ROOT / "course"


def built(course: Path, output: Path, umask: int = 0o022, **environment: str) -> bytes:
    ended = finish(
        [sys.executable, "-m", "builder", "build", str(course), "-o", str(output)],
        cwd=output.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        umask=umask,
    )
    assert ended.returncode == 0, ended.stderr
    return content(output)


def command(course: Path, output: Path) -> bytes:
    """The same in this process."""
    arguments = ["build", str(course), "-o", str(output)]
    assert CliRunner().invoke(cli.main, arguments, catch_exceptions=False).exit_code == 0
    return content(output)


def copied(source: Path, target: Path) -> Path:
    """A copy made in the opposite order, with other dates, and as Windows writes it: its line ends
    and byte order marks."""
    for path in sorted(source.rglob("*"), reverse=True):
        copy = target / path.relative_to(source)
        if path.is_dir():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
        os.utime(copy, (1e9, 1e9))
    return target


def content(folder: Path) -> bytes:
    """The package and its key."""
    (path,) = folder.glob("*.zip")
    (key,) = folder.glob("*-key.csv")
    return path.read_bytes() + key.read_bytes()


@pytest.fixture
def package_bytes(package: Path) -> bytes:
    return content(package.parent)


def test_same_bytes_from_any_folder_zone_language_or_windows(
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


def test_on_another_day(
    tmp_path: Path, package_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_today", lambda: date(2031, 2, 3))
    assert command(COURSE, tmp_path / "later") == package_bytes


def test_building_twice_into_one_folder_changes_nothing(
    tmp_path: Path, package: Path, package_bytes: bytes
) -> None:
    here = shutil.copytree(package.parent, tmp_path / "here")
    assert command(COURSE, here) == package_bytes


def test_one_word_more_is_another_package(tmp_path: Path, package_bytes: bytes) -> None:
    there = Path(shutil.copytree(COURSE, tmp_path / "changed"))
    page = there / "pages" / "definition.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert command(there, tmp_path / "out") != package_bytes
