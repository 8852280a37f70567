"""A command that is killed at its n-th operation on the files of a folder, whatever the machine's
speed: an audit hook counts them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.support.commands import finish

_PROGRAM = r"""
import os, sys
folder, number, torn = os.path.realpath(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "torn"
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.utime"}
count, busy = 0, False

def within(path):
    if isinstance(path, int) or path is None:
        return False
    path = os.fsdecode(path)
    # What is deleted with its folder is named within it.
    return not os.path.isabs(path) or os.path.abspath(path).startswith(folder)

def hook(event, given):
    global count, busy
    writes = event == "open" and isinstance(given[2], int) and given[2] & WRITES
    if busy or not (writes or event in CHANGES) or not within(given[0]):
        return
    count += 1
    if count == number:
        busy = True
        if writes and torn:
            # The file is half-written.
            handle = os.open(given[0], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.write(handle, b"half")
        os._exit(9)

from datetime import date
from builder import cli
import builder.importing.run, builder.importing.again.into, builder.exporting.review
cli._today = lambda: date(2026, 1, 31)
sys.addaudithook(hook)
try:
    cli.main(sys.argv[4:])
finally:
    print(f"operations={count}", file=sys.stderr)
"""
KILLED = 9
"""The exit code of a command that was killed."""


def run(
    folder: Path, command: tuple[str, ...], number: int = 0, torn: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command of scorm-builder. It is killed just before its operation of this number that
    changes something in the folder; 0 lets it end, and ``torn`` leaves half of what it writes."""
    how = (str(folder), str(number), "torn" if torn else "")
    return finish(
        (sys.executable, "-c", _PROGRAM, *how, *command),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def operations(folder: Path, command: tuple[str, ...]) -> int:
    """How many operations a command makes that change something in the folder."""
    ended = run(folder, command)
    assert ended.returncode == 0, ended.stderr
    return int(ended.stderr.rpartition("operations=")[2])


def held(folder: Path) -> dict[str, bytes | None]:
    """All that a folder holds: each file by its path, ``None`` for a folder."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }
