"""The small course of these tests, rendered."""

import pytest

from builder.artifacts import Member
from builder.plan import plan
from builder.render import render
from tests.support.courses import COURSE


@pytest.fixture(scope="module")
def members() -> list[Member]:
    return render(plan(COURSE))
