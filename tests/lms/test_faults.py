"""Whatever goes wrong with LMS, line, browser or clock: the trainee goes on and is told the truth,
and in the end the LMS holds everything that was called saved.

``faults.py`` is the table of what goes wrong and what must be kept, ``mishaps.py`` has how a fault
begins, shows and ends, ``trouble.py`` the trainee. This plays each row in each LMS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.player_course import write_sco
from tests.lms.faults import CANNOT, FAULTS, NOT_IN_THIS_VISIT, REFUSED, Fault, Loss
from tests.lms.mishaps import A_WHILE, nothing
from tests.lms.simulated import TESTED, node, simulated
from tests.lms.trouble import PAGES, TEXTS, Trouble

TURNS = ("strict", "moodle")
"""An LMS that stores each value by itself meets only the faults that each profile meets: there a
visit takes several times as long."""


def cases() -> Iterator[Any]:
    """Every fault with every profile that it applies to. In ``make test`` some meet three profiles,
    and for the others two of these take turns; ``make faults`` plays all."""
    turns = cycle(TURNS)
    for fault in FAULTS:
        fits = [name for name in node()("profiles") if fault.applies(node()("describe", name))]
        chosen = TESTED if fault.everywhere else (next(one for one in turns if one in fits),)
        for profile in fits:
            marks = () if profile in chosen else pytest.mark.thorough
            yield pytest.param(fault, profile, id=f"{fault.name}-{profile}", marks=marks)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sco(tmp_path_factory.mktemp("course") / "sco", *PAGES)


@pytest.fixture
def meet(
    new_context: Callable[..., BrowserContext], servers: ExitStack, course: Path
) -> Callable[..., Trouble]:
    """A trainee, with an LMS of a profile."""

    def meet(profile: str, **settings: Any) -> Trouble:
        lms = servers.enter_context(simulated(course, profile, **settings))
        return Trouble(lms, new_context())

    return meet


@pytest.mark.parametrize(("fault", "profile"), [*cases()])
def test_the_trainee_continues_and_saved_work_is_kept(
    meet: Callable[..., Trouble], expected: list[str], fault: Fault, profile: str
) -> None:
    expected += ["Failed to load resource", "net::ERR_INTERNET_DISCONNECTED"]
    trouble = meet(profile)
    suffer(trouble, fault)
    if fault.ends is None:
        assert [one for one in trouble.lms.server.messages if one["type"] == "data"] == []
        return
    make_good(trouble, fault, profile)
    fault.check(trouble)
    if profile == "strict":
        outside = [one for one in trouble.lms.findings() if one["kind"] == "specification"]
        assert outside == []


def suffer(trouble: Trouble, fault: Fault) -> None:
    """The fault starts, the trainee continues, and the save status is correct."""
    trouble.opened = fault.opened
    if fault.opened.get("foreign"):
        trouble.opened = {**fault.opened, "foreign": trouble.lms.server.elsewhere}
    fault.before(trouble)
    trouble.open()
    if fault.begins is not nothing:
        trouble.wait_until_told("saved")
        trouble.wait_for_the_next_page()
        fault.begins(trouble)
    fault.works(trouble)
    later = is_later(trouble, fault)
    trouble.wait_until_told("not_saved" if later else fault.told)
    notices = (fault.notices or REFUSED) if later else fault.notices
    assert trouble.notices() == [TEXTS[f"player.{one}"] for one in notices]
    assert fault.happened(trouble)


def make_good(trouble: Trouble, fault: Fault, profile: str) -> None:
    """The fault ends, and the LMS comes to hold what it must, at the latest in another visit."""
    assert fault.ends
    fault.ends(trouble)
    later = is_later(trouble, fault)
    if later:
        trouble.pass_time(A_WHILE)
    trouble.wait_until_told("not_saved" if later else "saved")
    if fault.told != "saved" and not later and not fault.again:
        assert trouble.notices() == []
    loss = CANNOT.get((fault.name, profile))
    if loss or fault.again or later:
        come_back(trouble, loss)
    wanted = trouble.wanted(**(loss.holds if loss else fault.keeps))
    assert trouble.holds() == wanted
    trouble.leave()
    assert trouble.holds() == wanted


def come_back(trouble: Trouble, loss: Loss | None) -> None:
    trouble.leave()
    trouble.open()
    trouble.pass_time(A_WHILE)
    trouble.wait_until_told("saved", "nothing_recorded")
    if loss:
        assert loss.shows(trouble)


def is_later(trouble: Trouble, fault: Fault) -> bool:
    """Whether the LMS has the rest only once the trainee has come back."""
    return (fault.name, trouble.lms.slug) in NOT_IN_THIS_VISIT
