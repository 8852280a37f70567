"""Calls of the player's JavaScript from Python, in one Node for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.node import Call, running

HERE = Path(__file__).resolve().parent

Player = Call


@pytest.fixture(scope="session")
def player() -> Iterator[Player]:
    """``player(name, *arguments)`` calls a function of run.mjs; values travel as JSON."""
    with running(HERE / "run.mjs") as call:
        yield call
