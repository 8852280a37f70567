"""A command of the project, run as a process of its own."""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support import patience

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """What became of it; it gets no input."""
    return finish(command, cwd=cwd, env=os.environ | environment)


def finish(command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[Any]:
    """What became of a process with these options of ``subprocess.Popen``. Without them it gets no
    input, and what it writes is kept as text."""
    kept = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **{**kept, "text": True, **options}) as process:
        stdout, stderr = outcome(process)
    return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)


def outcome(process: subprocess.Popen[Any]) -> tuple[Any, Any]:
    """What a process has written to its two pipes when it ends.

    A virtual machine that stands still for minutes makes every limit of time pass at once. So the
    patience is counted in looks, of which such a stop costs one.
    """
    for _ in range(patience.SECONDS):
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=1)
    process.kill()
    raise AssertionError(f"does not end: {process.args!r}")


@contextmanager
def previewing(*command: str, cwd: Path = ROOT) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A preview that this command starts, and the address that it prints first."""
    process = subprocess.Popen(
        (*command, "--no-open"),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        yield process, found[0]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
