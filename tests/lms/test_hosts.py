"""Real LMSs, with a course in them as a trainee meets it: its pages log no error, either. ``make
combinations`` runs this; ``make lms`` plays all scenarios."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.lms.hosts.environment import running
from tests.lms.hosts.host import Host
from tests.lms.hosts.table import START
from tests.lms.play import Play
from tests.lms.scenarios import SCENARIOS

PLAYED = ("pass", "half-way", "kill", "exit")


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("scenario", PLAYED)
@pytest.mark.parametrize("name", START)
def test_a_real_lms_holds_what_it_should(
    name: str,
    scenario: str,
    started: Callable[[str], Host],
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
