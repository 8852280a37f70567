"""templates/player.js is what its modules make of it."""

import sys
from pathlib import Path

import pytest

from tests.support.commands import finish

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.whole
def test_committed_player_is_current() -> None:
    node = Path(sys.executable).with_name("node")
    check = [str(node), "tools/player.mjs", "--check"]
    result = finish(check, cwd=ROOT)
    assert result.returncode == 0, result.stderr
