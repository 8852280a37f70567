"""JavaScript modules called from Python, in one Node for as long as they are needed."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Call = Callable[..., Any]


def node() -> str:
    """The Node of the tests."""
    beside = Path(sys.executable).with_name("node")
    path = str(beside) if beside.exists() else shutil.which("node")
    assert path, "node is missing: make test sets it up"
    return path


@contextmanager
def running(script: Path) -> Iterator[Call]:
    """Run a script that reads one JSON ``[name, *arguments]`` a line and answers one JSON
    ``{"value": …}`` or ``{"error": …}`` a line; gives the function that calls it."""
    with subprocess.Popen(
        [node(), "--no-warnings", str(script)],
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
