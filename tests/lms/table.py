"""``python -m tests.lms [LMS or scenario …]``: the scenarios in the LMSs, all of them unless some
are named, printed as a table.

A cell compares status, score, time, location, state and interactions with what the LMS should
hold. It is right, or a footnote says what proves that this LMS cannot, or it is WRONG, with what
differs below the table; the command then ends with 1.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import expect

from tests.lms.columns import columns
from tests.lms.facts import FACTS, TOO_LATE
from tests.lms.lms import Lms
from tests.lms.play import Play
from tests.lms.scenarios import SCENARIOS
from tests.lms.simulated import Simulated
from tests.support import patience
from tests.support.chromium import running_chromium

KEPT = {"status", "score", "seconds", "location", "state", "interactions"}
"""The fields of ``Stored``: what an LMS may lack."""
WIDTH = 15


@dataclass(frozen=True, slots=True)
class Cell:
    verdict: str
    """``right``, ``WRONG``, or ``cannot``."""

    notes: tuple[str, ...] = ()
    """What proves that it cannot or holds it otherwise; or what is wrong."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    lms: str
    """The name of the LMS, which variants share."""
    kind: str
    lacks: tuple[str, ...]
    """What the LMS keeps nothing of, with the proof."""

    cells: Mapping[str, Cell]
    """By the keys of ``SCENARIOS``."""


def column(name: str, rows: Sequence[str]) -> Column:
    """Play scenarios in one LMS."""
    began = time.monotonic()
    expect.set_options(timeout=patience.MILLISECONDS)
    with running_chromium() as browser, columns()[name]() as fresh:
        cells = {}
        for key in rows:
            lms = fresh()
            with (
                tempfile.TemporaryDirectory() as folder,
                browser.new_context() as context,
            ):
                context.set_default_timeout(patience.MILLISECONDS)
                cells[key] = cell(key, Play(lms, context, Path(folder)))
    lacks = tuple(f"{field}: {lms.lacks[field]}" for field in sorted(KEPT & set(lms.lacks)))
    wrong = [key for key, one in cells.items() if one.verdict == "WRONG"]
    again = f"""WRONG. Again: make lms ONLY='"{name}" {" ".join(wrong)}'"""
    result = again if wrong else "right"
    print(f"{name}: {time.monotonic() - began:.0f} s, {result}", file=sys.stderr, flush=True)
    return Column(name, lms.name, kind(lms), lacks, cells)


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
        beyond(lms)
        panel(lms)
    except Exception as wrong:
        # A failure in one cell does not stop the others.
        return Cell("WRONG", (" ".join(f"{type(wrong).__name__}: {wrong}".split())[:400],))
    return Cell("right", tuple(play.notes))


def beyond(lms: Lms) -> None:
    """The strict LMS has heard no call outside SCORM 1.2."""
    if isinstance(lms, Simulated) and lms.slug == "strict":
        found = [one for one in lms.findings() if one["kind"] == "specification"]
        assert not found, found


DONE = {"completed": ("completed", "passed"), "passed-failed": ("passed",)}
"""The statuses with which a course is done that reports so."""


def panel(lms: Lms) -> None:
    """What the preview's panel says that a simulated LMS would do is what it holds. What it says
    that it holds is where this table has it from."""
    if not isinstance(lms, Simulated):
        return
    stored, grade = lms.stored(), lms.grade()
    for report, done in DONE.items():
        asked, graded, again = lms.would(report)
        assert asked["met"] is (stored.status in done), (asked, stored.status)
        number = None if grade is None else f"The grade is {grade:g}"
        assert graded["words"].startswith(number or "No grade yet."), (graded, grade)
        assert stored.state or not again["met"], (again, stored.state)


def untrue(found: Iterable[Column]) -> list[str]:
    """Facts that no cell of their LMS has proved; a time that is lost may be too short to see."""
    told: dict[str, str] = {}
    for each in found:
        words = " ".join(note for one in each.cells.values() for note in one.notes)
        told[each.lms] = told.get(each.lms, "") + words
    facts = {
        name: [one.words for one in facts if one.field != "seconds"]
        for name, facts in FACTS.items()
    }
    for name, words in TOO_LATE.items():
        facts.setdefault(name, []).append(words)
    return [
        f"WRONG  {name} does not show it: {words}"
        for name in facts
        if name in told
        for words in facts[name]
        if words not in told[name]
    ]


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
    for key, scenario in SCENARIOS.items():
        if key not in found[0].cells:
            continue
        row = ""
        for each in found:
            here = each.cells[key]
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
    unknown = [name for name in names if name not in {*columns(), *SCENARIOS}]
    if unknown:
        known = "; ".join([*columns(), *SCENARIOS])
        print(f"lms: no {', '.join(unknown)}; there are: {known}", file=sys.stderr)
        return 2
    lmss = [name for name in columns() if name in names] or [*columns()]
    rows = [key for key in SCENARIOS if key in names] or [*SCENARIOS]
    found = []
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        for each in pool.map(partial(column, rows=rows), lmss):
            found.append(each)
            print(f"{len(found)} of {len(lmss)} LMSs", file=sys.stderr, flush=True)
    print(table(found))
    stale = untrue(found) if len(rows) == len(SCENARIOS) else []
    print("\n".join(stale))
    wrong = any(one.verdict == "WRONG" for each in found for one in each.cells.values())
    return int(wrong or bool(stale))
