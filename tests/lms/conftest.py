"""The LMSs as fixtures."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest

from tests.lms.scorm_again import ScormAgain, scorm_again


@pytest.fixture
def host(servers: ExitStack) -> Callable[..., ScormAgain]:
    """Run scorm-again round an unpacked package: ``host(folder, given={...})``."""
    return lambda package, **settings: servers.enter_context(scorm_again(package, **settings))
