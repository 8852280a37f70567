"""Names files in messages and reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path


def distinct(paths: Sequence[Path]) -> tuple[str, ...]:
    """The names of files, each different from the others: where two files have the same name, with
    as many folders before it as tell them apart, such as ``north/report.txt``. A file that is given
    twice gets a number, such as ``report.txt (2)``."""
    parts = [path.absolute().parts for path in paths]
    deepest = max(map(len, parts), default=0)
    found: list[str] = []
    for own in parts:
        same = [other for other in parts if other[-1] == own[-1] and other != own]
        depth = next(
            depth
            for depth in range(1, deepest + 2)
            if all(other[-depth:] != own[-depth:] for other in same)
        )
        found.append("/".join(own[-depth:]))
    times: Counter[str] = Counter()
    for at, name in enumerate(found):
        times[name] += 1
        if times[name] > 1:
            found[at] = f"{name} ({times[name]})"
    return tuple(found)
