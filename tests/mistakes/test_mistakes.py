"""Each planted mistake is found where it is, with the code that the tables expect."""

from collections import Counter

import pytest

from tests.mistakes.planting import GOOD, TABLES, Row, findings, messages, rows
from tests.support.golden import judged

ROWS = list(rows())
JUDGEMENTS = ("clear", "vague", "misleading", "silent", "harmless")


@pytest.mark.whole
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.title}")
def test_a_mistake_is_found_where_it_is(row: Row) -> None:
    assert findings(messages(row)) == row.expected


def test_there_are_200_mistakes_and_eight_of_each_kind() -> None:
    counts = Counter(row.kind for row in ROWS)
    assert counts.total() >= 200
    assert all(counts[kind] >= 8 for kind in TABLES)


def test_few_messages_are_misleading_and_few_mistakes_silent() -> None:
    counts = Counter(row.judged.partition(":")[0] for row in ROWS)
    assert counts.keys() <= {*JUDGEMENTS}
    assert counts["misleading"] <= len(ROWS) * 0.01
    assert counts["silent"] <= len(ROWS) * 0.02


def test_only_clear_messages_are_judged_without_a_reason() -> None:
    assert all(row.judged == "clear" or ": " in row.judged for row in ROWS)


def test_the_course_in_which_mistakes_are_planted_is_good() -> None:
    assert judged(GOOD) == ()
