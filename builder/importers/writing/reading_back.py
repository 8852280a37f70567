"""What trainees may meet of a question, as it stands in its file."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from builder.importers import tally
from builder.importers.writing.counted import Counted

_TELLS = re.compile(r" {2}(?:hint|feedback|explanation):| {6}feedback: ")
"""A line of a question that begins what is said of an answer."""


def counted(lines: Sequence[str]) -> Counted:
    """What trainees may meet of a question, read back from its lines."""
    found = Counted()
    end = next((at for at, line in enumerate(lines) if line.startswith("  unsure:")), len(lines))
    found.lines(lines[:end])
    start = next((at for at, line in enumerate(lines) if line == "  material: |"), end)
    material = list(
        itertools.takewhile(
            lambda line: not line or line.startswith("    "), lines[start + 1 : end]
        )
    )
    found.passage("\n".join(line[4:] for line in material), {}, notes=False)
    own = [*lines[: start + 1], *lines[start + 1 + len(material) :]]
    kind = next(line for line in own if line.startswith("  type: "))[8:]
    found.kinds["questions"] += 1
    found.kinds[tally.TYPES.get(kind, kind)] += 1
    if kind == "choice":
        found.kinds["options"] += sum(line.startswith("    - id: ") for line in own)
    found.kinds["questions with feedback"] += any(map(_TELLS.match, own))
    found.kinds["questions with tags"] += "  tags:" in own
    return found
