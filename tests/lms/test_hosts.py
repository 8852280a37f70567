"""Real LMSs, with the built course in them as a trainee meets it; ``make lms`` plays the rest."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.lms.hosts.environment import running
from tests.lms.hosts.table import START
from tests.lms.lms import Lms
from tests.lms.play import Play
from tests.lms.scenarios import SCENARIOS

PLAYED = ("pass", "half-way", "kill", "exit")

Started = Callable[[str], Lms]


@pytest.fixture(scope="session")
def started() -> Iterator[Started]:
    """One server for each LMS as long as the tests run; each test gets a trainee of its own."""
    with ExitStack() as servers:
        fresh: dict[str, Callable[[], Lms]] = {}

        def start(name: str) -> Lms:
            if name not in fresh:
                fresh[name] = servers.enter_context(START[name]())
            return fresh[name]()

        yield start


@pytest.mark.parametrize("scenario", PLAYED)
@pytest.mark.parametrize("name", START)
def test_a_real_lms_holds_what_it_should(
    name: str,
    scenario: str,
    started: Started,
    context: BrowserContext,
    tmp_path: Path,
    expected: list[str],
) -> None:
    # scormhost answers HEAD, by which the player asks whether the line is up, with 405.
    expected.append("405 (Method Not Allowed)")
    SCENARIOS[scenario].play(Play(started(name), context, tmp_path))


def test_a_host_that_is_not_installed_is_a_failure() -> None:
    with pytest.raises(RuntimeError, match=r"tools/setup\.sh hosts"), running("nowhere"):
        pass
