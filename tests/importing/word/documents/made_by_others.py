"""Word files that python-docx makes."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import RGBColor

from tests.importing.word.files import (
    PNG,
)


def _saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def by_python_docx() -> bytes:
    document = Document()
    document.core_properties.title = "Watering  plants"
    document.core_properties.author = "Sam Jones"
    document.add_heading("Watering plants", 0)
    document.add_heading("Why", 1)
    paragraph = document.add_paragraph("Plants need ")
    paragraph.add_run("water").bold = True
    paragraph.add_run(", ").italic = True
    run = paragraph.add_run("light")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    run = paragraph.add_run(" and air")
    run.font.color.rgb = RGBColor(0xC0, 0, 0)
    run.font.underline = True
    paragraph.add_run("2").font.subscript = True
    document.add_paragraph("A quotation.", style="Intense Quote")
    for words in ("First", "Second"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("Within", style="List Bullet 2")
    grid = document.add_table(3, 3, style="Table Grid")
    for at, one in enumerate(grid.rows[0].cells):
        one.text = f"Head {at}"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "Down"
    grid.cell(1, 1).merge(grid.cell(1, 2)).text = "Across"
    grid.cell(2, 1).add_table(1, 1).cell(0, 0).text = "Within"
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Figure 1: A dot", style="Caption")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("Then", 2)
    document.sections[0].header.paragraphs[0].text = "Course of 2026"
    return _saved(document)


def hand_out() -> bytes:
    """What courses are made of: questions with lettered answers, and a checklist to sign."""
    document = Document()
    document.add_heading("Induction", 1)
    document.add_paragraph("Read this on your first day.")
    for at, words in enumerate(("Where is the first-aid box?", "Who is the safety lead?"), 1):
        document.add_paragraph(f"{at}. {words}")
        for letter, answer in zip(
            "abc", ("In the hall", "In the shed", "Nobody knows"), strict=True
        ):
            run = document.add_paragraph().add_run(f"{letter}) {answer}")
            run.bold = letter == "a"
    grid = document.add_table(3, 4)
    for at, head in enumerate(("Question", "Answer", "Date", "Further reading")):
        grid.cell(0, at).text = head
    grid.cell(1, 0).text = "I know where the box is."
    grid.cell(2, 0).text = "Signature:"
    properties = grid.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    return _saved(document)
