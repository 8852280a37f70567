"""How the work of comparing grows with a course: counted, so that no machine's speed matters.

Work is lines of the project that are run, as Python's tracer tells them, and bytes of memory.
"""

import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest

import builder
from builder import updating
from builder.cli.report import comparison, rehearsal
from builder.course.state import QuizState, RecordState, State, encode
from builder.updating import Outline, Row, suspicions
from tests.updating.sized import sized

OURS = str(Path(builder.__file__).parent)
ROWS = [Row(f"Trainee {at}", encode(State("AAAAAAAA", at, "incomplete", ""))) for at in range(1, 4)]


def work(act: Callable[[], object]) -> int:
    """Lines of the project that are run while something is done."""
    lines = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., object] | None:
        nonlocal lines
        lines += 1
        return trace if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return lines


def another(old: Outline, new: Outline) -> object:
    """Every page and question gone, as many new: the most that there is to compare."""
    return comparison.text(updating.compare(old, new))


def renamed(old: Outline, new: Outline) -> object:
    return rehearsal.text(updating.rehearse(old, new, ROWS), details=False)


def stages(old: Outline, new: Outline) -> object:
    return rehearsal.text(updating.rehearse(old, new, updating.stages(old)), details=False)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("act", "prefix", "sizes", "most"),
    [
        (another, "q", (200, 400, 800), 2.4),
        (renamed, "p", (200, 400, 800), 2.4),
        # One trainee for each page, who has as many pages.
        (stages, "p", (40, 80, 160), 4.6),
    ],
)
def test_work_grows_no_faster_than_stated_for_double_course(
    act: Callable[[Outline, Outline], object],
    prefix: str,
    sizes: tuple[int, ...],
    most: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # However large a course, no more pairs are compared for being one: here fewer, to be fast.
    monkeypatch.setattr(suspicions, "_MAX_COMPARISONS", 50)
    found = []
    for size in sizes:
        old, new = sized(size), sized(size, prefix, renamed=prefix == "p")
        found.append(work(lambda old=old, new=new: act(old, new)))
    assert found[0] > 1000
    assert [double / half < most for half, double in pairwise(found)] == [True, True], found


@pytest.mark.whole
def test_pairs_of_old_and_new_take_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspicions, "_MAX_COMPARISONS", 50)
    old, new = sized(2000), sized(2000, "q")
    tracemalloc.start()
    try:
        updating.compare(old, new)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Four million pairs take 300 MB.
    assert most < 20 << 20


def test_a_chain_of_locks_is_followed_to_its_end() -> None:
    """Each page waits for the one before it, and the first of them for a quiz without attempts."""
    made = sized(400, locked=False)
    first, quiz = made.pages[0], made.pages[19]
    pages = [
        replace(page, lock={"passed": (quiz.id,)} if at == 20 else {"pages": (before.id,)})
        for at, (before, page) in enumerate(pairwise(made.pages), 1)
        if at >= 20
    ]
    chained = replace(made, pages=(*made.pages[:20], *pages))
    read = frozenset(page.key for page in made.pages[:18])
    failed = State(
        *("AAAAAAAA", 1, "incomplete", first.key),
        visited=read | {quiz.key},
        quizzes={quiz.key: QuizState(3, 10_00, False, {})},
    )
    [found] = updating.rehearse(chained, chained, [Row("Ann", encode(failed))]).trainees
    # All that is left can be opened no more, but for the record beside the quiz.
    assert found.after[0] == "incomplete"
    filled = replace(failed, records={made.pages[18].record[0].key: RecordState("2026-01-31", "x")})
    filled = replace(filled, visited=filled.visited | {made.pages[18].key})
    [found] = updating.rehearse(chained, chained, [Row("Ann", encode(filled))]).trainees
    assert found.after[0] == "failed"
