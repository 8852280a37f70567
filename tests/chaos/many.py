"""Runs by the number, in one process more than there are cores: each waits for its browser."""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.chaos.plan import draw
from tests.chaos.run import run
from tests.support.chromium import running_chromium

Result = dict[str, Any]
"""A line of build/chaos.jsonl."""

_BROWSER: list[Browser] = []


def _start() -> None:
    """One Chromium for each process."""
    stack = ExitStack()
    _BROWSER.append(stack.enter_context(running_chromium()))
    atexit.register(stack.close)


def one(seed: int, course: Path) -> Result:
    """The result of a run."""
    began = time.monotonic()
    story = run(draw(seed), _BROWSER[0], course)
    return {
        "seed": seed,
        "title": story.plan.title,
        "promises": story.promises,
        "faults": story.faults,
        "story": str(story),
        "seconds": round(time.monotonic() - began, 1),
    }


def some(seeds: list[int], course: Path) -> Iterator[Result]:
    """The results of runs, as they come."""
    pool = ProcessPoolExecutor((os.cpu_count() or 1) + 1, get_context("spawn"), _start)
    try:
        for done in as_completed([pool.submit(one, seed, course) for seed in seeds]):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)
