"""Starts a host in its own environment, which ``tools/setup.sh hosts`` makes in ``.tools/hosts``.

A server gets a copy of the host's prepared site and its own free port on 127.0.0.1. It ends with
the block; should the tests be killed, it ends by itself, because its standard input closes.
"""

from __future__ import annotations

import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENTS = ROOT / ".tools/hosts"
GLUE = Path(__file__).resolve().parent / "sites"
PATIENCE = 120
"""Seconds for a start that takes two to five on an idle machine."""


@dataclass(frozen=True, slots=True)
class Running:
    """A host that answers."""

    address: str
    """Without a slash at the end."""

    site: Path
    """Its files, its database among them."""


def locked(name: str, package: str) -> str:
    """The version of a package in a host's lock file."""
    lock = (GLUE / f"{name}_site/requirements.lock.txt").read_text("utf-8")
    found = re.search(rf"^{re.escape(package)}==(\S+)", lock, re.MULTILINE)
    assert found, package
    return found[1]


@contextmanager
def running(name: str) -> Iterator[Running]:
    """Run the host of ``tests/lms/hosts/sites/NAME_site`` until the block ends.

    Raises ``RuntimeError`` with the host's own words where it is not installed or does not start.
    """
    environment = ENVIRONMENTS / name
    if not (environment / "stamp").exists():
        raise RuntimeError(f"{name} is not installed: run `sh tools/setup.sh hosts`")
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        site = Path(folder) / "site"
        shutil.copytree(environment / "site", site)
        with (Path(folder) / "words").open("w+") as words:
            process = subprocess.Popen(
                [environment / "venv/bin/python", "-m", f"{name}_site.serve"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(GLUE), "SITE": str(site)},
                start_new_session=True,
            )
            try:
                yield Running(f"http://127.0.0.1:{_port(name, process, words)}", site)
            finally:
                _stop(process)


def _port(name: str, process: subprocess.Popen[bytes], words: IO[str]) -> int:
    """The port that the host tells once it listens."""
    assert process.stdout
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        line = process.stdout.readline() if waiting.select(PATIENCE) else b""
    if not line:
        _stop(process)
        words.seek(0)
        raise RuntimeError(f"{name} did not start within {PATIENCE} s:\n{words.read()}")
    port: int = json.loads(line)["port"]
    return port


def _stop(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, how)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            continue
        break
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
