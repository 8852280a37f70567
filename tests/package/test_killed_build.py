"""A build that is killed, at each step of putting a package in its place: what lies there then, and
after the next build."""

import os
import signal
import sys
from pathlib import Path

import pytest

from builder.base import temporary
from builder.diagnostics.diagnostic import Diagnostic
from builder.package import archive
from builder.package.artifacts import Member
from tests.support.commands import finish

ROOT = Path(__file__).parent.parent.parent
ZIP, KEY = "course.zip", "course-key.csv"
MEMBERS = [Member("index.html", b"new"), Member("imsmanifest.xml", b"<manifest/>")]
Pair = tuple[bytes | None, bytes | None]

STEPS = {
    # The call after which the process is killed, the zip and the key then, and after another build.
    "the zip half-written": ("_store", 1, (b"old", b"old"), (b"old", b"old")),
    "the zip written": ("judge", 1, (b"old", b"old"), (b"old", b"old")),
    "the old key moved away": ("replace", 1, (b"old", None), (b"old", b"old")),
    "the zip in place": ("replace", 2, (b"new", None), (b"new", b"new")),
    "the key in place": ("replace", 3, (b"new", b"new"), (b"new", b"new")),
}
"""None of them may leave a key beside another package's zip."""

PROGRAM = """
import os, signal, sys
from pathlib import Path
from builder.package import archive
from builder.package.artifacts import Member

step, number, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
calls = 0

def killing(call):
    def called(*arguments):
        global calls
        found = call(*arguments)
        calls += 1
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return found
    return called

judge = lambda path: ()
if step == "judge":
    judge = killing(judge)
elif step == "replace":
    Path.replace = killing(Path.replace)
else:
    archive._store = killing(archive._store)
members = [Member("index.html", b"new"), Member("imsmanifest.xml", b"<manifest/>")]
archive.publish(members, folder / "course.zip", judge, Member("course-key.csv", b"new"))
"""


def approve(path: Path) -> tuple[Diagnostic, ...]:
    return ()


def before(folder: Path) -> None:
    (folder / ZIP).write_bytes(b"old")
    (folder / KEY).write_bytes(b"old")


def found(folder: Path) -> Pair:
    made = (folder / ZIP).read_bytes()
    key = folder / KEY
    return (b"old" if made == b"old" else b"new", key.read_bytes() if key.exists() else None)


@pytest.mark.whole
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", STEPS)
def test_killed_build_leaves_matching_key_and_is_cleaned_up(step: str, tmp_path: Path) -> None:
    call, number, then, afterwards = STEPS[step]
    before(tmp_path)
    command = [sys.executable, "-c", PROGRAM, call, str(number), str(tmp_path)]
    child = finish(command, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert child.returncode == -signal.SIGKILL
    assert found(tmp_path) == then
    left = [path for path in tmp_path.iterdir() if path.name not in (ZIP, KEY)]
    assert len(left) == 1
    # A build of another course, in the same folder.
    assert archive.publish(MEMBERS, tmp_path / "other.zip", approve)[1] == ()
    assert found(tmp_path) == afterwards
    assert {path.name for path in tmp_path.iterdir()} == {ZIP, KEY, "other.zip"}


@pytest.mark.parametrize("step", [name for name, row in STEPS.items() if row[0] == "replace"])
def test_terminated_build_completes_its_started_exchange(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, number, _, afterwards = STEPS[step]
    before(tmp_path)
    replace, calls = Path.replace, iter(range(1, 10))

    def ending(self: Path, target: Path) -> Path:
        moved = replace(self, target)
        if next(calls) == number:
            raise SystemExit(143)
        return moved

    monkeypatch.setattr(Path, "replace", ending)
    with pytest.raises(SystemExit):
        archive.publish(MEMBERS, tmp_path / ZIP, approve, Member(KEY, b"new"))
    assert found(tmp_path) == afterwards
    assert {path.name for path in tmp_path.iterdir()} == {ZIP, KEY}


def test_build_leaves_folder_of_running_build_alone(tmp_path: Path) -> None:
    with temporary.folder(tmp_path) as running:
        (running / "course.zip").write_bytes(b"half")
        assert archive.publish(MEMBERS, tmp_path / "other.zip", approve)[1] == ()
        assert (running / "course.zip").read_bytes() == b"half"
    assert [path.name for path in tmp_path.iterdir()] == ["other.zip"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="only Unix has such devices")
@pytest.mark.parametrize("device", ["/dev/zero", "pipe"])
def test_key_linked_to_a_device_is_replaced(device: str, tmp_path: Path) -> None:
    before(tmp_path)
    if device == "pipe":
        device = str(tmp_path / "pipe")
        os.mkfifo(device)
    (tmp_path / KEY).unlink()
    (tmp_path / KEY).symlink_to(device)
    assert archive.publish(MEMBERS, tmp_path / ZIP, approve, Member(KEY, b"new"))[1] == ()
    assert found(tmp_path) == (b"new", b"new")
    assert Path(device).exists()
