"""``make mistakes``: plants each mistake of the tables in this folder, and prints what an author
reads, for a person to judge.

Words of titles select some. ``--regenerate`` writes what each row expects from what it printed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from tests.mistakes.planting import TABLES, Row, findings, messages, rows


def main(arguments: Sequence[str]) -> int:
    """Print the chosen rows with their messages, then how many rows there are of each judgement."""
    words = [one for one in arguments if not one.startswith("--")]
    chosen = [row for row in rows() if all(word in f"{row.kind} {row.title}" for word in words)]
    for row in chosen:
        said = messages(row)
        if "--regenerate" in arguments:
            row.write_expected(findings(said))
        print(f"=== {row.kind}: {row.title} [{row.judged}]\n{said}")
    _summary(chosen)
    return 0


def _summary(chosen: Sequence[Row]) -> None:
    for kind in TABLES:
        counts = Counter(row.judged.partition(":")[0] for row in chosen if row.kind == kind)
        print(f"{kind}: {counts.total()} " + ", ".join(f"{n} {word}" for word, n in counts.items()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
