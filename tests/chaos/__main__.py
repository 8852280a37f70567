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
from pathlib import Path

from tests.chaos.many import Result, some
from tools.packages import ROOT, built, unpack

COURSE = Path(__file__).parent / "course"
RESULTS = ROOT / "build/chaos.jsonl"
RUNS = 300
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
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    # The last line may be cut off, where a call was killed.
    results = [json.loads(line) for line in lines if line.endswith("}")]
    return {one["seed"]: one for one in results if one["sources"] == edition}


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
    results = known(RESULTS, edition)
    seeds = [seed for seed in range(1, count + 1) if seed not in results]
    if len(seeds) < count:
        print(f"{count - len(seeds)} runs are in {RESULTS.relative_to(ROOT)} already")
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as file:
        for result in some(seeds, course):
            results[result["seed"]] = result
            file.write(json.dumps(result | {"sources": edition}) + "\n")
            file.flush()
            if result["faults"]:
                print(f"{result['story']}\n", flush=True)
            elif sys.stderr.isatty():
                print(f"\r{len(results)} of {count}", end="", file=sys.stderr, flush=True)
    wrong = sorted(seed for seed, result in results.items() if result["faults"])
    promises = sum(result["promises"] for result in results.values())
    print(f"{len(results)} runs, {promises} promises looked at, {len(wrong)} runs went wrong")
    if wrong:
        print(f"One again: make chaos SEED={wrong[0]}. All of them: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    main()
