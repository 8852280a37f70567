"""Calls of the player's JavaScript from Python, in one Node for the whole run."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent

Player = Callable[..., Any]


@pytest.fixture(scope="session")
def player() -> Iterator[Player]:
    """``player(name, *arguments)`` calls a function of run.mjs; values travel as JSON."""
    beside = Path(sys.executable).with_name("node")
    node = str(beside) if beside.exists() else shutil.which("node")
    assert node, "node is missing: make test sets it up"
    with subprocess.Popen(
        [node, "--no-warnings", str(HERE / "run.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        assert process.stdout
        requests, answers = process.stdin, process.stdout

        def call(name: str, *arguments: Any) -> Any:
            requests.write(json.dumps([name, *arguments]) + "\n")
            requests.flush()
            answer = json.loads(answers.readline())
            assert "error" not in answer, answer["error"]
            return answer["value"]

        yield call
        requests.close()
