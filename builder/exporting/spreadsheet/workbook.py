"""Writes a sheet of questions as an XLSX workbook (ECMA-376, SpreadsheetML), which also has a sheet
of instructions.

All cells are text, so that no spreadsheet converts an answer to a date or number, or runs it as a
formula. The output does not depend on the day or the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from builder.exporting.spreadsheet import columns, needed_headings
from builder.exporting.spreadsheet.columns import FEEDBACK, OPTION, Column, head_of
from builder.exporting.spreadsheet.types import SHEET_TYPES

LONGEST = 32_767
"""Maximum length of the text of a cell, in UTF-16 code units."""
QUESTIONS = "Questions"
"""The name of the sheet with the questions."""
INSTRUCTIONS = "How to fill in"
"""The name of the sheet with the instructions, which imports ignore."""

_LAST_ROW = 5_000
"""The last row whose cells have drop-down lists."""
_MAX_TOOLTIP = 255
"""Maximum number of characters of the tooltip of a cell."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BEGIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_HEAD, _TEXT, _TITLE = 1, 2, 3
"""Indexes of the cell styles in ``_STYLES``."""
_STEPS = (
    "One row is one question. Fill in the sheet “Questions”; the rows there are examples: change "
    "or delete them.",
    "Columns that you do not need can be deleted, and others of the table below added, in any "
    "order. Only “Question” has to be there.",
    "Then: scorm-builder import FILE.xlsx makes a course of it, and says row by row what it could "
    "not read.",
)
_TYPE_WORDS = tuple(one.word for one in SHEET_TYPES)
_MAX_LETTERS = 10
"""Maximum number of options in the drop-down list of right answers; authors can type other
letters."""


def parts(rows: Sequence[Mapping[str, str]], heads: Sequence[str] = ()) -> dict[str, bytes]:
    """Build the files of a workbook, by their names in its zip, from rows as ``spreadsheet.row``
    returns them.

    Without ``heads`` the sheet has the columns that the rows need. The texts must have at most
    ``LONGEST`` characters: no program opens a longer cell.
    """
    heads = tuple(heads or needed_headings(rows))
    files = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(),
        "xl/workbook.xml": _workbook(len(heads)),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "worksheets/sheet2.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": _questions(rows, heads),
        "xl/worksheets/sheet2.xml": _instructions(),
    }
    return {name: f"{_BEGIN}{text}\n".encode() for name, text in files.items()}


def letters_of(column: int) -> str:
    """The name of the column with this number, counted from 1: A, B, …, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _types() -> str:
    overrides = {
        "/xl/workbook.xml": f"{_OFFICE}.sheet.main+xml",
        "/xl/worksheets/sheet1.xml": f"{_OFFICE}.worksheet+xml",
        "/xl/worksheets/sheet2.xml": f"{_OFFICE}.worksheet+xml",
        "/xl/styles.xml": f"{_OFFICE}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides_xml = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{overrides_xml}</Types>'
    )


def _relations(*related: tuple[str, str]) -> str:
    relations_xml = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "/" in kind else f"{_RELATED}/{kind}"}" '
        f'Target="{target}"/>'
        for number, (kind, target) in enumerate(related, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations_xml}</Relationships>'


def _properties() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Questions</dc:title>'
        "<dc:language>en</dc:language></cp:coreProperties>"
    )


def _workbook(width: int) -> str:
    titles = f"{QUESTIONS}!$A:$A,{QUESTIONS}!$1:$1"
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
        f'<sheet name="{QUESTIONS}" sheetId="1" r:id="rId1"/>'
        f'<sheet name="{INSTRUCTIONS}" sheetId="2" r:id="rId2"/></sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{titles}</definedName>'
        "</definedNames></workbook>"
    )


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="3">'
    '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="14"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    + "<border>"
    + "".join(
        f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    + "<diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    + "".join(
        f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment vertical="top" wrapText="{wrap}"/></xf>'
        for font, fill, border, wrap in ((1, 2, 1, 1), (0, 0, 1, 1), (2, 0, 0, 0))
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def _questions(rows: Sequence[Mapping[str, str]], heads: Sequence[str]) -> str:
    widths = [_column(head).width for head in heads]
    lines = [_row(1, [(head, _HEAD) for head in heads])]
    lines += [
        _row(number, [(row.get(head, ""), _TEXT) for head in heads])
        for number, row in enumerate(rows, start=2)
    ]
    return _worksheet(widths, lines, _TEXT, list(_validations(heads, len(rows))), across=3)


def _instructions() -> str:
    rows = [
        _row(number, [(cell, style) for cell in cells])
        for number, (style, cells) in enumerate(_instruction_rows(), start=1)
    ]
    return _worksheet([22, 62, 62], rows, 0, [], across=1)


def _instruction_rows() -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of the instructions, each as the index of its style and its cells."""
    yield _TITLE, ("Questions for a course",)
    for number, text in enumerate(_STEPS, start=1):
        yield _TEXT, (str(number), text)
    yield _TITLE, ("Types",)
    yield _HEAD, ("Type", "Right answer", "Option A, Option B, …")
    for one in SHEET_TYPES:
        yield _TEXT, (one.word, one.right, one.options)
    yield _TITLE, ("Columns",)
    yield _HEAD, ("Column", "What belongs into it")
    for column in (*columns.BEFORE, OPTION, *columns.BEHIND, FEEDBACK):
        several = column in (OPTION, FEEDBACK)
        head = f"{column.head} A, {column.head} B, …" if several else column.head
        yield _TEXT, (head, column.about)


def _worksheet(
    widths: Sequence[int], rows: Sequence[str], style: int, validations: Sequence[str], across: int
) -> str:
    """Format a worksheet of ``rows`` (as XML) that prints on ``across`` pages in width.

    ``style`` is the style of empty cells. If the worksheet has validations, its first row is
    frozen.
    """
    pane = (
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
    )
    view = f'<sheetView workbookViewId="0">{pane if validations else ""}</sheetView>'
    cols = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1" style="{style}"/>'
        for at, width in enumerate(widths, start=1)
    )
    choices = (
        f'<dataValidations count="{len(validations)}">{"".join(validations)}</dataValidations>'
        if validations
        else ""
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews>{view}</sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{cols}</cols><sheetData>{''.join(rows)}</sheetData>{choices}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" orientation="landscape" fitToWidth="{across}" '
        'fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N'
        "</oddFooter></headerFooter></worksheet>"
    )


def _row(number: int, cells: Sequence[tuple[str, int]]) -> str:
    cells_xml = "".join(
        _cell(f"{letters_of(at)}{number}", text, style)
        for at, (text, style) in enumerate(cells, start=1)
    )
    return f'<row r="{number}">{cells_xml}</row>'


def _cell(place: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_escape_cell(text)}'
        "</t></is></c>"
    )


def _escape_cell(text: str) -> str:
    """Escape a text for a cell, including text that looks like an escape sequence of
    SpreadsheetML."""
    text = _LOOKS_ESCAPED.sub("_x005F_", _UNWRITABLE.sub("", text))
    return escape(text, quote=False)


def _attribute(text: str) -> str:
    """Format a text as the quoted value of an XML attribute."""
    # Without xml.sax.saxutils, which imports modules for fetching from the web.
    escaped = escape(text, quote=False).replace('"', "&quot;").replace("\n", "&#10;")
    return f'"{escaped}"'


def _column(head: str) -> Column:
    found = head_of(head)
    assert found is not None, "every head that is written is one of the columns"
    return found.column


def _validations(heads: Sequence[str], rows: int) -> Iterator[str]:
    """Yield the XML of a tooltip for each of the headings ``heads``, and of drop-down lists for the
    cells below headings with choices. ``rows`` is the number of rows below the headings."""
    last = max(_LAST_ROW, rows + 1)
    options = min(sum(_column(head) is OPTION for head in heads), _MAX_LETTERS)
    for at, head in enumerate(heads, start=1):
        letter, column = letters_of(at), _column(head)
        yield (
            f'<dataValidation allowBlank="1" showInputMessage="1" sqref="{letter}1" '
            f"promptTitle={_attribute(head)} prompt={_attribute(_tooltip(column.about))}/>"
        )
        if column is columns.RIGHT:
            listed = (*columns.LABELS[:options], "true", "false")
            yield _drop_down(listed, f"{letter}2:{letter}{last}", strict=False)
        elif choices := _TYPE_WORDS if column is columns.TYPE else column.choices:
            yield _drop_down(choices, f"{letter}2:{letter}{last}", strict=True)


def _drop_down(words: Sequence[str], cells: str, strict: bool) -> str:
    error_attributes = (
        ' showErrorMessage="1" errorTitle="Choose from the list" '
        f"error={_attribute('Choose one of: ' + ', '.join(words) + '.')}"
        if strict
        else ""
    )
    listed = escape(",".join(words), quote=False)
    return (
        f'<dataValidation type="list" allowBlank="1"{error_attributes} sqref="{cells}">'
        f'<formula1>"{listed}"</formula1></dataValidation>'
    )


def _tooltip(about: str) -> str:
    if len(about) <= _MAX_TOOLTIP:
        return about
    more = f" More: sheet “{INSTRUCTIONS}”."
    return about[: _MAX_TOOLTIP - len(more)].rpartition(". ")[0] + "." + more
