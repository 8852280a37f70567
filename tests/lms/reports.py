"""Writes what an LMS holds of its trainees as a report for ``results``: for Moodle as Moodle does,
for any other LMS as docs/results.md says."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import ROOT
from tests.lms.lms import Stored
from tests.results import moodle

_RECIPE = re.compile(r"^\| `([a-z ]+)` \| `cmi\.interactions\.N\.([a-z_]+)` \|$", re.MULTILINE)


def recipe() -> dict[str, str]:
    """The columns of the CSV file and the elements that they are made from, as docs/results.md
    lists them."""
    return dict(_RECIPE.findall((ROOT / "docs/results.md").read_text("utf-8")))


def write(path: Path, held: Mapping[str, Stored], as_moodle: bool = False) -> Path:
    """Write the report of trainees, by their names."""
    if as_moodle:
        rows = [moodle.Row(name, _given(stored)) for name, stored in held.items()]
        return moodle.write(path, moodle.table(rows, "First aid"))
    columns = recipe()
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("learner", *columns))
        for name, stored in held.items():
            for one in stored.interactions or ():
                table.writerow((name, *(one.get(element, "") for element in columns.values())))
    return path


def _given(stored: Stored) -> list[moodle.Given]:
    return [
        (one["id"], one["student_response"], one["result"]) for one in stored.interactions or ()
    ]
