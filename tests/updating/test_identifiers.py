"""An LMS takes every build of a course id for the same course, whatever was edited in between."""

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from builder import cli
from tests.support.golden import GOLDEN, Case, read

EDITS = read(GOLDEN / "compare.txt")
CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"


def identifiers(course: str) -> dict[str, list[str]]:
    """The identifiers in the manifest of a new build, by the name of their element."""
    arguments = ["build", course, "-o", f"{course}-dist"]
    assert CliRunner().invoke(cli.main, arguments, catch_exceptions=False).exit_code == 0
    [package] = Path(f"{course}-dist").glob("*.zip")
    with zipfile.ZipFile(package) as archive:
        root = etree.fromstring(archive.read("imsmanifest.xml"))
    names = ("manifest", "organization", "item", "resource")
    return {name: [one.get("identifier", "") for one in root.iter(CP + name)] for name in names}


@pytest.mark.whole
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_they_change_with_the_course_id_alone(
    edit: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOLDEN / "course", "old")
    shutil.copytree(GOLDEN / "course", "new")
    edit.apply(Path("new"))
    old, new = identifiers("old"), identifiers("new")
    assert {name: len(found) for name, found in old.items()} == dict.fromkeys(old, 1)
    if edit.name == "another-course":
        assert all(old[name] != new[name] for name in old)
    else:
        assert old == new
