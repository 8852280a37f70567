"""``python -m tests.lms [LMS …]``: every scenario in every LMS, printed as a table.

A cell compares status, score, time, location, state and interactions with what the LMS should
hold. It is right, or a footnote says what proves that this LMS cannot, or it is WRONG, with what
differs below the table; the command then ends with 1.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.lms.columns import columns
from tests.lms.facts import TOO_LATE
from tests.lms.lms import Lms
from tests.lms.play import Play
from tests.lms.scenarios import SCENARIOS
from tools.chromium import running_chromium

KEPT = {"status", "score", "seconds", "location", "state", "interactions"}
"""The fields of ``Stored``: what an LMS may lack."""
WIDTH = 15
PATIENCE = 15_000
"""Milliseconds that a page has for what a trainee waits for."""


@dataclass(frozen=True, slots=True)
class Cell:
    verdict: str
    """``right``, ``WRONG``, or ``cannot``."""

    notes: tuple[str, ...] = ()
    """What proves that it cannot or holds it otherwise; or what is wrong."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: str
    lacks: tuple[str, ...]
    """What the LMS keeps nothing of, with the proof."""

    cells: tuple[Cell, ...]


def column(name: str) -> Column:
    """Play every scenario in one LMS."""
    with running_chromium() as browser, columns()[name]() as fresh:
        cells = []
        for key in SCENARIOS:
            lms = fresh()
            with (
                tempfile.TemporaryDirectory() as folder,
                browser.new_context() as context,
            ):
                context.set_default_timeout(PATIENCE)
                cells.append(cell(key, Play(lms, context, Path(folder))))
    lacks = tuple(f"{field}: {lms.lacks[field]}" for field in sorted(KEPT & set(lms.lacks)))
    print(f"{name}: done", file=sys.stderr, flush=True)
    return Column(name, kind(lms), lacks, tuple(cells))


def kind(lms: Lms) -> str:
    if not lms.simulated:
        return "the real thing"
    return "simulated, verified by transcripts" if lms.verified else "simulated, not verified"


def cell(key: str, play: Play) -> Cell:
    scenario, lms = SCENARIOS[key], play.lms
    if scenario.needs in lms.lacks:
        return Cell("cannot", (lms.lacks[scenario.needs],))
    try:
        scenario.play(play)
    except Exception as wrong:
        # Whatever goes wrong in one cell, the others are told.
        return Cell("WRONG", (" ".join(f"{type(wrong).__name__}: {wrong}".split())[:400],))
    late = key == "close" and lms.name in TOO_LATE
    notes = [f"only at the next visit: {TOO_LATE[lms.name]}"] if late else []
    return Cell("right", (*notes, *play.differs))


def table(found: Sequence[Column]) -> str:
    """The columns with their numbers, a row for each scenario, footnotes, and what is wrong."""
    notes: list[str] = []

    def footnote(text: str) -> str:
        if text not in notes:
            notes.append(text)
        return f"[{notes.index(text) + 1}]"

    head = []
    for number, each in enumerate(found, 1):
        lacks = " ".join(footnote(text) for text in each.lacks)
        head.append(f"{number:>3}  {each.name:<44} {each.kind} {lacks}".rstrip())
    rows = [
        " " * 34 + "".join(f"{number:<{WIDTH}}" for number in range(1, len(found) + 1)).rstrip()
    ]
    wrong = []
    for at, scenario in enumerate(SCENARIOS.values()):
        row = ""
        for each in found:
            here = each.cells[at]
            if here.verdict == "WRONG":
                wrong += [f"WRONG  {scenario.words}, {each.name}: {why}" for why in here.notes]
                row += f"{'WRONG':<{WIDTH}}"
            else:
                marks = "".join(map(footnote, here.notes))
                word = "right" if here.verdict == "right" else ""
                row += f"{word + marks:<{WIDTH}}"
        rows.append(f"{scenario.words:<34}{row}".rstrip())
    return "\n".join(
        [
            *head,
            "",
            *rows,
            "",
            *(f"[{number}] {text}" for number, text in enumerate(notes, 1)),
            "",
            *wrong,
        ]
    ).rstrip()


def main(names: Sequence[str]) -> int:
    unknown = [name for name in names if name not in columns()]
    if unknown:
        print(f"lms: no {', '.join(unknown)}; there are: {'; '.join(columns())}", file=sys.stderr)
        return 2
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(column, names or list(columns())))
    print(table(found))
    return int(any(one.verdict == "WRONG" for each in found for one in each.cells))
