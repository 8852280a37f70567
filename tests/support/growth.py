"""Whether work grows with its input alone, on any machine: measured at n, 2n and 4n in one process.

Processor time, never that of a clock on the wall. By the square, four times the input takes sixteen
times as long; by its length, four times.
"""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_MOST = 9.0
"""Between the four times of linear work and the sixteen of the square."""
_UNNOTICED = 0.02
"""Seconds that any machine may spend beside: what takes less at 4n is not judged."""
_TRIES = 2


def linear(work: Callable[[T], object], of: Callable[[int], T], n: int) -> None:
    """Assert that ``work`` on ``of(4 * n)`` takes at most nine times as long as on ``of(n)``.

    The better of two tries counts, so that a busy machine fails nothing: the second is made of the
    largest input only where the first took too long. The sizes grow on the way, so that nothing
    that is worse is ever run to its end.
    """
    small = of(n)
    least = min(_seconds(work, small) for _ in range(_TRIES))
    between = _seconds(work, of(2 * n))
    large = of(4 * n)
    most = _seconds(work, large)
    if most > (bound := _MOST * least + _UNNOTICED):
        most = min(most, _seconds(work, large))
    assert most <= bound, [round(seconds, 3) for seconds in (least, between, most)]


def _seconds(work: Callable[[T], object], subject: T) -> float:
    gc.disable()
    try:
        start = time.process_time()
        work(subject)
        return time.process_time() - start
    finally:
        gc.enable()
