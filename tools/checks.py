"""Writes the table of accessibility checks in docs/facts/accessibility.md from ``tests/a11y``."""

from __future__ import annotations

import re
from pathlib import Path

from tests.a11y.table import CHECKS

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "facts" / "accessibility.md"
_TABLE = re.compile(r"(<!-- checks: .*? -->\n).*?(<!-- /checks -->\n)", re.DOTALL)
_HEAD = "| Check | What | WCAG 2.2 |\n| --- | --- | --- |\n"


def compose(text: str) -> str:
    """The text of the document, with its table made again from ``CHECKS``."""
    rows = "".join(f"| {each.number} | {each.name} | {each.criterion} |\n" for each in CHECKS)
    return _TABLE.sub(lambda match: f"{match[1]}{_HEAD}{rows}{match[2]}", text)


if __name__ == "__main__":
    DOCUMENT.write_text(compose(DOCUMENT.read_text("utf-8")), "utf-8")
