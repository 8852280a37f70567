"""``make engines``: every scenario in every engine and size, all of them unless some are named,
printed as a table.

A cell is right where its scenario came to its end without a fault of a page, and what was stored
and seen is as in the first engine; else what is wrong stands below the table, and the command ends
with 1.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from tests.engines.chromium import chromium
from tests.engines.engine import Engine, Missing, Size
from tests.engines.firefox import firefox
from tests.engines.scenarios import SCENARIOS, Found, Room, watched_package
from tests.engines.webkit import webkit
from tests.support.packages import built, unpack
from tests.support.unpacked import Package

ROOT = Path(__file__).resolve().parent.parent.parent
COURSES = {"course": ROOT / "course", "showcase": ROOT / "tests/showcase"}
ENGINES: dict[str, Callable[[Size], AbstractContextManager[Engine]]] = {
    "chromium": chromium,
    "firefox": firefox,
    "webkit": webkit,
}
"""The first is what the others are compared with."""
SIZES: dict[str, Size] = {"390": (390, 844), "1366": (1366, 768)}
PHONE = 600
"""Up to this width in CSS pixels the trainee points instead of using the keyboard."""
WIDTH = 11
LONGEST = 600
"""Characters of what is wrong in a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    engine: str
    size: str
    scenario: str
    found: Found
    wrong: str = ""
    missing: str = ""
    """Debian packages without which the engine cannot run."""
    version: str = ""


def play(place: tuple[str, str, str], folders: Mapping[str, Path]) -> Cell:
    """Play one scenario in a browser of its own."""
    name, size, key = place
    width, height = SIZES[size]
    began = time.monotonic()
    found: Found = {}
    version = wrong = ""
    try:
        with ENGINES[name]((width, height)) as engine:
            version = engine.version
            packages = {course: Package(course, folder) for course, folder in folders.items()}
            found = SCENARIOS[key].play(Room(engine, packages, width <= PHONE))
            if faults := engine.faults():
                wrong = f"faults of pages: {faults}"
    except Missing as missing:
        return Cell(name, size, key, {}, missing=str(missing))
    except Exception as problem:
        # Whatever goes wrong in one cell, the others are told.
        wrong = " ".join(f"{type(problem).__name__}: {problem}".split())
    result = f"WRONG. Again: make engines ONLY='{key} {name} {size}'" if wrong else "right"
    print(
        f"{key}, {name}, {size}: {time.monotonic() - began:.0f} s, {result}",
        file=sys.stderr,
        flush=True,
    )
    return Cell(name, size, key, found, wrong[:LONGEST], version=version)


def compared(cells: Sequence[Cell]) -> list[str]:
    """What is wrong in cells, or otherwise than in the first right one of the same scenario."""
    told = []
    first: dict[str, Cell] = {}
    for cell in cells:
        place = f"WRONG  {SCENARIOS[cell.scenario].words}, {cell.engine}, {cell.size}"
        if cell.wrong:
            told.append(f"{place}: {cell.wrong}")
            continue
        right = first.setdefault(cell.scenario, cell)
        told += [
            f"{place}: {name} is {cell.found.get(name)}, in {right.engine}, {right.size} "
            f"{right.found.get(name)}"
            for name in sorted({*cell.found, *right.found})
            if cell.found.get(name) != right.found.get(name)
        ]
    return told


def table(cells: Sequence[Cell], wrong: Sequence[str]) -> str:
    """A row for each scenario, a column for each engine and size, and what is wrong."""
    places = list(dict.fromkeys((cell.engine, cell.size) for cell in cells))
    versions = {cell.engine: cell.version for cell in cells if cell.version}
    head = [f"{engine} {version}" for engine, version in versions.items()]
    rows = [
        " " * 32 + "".join(f"{engine:<{WIDTH}}" for engine, _ in places).rstrip(),
        " " * 32 + "".join(f"{size + ' px':<{WIDTH}}" for _, size in places).rstrip(),
    ]
    for key in dict.fromkeys(cell.scenario for cell in cells):
        words = SCENARIOS[key].words
        marks = (
            "WRONG"
            if any(one.startswith(f"WRONG  {words}, {engine}, {size}:") for one in wrong)
            else "right"
            for engine, size in places
        )
        rows.append(f"{words:<32}{''.join(f'{mark:<{WIDTH}}' for mark in marks)}".rstrip())
    return "\n".join([", ".join(head), "", *rows, "", *wrong]).rstrip()


def packed(folder: Path) -> dict[str, Path]:
    """The courses' packages, built, unpacked and watched."""
    folders = {}
    for name, source in COURSES.items():
        (folder / name).mkdir()
        folders[name] = unpack(built(source, folder / name), folder / name / "unpacked")
        watched_package(folders[name])
    return folders


def advice(cells: Sequence[Cell]) -> str:
    """What to install where an engine is missing, "" where none is."""
    packages = sorted({name for cell in cells for name in cell.missing.split()})
    if not packages:
        return ""
    names = " and ".join(dict.fromkeys(cell.engine for cell in cells if cell.missing))
    return (
        f"engines: {names} cannot run here. On Debian, as root: "
        f"apt-get install {' '.join(packages)}"
    )


def main(names: Sequence[str]) -> int:
    tables = (ENGINES, SIZES, SCENARIOS)
    unknown = [name for name in names if not any(name in one for one in tables)]
    if unknown:
        known = ", ".join(name for one in tables for name in one)
        print(f"engines: no {', '.join(unknown)}; there are: {known}", file=sys.stderr)
        return 2
    engines, sizes, keys = ([name for name in one if name in names] or [*one] for one in tables)
    # Those of one engine behind each other would all wait for the slowest.
    places = [(engine, size, key) for key, size, engine in product(keys, sizes, engines)]
    with (
        tempfile.TemporaryDirectory() as name,
        ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool,
    ):
        found = []
        for cell in pool.map(partial(play, folders=packed(Path(name))), places):
            found.append(cell)
            if len(found) % 6 == 0:
                print(f"{len(found)} of {len(places)} cells", file=sys.stderr, flush=True)
    order = [*ENGINES]
    found.sort(key=lambda cell: order.index(cell.engine))
    cells = [cell for cell in found if not cell.missing]
    wrong = compared(cells)
    print(table(cells, wrong))
    if told := advice(found):
        print(told, file=sys.stderr)
    return int(bool(wrong or told))
