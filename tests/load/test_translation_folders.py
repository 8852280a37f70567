"""Folders in translations/ that are not read: each is reported, and no file in them is used."""

import shutil
from pathlib import Path

import pytest

from builder.course.load import load
from tests.support.golden import GOOD
from tests.support.translations import write_po


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "course")


def reported(course: Path) -> list[tuple[str, str, str]]:
    _, problems = load(course)
    return [(one.position.path, one.severity, one.code) for one in problems]


def test_a_folder_with_the_name_of_a_translation(course: Path) -> None:
    (course / "translations" / "pl.po").mkdir(parents=True)
    assert reported(course) == [("translations/pl.po", "error", "file-unreadable")]
    _, [problem] = load(course)
    assert "it is a folder, not a file" in problem.message


@pytest.mark.parametrize("folder", ["translations/old", "translations/interface/old"])
def test_a_folder_of_translations_is_not_read(course: Path, folder: str) -> None:
    file = write_po(course, "pl", lambda one: one.text)
    (course / folder).mkdir(parents=True)
    file.rename(course / folder / "pl.po")
    sources, _ = load(course)
    assert sources is not None
    assert (sources.translations, sources.interface) == ({}, {})
    assert reported(course) == [(folder, "warning", "file-ignored")]


def test_known_and_hidden_translation_folders_are_not_reported(course: Path) -> None:
    write_po(course, "pl", lambda one: one.text)
    (course / "translations" / "interface").mkdir()
    (course / "translations" / ".git").mkdir()
    assert reported(course) == []
