"""templates/player.js is what its modules make of it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.whole
def test_committed_player_is_current() -> None:
    node = Path(sys.executable).with_name("node")
    check = [str(node), "tools/player.mjs", "--check"]
    result = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
