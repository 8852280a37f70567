"""The first course's hand-out as a Word file comes in as what the course has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from builder.importing import word
from builder.importing.document.form import Block, Link, List, Paragraph, Reading, Record
from builder.importing.recognise import recognise
from builder.importing.recognise.inlines import plain, text_of
from tests.importing import handout


def _blocks(folder: Path) -> Sequence[Block]:
    path = folder / "handout.docx"
    handout.write(path)
    read, _ = word.read(path)
    assert read is not None
    return recognise(read).blocks


def test_its_headings_are_the_pages_and_its_lists_their_lists(tmp_path: Path) -> None:
    blocks = _blocks(tmp_path)
    headings = [plain(b.inlines) for b in blocks if isinstance(b, Paragraph) and b.level == 1]
    authored = ["Before you start", "Check your understanding", "What would you do?"]
    assert sorted([*headings, *authored]) == sorted(handout.titles())
    lists = [block for block in blocks if isinstance(block, List)]
    items = [text_of(item.blocks) for each in lists for item in each.items]
    lines = re.sub(r"\n +", " ", handout.SOURCE.read_text(encoding="utf-8"))
    assert items == re.findall(r"^- (.+?) *$", lines, re.M)


def test_its_checklist_is_the_record(tmp_path: Path) -> None:
    [record] = [block for block in _blocks(tmp_path) if isinstance(block, Record)]
    page = (handout.PAGES / "induction-checklist.md").read_text(encoding="utf-8")
    questions = [text_of(row.question) for row in record.rows]
    assert questions == re.findall(r"^ +question: (.+)$", page, re.M)
    assert record.signatures == tuple(re.findall(r"^signature: (.+)$", page, re.M))


def test_its_addresses_are_further_reading(tmp_path: Path) -> None:
    [reading] = [block for block in _blocks(tmp_path) if isinstance(block, Reading)]
    page = (handout.PAGES / "further-information.md").read_text(encoding="utf-8")
    links = [link for item in reading.items for link in item if isinstance(link, Link)]
    found = [(plain((link,)), link.address) for link in links]
    assert found == re.findall(r"^\[(.+)\]\((.+)\)$", page, re.M)
