"""What a simulated LMS holds after a visit with a course of another tool, the real one holds, too;
and what the rules of the audit find of the one, they find of the other."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from builder.audit.visit.record import Play
from tests.audit.visit import good_player
from tests.audit.visit.apart import apart
from tests.audit.visit.hosts import compared
from tests.audit.visit.hosts.found import SCENARIOS
from tests.audit.visit.hosts.others import OTHERS, built
from tests.lms.hosts.host import Host
from tests.lms.hosts.table import START
from tests.support import sharing

pytestmark = pytest.mark.browser

TROUBLE = {
    "scorm-again": ("closed", "killed", "line", "window"),
    "scormhost": ("closed", "killed", "line"),
    "wagtail-lms": ("closed", "killed", "login", "line"),
    "Open edX XBlock": ("closed", "killed", "line", "window"),
}
"""What can be played there besides; docs/facts/packages.md says why the rest cannot."""
ONE_ID = ("`question-${page}`", '"question"')


@pytest.fixture(scope="module")
def fresh() -> Iterator[Callable[[str], Host]]:
    """A host by its name, with a trainee of its own and no course."""
    with ExitStack() as servers:
        makers: dict[str, Callable[[], Host]] = {}

        def make(name: str) -> Host:
            if name not in makers:
                makers[name] = servers.enter_context(START[name]())
            return makers[name]()

        yield make


@pytest.fixture
def package(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The zip of a course by its name."""

    def make(name: str) -> Path:
        folder = sharing.once(tmp_path_factory, f"other-{name}", lambda to: built(name, to / "own"))
        (made,) = folder.glob("own/packed/*.zip")
        return made

    return make


def agree(package: Path, fresh: Callable[[], Host], scenarios: tuple[str, ...]) -> dict[str, Play]:
    """Play all of these in both; fail where they differ; what was played in the real one."""
    mine = apart(compared.simulated, package, fresh().slug, scenarios)
    its = {name: apart(compared.real, package, fresh(), play) for name, play in mine.items()}
    assert {
        name: found for name in mine if (found := compared.differences(mine[name], its[name]))
    } == {}
    assert compared.codes(mine) == compared.codes(its)
    return its


@pytest.mark.thorough
@pytest.mark.parametrize("host", START)
@pytest.mark.parametrize("course", OTHERS)
def test_each_course_leaves_the_same_in_each_real_host(
    package: Callable[[str], Path], fresh: Callable[[str], Host], course: str, host: str
) -> None:
    agree(package(course), lambda: fresh(host), SCENARIOS)


@pytest.mark.thorough
@pytest.mark.parametrize("host", START)
def test_failures_leave_the_same_in_each_real_host(
    package: Callable[[str], Path], fresh: Callable[[str], Host], host: str
) -> None:
    agree(package("pipwerks"), lambda: fresh(host), TROUBLE[host])


@pytest.mark.thorough
def test_scormhost_treats_logged_out_trainee_as_guest(
    package: Callable[[str], Path], fresh: Callable[[str], Host]
) -> None:
    course, host = package("pipwerks"), fresh("scormhost")
    simulated = apart(compared.simulated, course, host.slug, ("login",))["login"]
    its = apart(compared.real, course, host, simulated)
    for moment in ("failing", "left"):
        mine, real = simulated.at(moment), its.at(moment)
        assert mine
        assert real
        # The simulated one refuses it, so that nothing more of the visit is stored.
        assert mine.held.status == "incomplete"
        assert real.held.status == ("passed" if moment == "left" else "incomplete")


@pytest.mark.thorough
@pytest.mark.parametrize("host", START)
def test_each_real_host_keeps_two_answers_under_one_id(
    tmp_path: Path, fresh: Callable[[str], Host], host: str
) -> None:
    course = good_player.write(tmp_path / "course", ONE_ID)
    package = Path(shutil.make_archive(str(tmp_path / "course"), "zip", course))
    its = agree(package, lambda: fresh(host), ("whole",))
    finished = its["whole"].at("finished")
    assert finished
    assert finished.held.answers == 2
    assert "visit-answer-id-twice" in compared.codes(its)
