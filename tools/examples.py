"""Writes ``templates/examples.json``, the examples that ``scorm-builder explain`` shows, from the
golden test cases of the diagnostics."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.examples import as_shipped

SHIPPED = Path(__file__).resolve().parent.parent / "templates" / "examples.json"


def main() -> None:
    """Write ``templates/examples.json``."""
    written = json.dumps(as_shipped(), ensure_ascii=False, indent=1)
    SHIPPED.write_text(f"{written}\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
