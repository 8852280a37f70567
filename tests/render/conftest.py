"""The small course of these tests, rendered."""

import pytest

from builder.package.artifacts import Member
from builder.package.plan import plan
from builder.package.render import render
from tests.support.courses import COURSE


@pytest.fixture(scope="module")
def members() -> list[Member]:
    return render(plan(COURSE))
