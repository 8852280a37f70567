"""Writes the Word files that pages of ``docs/`` show, from lines that describe their content.

A line that starts with ``Title: `` is the title, one that starts with ``#`` or ``##`` a heading.
``| … |`` is a row of a table, whose header has a row of hyphens below it. Any other line is a
paragraph. ``**Words**`` are bold.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DAY = (2026, 11, 26, 0, 0, 0)
_STYLES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2"}
_HEADED = re.compile(r"(?P<marks>#{1,2}) (?P<words>.+)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def write(path: Path, text: str) -> None:
    """Write a Word file to ``path`` with the content that the lines of ``text`` describe."""
    lines = [line for line in text.split("\n") if line.strip()]
    body = "".join(_blocks(lines))
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_W}>{''.join(_styles())}</w:styles>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), f'<?xml version="1.0"?>{xml}')


def _types() -> str:
    parts = {"document": "document.main", "styles": "styles"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _styles() -> Iterator[str]:
    for name, called in _STYLES.items():
        yield (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/></w:style>'
        )


def _blocks(lines: list[str]) -> Iterator[str]:
    for tabular, group in groupby(lines, key=lambda line: line.startswith("|")):
        if tabular:
            yield _table(list(group))
        else:
            yield from map(_paragraph, group)


def _paragraph(line: str) -> str:
    if line.startswith("Title: "):
        return _styled("Title", line.removeprefix("Title: "))
    if found := _HEADED.fullmatch(line):
        return _styled(f"Heading{len(found['marks'])}", found["words"])
    return _styled("", line)


def _styled(style: str, words: str) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "".join(
        f"<w:r>{'<w:rPr><w:b/></w:rPr>' if at % 2 else ''}"
        f'<w:t xml:space="preserve">{escape(part, quote=False)}</w:t></w:r>'
        for at, part in enumerate(_BOLD.split(words))
        if part
    )
    return f"<w:p>{named}{runs}</w:p>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    headed = len(rows) > 1 and not "".join(rows[1]).strip("-")
    shown = [row for at, row in enumerate(rows) if not (headed and at == 1)]
    grid = "".join("<w:gridCol/>" for _ in shown[0])
    body = "".join(_row(row, headed and at == 0) for at, row in enumerate(shown))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(cells: list[str], head: bool) -> str:
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if head else ""
    inside = "".join(f"<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>" for cell in cells)
    return f"<w:tr>{mark}{inside}</w:tr>"
