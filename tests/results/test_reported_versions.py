"""Answers are joined to the version that the player reported before them."""

from pathlib import Path

import pytest

from builder.results.joining import Joined, join
from builder.results.packages import read_packages
from builder.results.reading import report
from tests.results.evidence import packs
from tests.results.evidence.packs import ASK, DOOR, seen
from tests.results.moodle import Row


@pytest.fixture(scope="session")
def zips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return packs.both(tmp_path_factory)


def joined(zips: tuple[Path, Path], folder: Path, *rows: Row) -> Joined:
    packages, _ = read_packages(zips)
    known = {name for package in packages for name in package.asked}
    return join([report.read(packs.report(folder, rows), 0, known)], packages)


def test_versions_that_cannot_be_told_apart_otherwise(
    zips: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = map(packs.label, zips)
    found = joined(
        zips,
        tmp_path,
        Row("Ann", [seen(old), DOOR, ASK]),
        Row("Ben", [seen(new), DOOR, ASK, seen(new, "passed 2026-11-28")]),
        Row("Cai", [DOOR, ASK]),
        Row("Dee", [seen(old), DOOR, seen(new), ASK]),
    )
    assert [one.versions for one in found.quizzes["check"]] == [(0,), (1,), (0, 1), (1,)]
    assert [one.versions for one in found.practice] == [(0,), (1,), (0, 1), (0,)]
    assert dict(found.rows) == {"counted": 4}
    assert +found.answers == {"first": 4, "counted": 4}


def test_a_version_that_is_not_among_the_packages(zips: tuple[Path, Path], tmp_path: Path) -> None:
    found = joined(zips, tmp_path, Row("Ann", [seen("3.0 7KQ2-M9XR"), ASK]))
    assert dict(found.rows) == {"foreign": 1}


def test_somebody_who_only_opened_the_course(zips: tuple[Path, Path], tmp_path: Path) -> None:
    old = packs.label(zips[0])
    found = joined(zips, tmp_path, Row("Ann", [seen(old)]), Row("Ben", [seen(old), ASK]))
    assert dict(found.rows) == {"opened": 1, "counted": 1}
