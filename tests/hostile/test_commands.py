"""Bad inputs to every command: none ends with a traceback, hangs, leaves something half-written or
says nothing. Some in every run; ``make hostile`` makes 2,000, and 300 as processes of their own."""

import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from builder import cli
from tests.hostile.inputs import GOLDEN, Good, Maker
from tests.hostile.judging import faults
from tests.support.commands import finish

ROOT = Path(__file__).parent.parent.parent
GROUP = 30
"""Inputs of a test."""
MEMORY = 1 << 30
"""Bytes that a process may take: what a good build takes eight times."""
HANGS = 600
"""Seconds after which nothing will come any more, however busy a machine is."""
SLOW = 40
"""How many times as long as a good build a bad one may take, of the processor's time."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    folder = tmp_path_factory.mktemp("good")
    result = CliRunner().invoke(cli.main, ["build", str(GOLDEN), "-o", str(folder)])
    assert result.exit_code == 0, result.output
    [package] = folder.glob("*.zip")
    return Good.of(package)


@pytest.fixture(scope="module")
def usual(good: Good, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds of the processor that a good build takes."""
    start = time.process_time()
    folder = tmp_path_factory.mktemp("usual")
    CliRunner().invoke(cli.main, ["build", str(GOLDEN), "-o", str(folder)])
    return time.process_time() - start


def in_process(seed: int, good: Good, folder: Path, usual: float) -> list[str]:
    folder.mkdir()
    arguments = Maker(Random(seed), good, folder).arguments()
    start = time.process_time()
    with at_most(HANGS):
        result = CliRunner().invoke(cli.main, arguments, input="")
    spent = time.process_time() - start
    found = [*faults(arguments, folder, result.exit_code, result.stdout, result.stderr)]
    if result.exception and not isinstance(result.exception, SystemExit):
        found.append(repr(result.exception))
    if spent > SLOW * usual:
        found.append(f"{spent:.1f} s, where a good build takes {usual:.2f}")
    return [f"{seed} {[one[:80] for one in arguments]}: {one}" for one in found]


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """What waits for a pipe takes no time of the processor, and would wait for ever."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"nothing came of it in {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def of_its_own(seed: int, good: Good, folder: Path) -> list[str]:
    folder.mkdir()
    arguments = Maker(Random(seed), good, folder).arguments()
    command = [sys.executable, "-c", "from builder import cli; cli.run()", *arguments]
    child = finish(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        text=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    out, err = (one.decode("utf-8") for one in (child.stdout, child.stderr))
    found = faults(arguments, folder, child.returncode, out, err)
    return [f"{seed} {[one[:80] for one in arguments]}: {one}" for one in found]


def some(seeds: range, good: Good, folder: Path, usual: float) -> list[str]:
    return [one for seed in seeds for one in in_process(seed, good, folder / str(seed), usual)]


@pytest.mark.whole
@pytest.mark.parametrize("group", range(4))
def test_bad_inputs(group: int, good: Good, usual: float, tmp_path: Path) -> None:
    seeds = range(group * GROUP, (group + 1) * GROUP)
    assert some(seeds, good, tmp_path, usual) == []


@pytest.mark.thorough
@pytest.mark.parametrize("group", range(4, 67))
def test_many_bad_inputs(group: int, good: Good, usual: float, tmp_path: Path) -> None:
    seeds = range(group * GROUP, (group + 1) * GROUP)
    assert some(seeds, good, tmp_path, usual) == []


@pytest.mark.thorough
@pytest.mark.parametrize("group", range(10))
def test_bad_inputs_to_processes(group: int, good: Good, tmp_path: Path) -> None:
    seeds = range(10_000 + group * GROUP, 10_000 + (group + 1) * GROUP)
    found = [one for seed in seeds for one in of_its_own(seed, good, tmp_path / str(seed))]
    assert found == []


@pytest.mark.whole
def test_three_bad_inputs_to_processes(good: Good, tmp_path: Path) -> None:
    found = [one for seed in range(3) for one in of_its_own(seed, good, tmp_path / str(seed))]
    assert found == []
