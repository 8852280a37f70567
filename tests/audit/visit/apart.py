"""Runs what drives a browser of its own beside the browser of all tests: Playwright has one to a
thread."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Came = TypeVar("Came")


def apart(run: Callable[Given, Came], *args: Given.args, **kwargs: Given.kwargs) -> Came:
    """What ``run`` comes to, in a thread of its own."""
    # Playwright's own Node needs libatomic, which a bare Debian lacks; the tests' Node does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).with_name("node")))
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run, *args, **kwargs).result()
