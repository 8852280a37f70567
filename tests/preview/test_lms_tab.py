"""What the panel says that a learning system would do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lms.simulated import node

PACKAGE = {"type": "package", "item": "item-1", "mastery": "", "launchData": "", "version": "1"}
OPENED = {"type": "launch", "mode": "normal", "attempt": ""}
STATUS, RAW = "cmi.core.lesson_status", "cmi.core.score.raw"
NO_GRADE = {"met": False, "words": "No grade yet."}
UNSCORED = {"met": False, "words": "The grade is 0: nothing was scored."}
ZERO = {"met": True, "words": "The grade is 0."}


def output(**values: object) -> dict[str, Any]:
    return {"type": "data", "launch": 1, "attempt": 1, "means": "sync", "body": values}


@pytest.mark.parametrize(
    ("messages", "message"),
    [
        ([], NO_GRADE),
        ([output(values={STATUS: "incomplete"})], NO_GRADE),
        # Whoever has begun has a grade of 0 once the package is replaced, or the course completed.
        ([output(values={STATUS: "incomplete"}), PACKAGE | {"version": "2"}], UNSCORED),
        ([output(values={STATUS: "completed"})], UNSCORED),
        ([output(values={STATUS: "failed", RAW: 0})], ZERO),
        # A score of an earlier attempt is one.
        ([output(values={STATUS: "failed", RAW: 0}), OPENED | {"attempt": "new"}], ZERO),
        ([output(values={RAW: 80})], {"met": True, "words": "The grade is 80."}),
    ],
)
def test_a_grade_of_moodle_is_met_where_something_was_scored(
    messages: list[dict[str, Any]], message: dict[str, Any]
) -> None:
    heard = [PACKAGE, OPENED, *messages]
    found = node()("outcomes", "moodle", {}, heard, {"report": "passed-failed"})
    assert found[1] == message
