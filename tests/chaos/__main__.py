"""``make chaos``: random runs, each from a seed of its own; ``--seed N`` makes one again.

Results are appended to build/chaos.jsonl as they come. A second call goes on where the first one
was ended, and begins anew once the sources have changed. Exits with 1 if any run went wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.chaos.many import Result, some
from tests.support.packages import ROOT, built, unpack

COURSE = Path(__file__).parent / "course"
RESULTS = ROOT / "build/chaos.jsonl"
RUNS = 1000
PROGRESS = 25
"""In a log, progress is printed after so many runs."""
SOURCES = ("builder", "templates", "tests/chaos", "tests/lms")


def sources() -> str:
    """What the results hold for: a digest of the code that was run."""
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def known(path: Path, edition: str) -> dict[int, Result]:
    """Seed → its result, of what earlier calls wrote for the same sources."""
    results = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        # Where a call was killed its last line is cut off.
        with suppress(ValueError):
            results.append(json.loads(line))
    return {one["seed"]: one for one in results if one["sources"] == edition}


@contextmanager
def added(path: Path, edition: str) -> Iterator[Callable[[Result], None]]:
    """Gives what adds a result to the file, each in a line of its own."""
    path.parent.mkdir(exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        file.seek(0)
        if not f"\n{file.read()}".endswith("\n"):
            file.write("\n")

        def add(result: Result) -> None:
            file.write(json.dumps(result | {"sources": edition}) + "\n")
            file.flush()

        yield add


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="make this run again, and tell its story")
    parser.add_argument("--runs", type=int, default=RUNS, help="how many (default: %(default)s)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        course = unpack(built(COURSE, Path(name)), Path(name, "unpacked"))
        if given.seed is not None:
            [result] = some([given.seed], course)
            print(result["story"])
            sys.exit(1 if result["faults"] else 0)
        sys.exit(all_runs(given.runs, course))


def all_runs(count: int, course: Path) -> int:
    edition = sources()
    wanted = range(1, count + 1)
    results = {seed: one for seed, one in known(RESULTS, edition).items() if seed in wanted}
    seeds = [seed for seed in wanted if seed not in results]
    if len(seeds) < count:
        print(f"{count - len(seeds)} runs are in {RESULTS.relative_to(ROOT)} already")
    with added(RESULTS, edition) as add:
        for result in some(seeds, course):
            results[result["seed"]] = result
            add(result)
            if result["faults"]:
                print(f"{result['story']}\nAgain: make chaos SEED={result['seed']}\n", flush=True)
            if sys.stderr.isatty():
                print(f"\r{len(results)} of {count}", end="", file=sys.stderr, flush=True)
            elif len(results) % PROGRESS == 0:
                print(f"{len(results)} of {count}", flush=True)
    wrong = sorted(seed for seed, result in results.items() if result["faults"])
    promises = sum(result["promises"] for result in results.values())
    print(f"{len(results)} runs, {promises} promises looked at, {len(wrong)} runs went wrong")
    if wrong:
        print(f"One again: make chaos SEED={wrong[0]}. All of them: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    main()
