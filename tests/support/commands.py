"""A command of the project, run as a process of its own."""

import os
import subprocess
from pathlib import Path

from tests.conftest import ROOT


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """What became of it; it gets no input, and two minutes."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )
