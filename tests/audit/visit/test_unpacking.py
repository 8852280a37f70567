"""A zip is unpacked into a temporary folder, within bounds, and nothing is left of it."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest

from builder.audit import audit
from builder.audit.visit import unpacking, visited
from tests.audit.visit import good_player


def zipped(folder: Path, to: Path) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    return to


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary ones are made."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_zip_is_unpacked_unchanged_and_removed_afterwards(tmp_path: Path, temporary: Path) -> None:
    course = good_player.write(tmp_path / "course")
    with unpacking.unpacked(zipped(course, tmp_path / "course.zip")) as folder:
        assert folder.parent == temporary.resolve()
        assert {one.name: one.read_bytes() for one in folder.iterdir()} == {
            one.name: one.read_bytes() for one in course.iterdir()
        }
    assert [*temporary.iterdir()] == []


def test_a_folder_is_used_where_it_lies(tmp_path: Path) -> None:
    with unpacking.unpacked(tmp_path) as folder:
        assert folder == tmp_path


def test_oversized_package_is_not_visited_and_leaves_nothing(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = zipped(good_player.write(tmp_path / "course"), tmp_path / "course.zip")
    monkeypatch.setattr(unpacking, "LIMIT", 3_000)
    seen = visited(package, audit(package), None)
    assert not seen.visited
    assert "It was not visited: it is larger than a gigabyte when unpacked." in seen.not_reached
    assert [*temporary.iterdir()] == []


def test_refused_zip_is_never_unpacked(tmp_path: Path, temporary: Path) -> None:
    package = tmp_path / "course.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("imsmanifest.xml", good_player.MANIFEST)
        archive.writestr("../outside.html", "")
    seen = visited(package, audit(package), None)
    assert not seen.visited
    assert not (temporary.parent / "outside.html").exists()
    assert [*temporary.iterdir()] == []
