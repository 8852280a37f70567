"""The hand-out that the first course was typed from, as a Word file: with headings, lists and its
checklist table, as somebody who knows Word would have set it."""

from __future__ import annotations

import re
from pathlib import Path

import docx

_ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = _ROOT / "tests" / "course" / "source.txt"
PAGES = _ROOT / "course" / "pages"
TITLE = "Child Sexual Exploitation Information for Children's Workforce Induction"


def titles() -> list[str]:
    """The titles of the course's pages, of which most are the hand-out's headings."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.md"))]
    return [found[1] for text in texts if (found := re.search(r"^title: (.+)$", text, re.M))]


def write(path: Path) -> None:
    """Writes the Word file."""
    made = docx.Document()
    made.core_properties.title = TITLE
    headings = titles()
    table = None
    # A line that begins with a space goes on with the one before it.
    for line in re.sub(r"\n +", " ", SOURCE.read_text(encoding="utf-8")).splitlines():
        if "\t" in line:
            cells = line.split("\t")
            table = table or made.add_table(0, len(cells), "Table Grid")
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text = words
        elif line == TITLE:
            made.add_paragraph(line, "Title")
        elif line in headings:
            made.add_heading(line, 1)
        elif line.startswith("- "):
            made.add_paragraph(line[2:], "List Bullet")
        elif line.strip():
            made.add_paragraph(line)
    made.save(str(path))
