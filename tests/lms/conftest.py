"""The LMSs as fixtures."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.lms.hosts.host import Host
from tests.lms.hosts.table import START
from tests.lms.scorm_again import ScormAgain, scorm_again


@pytest.fixture
def host(servers: ExitStack) -> Callable[..., ScormAgain]:
    """Run scorm-again round an unpacked package: ``host(folder, given={...})``."""
    return lambda package, **settings: servers.enter_context(scorm_again(package, **settings))


@pytest.fixture(scope="session")
def started() -> Iterator[Callable[[str], Host]]:
    """A real LMS by its name, with a trainee of its own: ``started("scormhost")``.

    One server for each runs as long as the tests do.
    """
    with ExitStack() as servers:
        fresh: dict[str, Callable[[], Host]] = {}

        def start(name: str) -> Host:
            if name not in fresh:
                fresh[name] = servers.enter_context(START[name]())
            return fresh[name]()

        yield start
