"""Audits every archive of a folder, in a process of its own: prints for each its name, the seconds
of the processor that it took, and the codes that were found. ``python -m tests.audit.auditing``."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from builder.audit import audit

MEMORY = 200 << 20
"""Bytes that an audit may take beside what the program is."""


def _taken() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()


def main(folder: Path) -> None:
    """Print a line of JSON for each file of the folder."""
    audit(folder / "first.zip")
    most = _taken() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for path in sorted(folder.glob("*.zip")):
        start = time.process_time()
        codes = sorted({one.code for one in audit(path).findings})
        print(json.dumps([path.stem, time.process_time() - start, codes]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
