"""What is special on Windows, as far as it can be simulated elsewhere: what consoles can show,
files that another program holds open, names that the system keeps for itself."""

import ntpath
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path, PureWindowsPath

import pytest

from builder.base import temporary
from builder.base.slugs import kept_by_windows
from builder.package import archive as package
from builder.package import pipeline
from builder.package.artifacts import Member
from tests.conftest import ROOT
from tests.support.commands import finish

GOOD = ROOT / "tests" / "golden" / "course"
TODAY = date(2026, 1, 31)
MEMBERS = [Member("imsmanifest.xml", b"<manifest/>"), Member("index.html", b"<p>A page</p>")]
KEY = Member("course-key.csv", b"the new key")


class Holder:
    """Another program, which holds a file for as many attempts as ``times``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
        self.waited: list[float] = []
        whole = Path.replace

        def replace(file: Path, target: Path) -> Path:
            if name in (file.name, Path(target).name) and len(self.waited) < times:
                raise PermissionError(13, "The process cannot access the file", str(file), 32)
            return whole(file, target)

        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr(temporary.time, "sleep", self.waited.append)


def before(folder: Path) -> tuple[Path, Path]:
    final, key = folder / "course.zip", folder / KEY.name
    final.write_bytes(b"the previous package")
    key.write_bytes(b"the previous key")
    return final, key


@pytest.mark.parametrize("held", ["course.zip", KEY.name])
def test_file_open_elsewhere_is_kept_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    final, key = before(tmp_path)
    holder = Holder(monkeypatch, held, 100)
    _, [found] = package.publish(MEMBERS, final, lambda path: (), KEY)
    assert found.code == "output-open"
    assert found.message == (
        f"“{held}” is open in another program, or you do not have permission to replace it. It was "
        "not changed."
    )
    assert found.position.path == (tmp_path / held).as_posix()
    monkeypatch.undo()
    assert (final.read_bytes(), key.read_bytes()) == (b"the previous package", b"the previous key")
    assert {path.name for path in tmp_path.iterdir()} == {"course.zip", KEY.name}
    assert 1 < sum(holder.waited[:4]) < 2


@pytest.mark.parametrize("held", ["course.zip", KEY.name])
def test_a_folder_that_is_being_synchronised_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    final, key = before(tmp_path)
    holder = Holder(monkeypatch, held, 2)
    assert package.publish(MEMBERS, final, lambda path: (), KEY)[1] == ()
    assert key.read_bytes() == KEY.content
    assert final.stat().st_size > 100
    assert holder.waited == [0.1, 0.2]


@pytest.mark.parametrize(
    "name",
    ["con", "CON.md", "aux.yaml", "nul.", "COM1", "lpt9.x.y", "com¹.md", "prn .md", "CONIN$"],
)
def test_names_of_devices_are_known(name: str) -> None:
    assert kept_by_windows(name)


@pytest.mark.parametrize("name", ["contact.md", "com.md", "com10.md", "a.con", "auxiliary", "null"])
def test_other_names_are_free(name: str) -> None:
    assert not kept_by_windows(name)
    assert not reserved(name)


def reserved(name: str) -> bool:
    """What Python knows of Windows; since 3.13 under another name, and the old one warns."""
    since_3_13: Callable[[str], bool] | None = getattr(ntpath, "isreserved", None)
    return since_3_13(name) if since_3_13 else PureWindowsPath(name).is_reserved()


def build(course: Path, output: Path) -> pipeline.Result:
    return pipeline.build(pipeline.Request(course, output, False, False, TODAY))


def test_a_page_that_windows_cannot_open_is_refused(tmp_path: Path) -> None:
    course = shutil.copytree(GOOD, tmp_path / "course")
    settings = course / "course.yaml"
    (course / "pages/topic.md").rename(course / "pages/aux.md")
    (course / "questions/all.yaml").rename(course / "questions/con.yaml")
    settings.write_text(settings.read_text("utf-8").replace("topic.md", "aux.md"), "utf-8")
    text = (course / "pages/aux.md").read_text("utf-8").replace("id: topic\n", "")
    (course / "pages/aux.md").write_text(text, "utf-8")
    found = [one for one in build(course, tmp_path).diagnostics if one.code == "file-reserved"]
    assert [(one.position.path, one.message, one.hint) for one in found] == [
        (
            "pages/aux.md",
            "“aux.md” is a reserved name on Windows: nobody could open this file there.",
            "Rename the file, for example to “aux-1.md”, and change the places that use it. Write "
            "“id: aux” in it, to keep progress.",
        ),
        (
            "questions/con.yaml",
            "“con.yaml” is a reserved name on Windows: nobody could open this file there.",
            "Rename the file, for example to “con-1.yaml”, and change the places that use it.",
        ),
    ]


Said = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def sentence(tmp_path: Path) -> Said:
    """Runs a command on a console that knows the letters of a code page alone."""

    def run(page: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return finish(
            [sys.executable, "-m", "builder", *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONIOENCODING": page, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0"},
            text=False,
        )

    return run


@pytest.mark.whole
def test_limited_consoles_show_replacement_characters_without_errors(
    sentence: Said, tmp_path: Path
) -> None:
    package = "dist/a-1.0.0-draft.zip"
    commands: list[tuple[str, tuple[str, ...], int]] = [
        ("cp1252", ("new", "a", "--language", "ar", "--title", "دورة ✎"), 0),
        ("cp437", ("new", "a"), 2),
        ("cp1252", ("build", "a"), 0),
        ("cp437", ("build", "a", "--release"), 1),
        ("cp1252", ("diff", package, "a"), 0),
        ("cp437", ("rehearse", package, package, "--details"), 0),
        ("cp1252", ("explain",), 0),
    ]
    printed = []
    for page, arguments, code in commands:
        ended = sentence(page, *arguments)
        assert (ended.returncode, b"Traceback" in ended.stderr) == (code, False), arguments
        printed.append((ended.stdout + ended.stderr).decode(page))
    assert "Made the course “???? ?” in a" in printed[0]
    assert 'title: "دورة ✎"' in (tmp_path / "a/course.yaml").read_text("utf-8")
