"""Reads the reviewers' remarks in ``remarks.yaml``, and reports the open ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builder.course import shaping
from builder.course.model import Remark
from builder.course.sources import Place, YamlFile
from builder.course.validate import shape
from builder.course.validate.material import Material, PageItem
from builder.course.validate.shapes import RemarkShape
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_FIX = "Start each remark with “- id: …” and indent its other keys by two spaces"
_SEARCHED_LENGTH = 30
"""Number of characters of a remark's words that are used to find its line in a page."""


def read(file: YamlFile | None) -> tuple[tuple[Remark, ...], tuple[Diagnostic, ...]]:
    """Read every entry of ``remarks.yaml``; return the valid ones and the problems.

    If Git has merged two lines of one remark that two people worked on, a closed one wins.
    """
    if file is None or file.value is None:
        return (), ()
    if not isinstance(file.value, list):
        cause = "a list of remarks is needed here"
        return (), (shape.invalid(file.place, file.path, cause, _FIX),)
    remarks: dict[str, Remark] = {}
    problems: list[Diagnostic] = []
    for index, value in enumerate(file.value):
        remark, entry_problems = _entry(value, file.place.parts[index], file.path)
        problems.extend(entry_problems)
        if remark and (remark.id not in remarks or remarks[remark.id].state == "open"):
            remarks[remark.id] = remark
    return tuple(remarks.values()), tuple(problems)


def _entry(value: object, place: Place, path: str) -> tuple[Remark | None, tuple[Diagnostic, ...]]:
    if not isinstance(value, dict):
        cause = "a remark with its keys is needed here"
        return None, (shape.invalid(place, "remark", cause, _FIX),)
    try:
        read = shaping.read(RemarkShape, value)
    except shaping.ShapeError as error:
        return None, tuple(shape.explain(RemarkShape, error.violations, place, path))
    remark = Remark(
        id=read.id,
        state=read.state,
        kind=read.kind,
        place=place,
        by=read.by or "",
        on=read.on.isoformat() if read.on else "",
        part=read.part or "",
        file=read.file or "",
        line=read.line or 0,
        about=read.about or "",
        added=read.added or "",
        text=read.text or "",
        reason=read.reason or "",
    )
    return remark, ()


def position(material: Material, remark: Remark) -> Position:
    """The present position in the course of what a remark is about; else of the remark itself."""
    kind, _, name = remark.part.partition(":")
    name = name.partition("/")[0]
    if kind == "q" and name in material.by_id:
        return material.by_id[name].place.at
    page = material.pages_by_id.get(name) if kind == "p" else None
    page = page or material.pages.get(remark.file)
    if page:
        return _in_page(page, remark)
    if remark.file and remark.file in (material.sources.course.path, *material.sources.questions):
        return Position(remark.file, remark.line)
    return remark.place.at


def _in_page(page: PageItem, remark: Remark) -> Position:
    """The first line of a page with the words of a remark, or of its change; else the title."""
    for text in (remark.about, remark.added):
        words = text.strip().partition("\n")[0][:_SEARCHED_LENGTH]
        if not words:
            continue
        for number, line in enumerate(page.file.body.split("\n"), start=page.file.body_line):
            if words in line:
                return Position(page.path, number, line.index(words) + 1)
    return page.front("title").at


def _report_open(material: Material) -> Iterator[Diagnostic]:
    """Report open remarks."""
    for remark in material.remarks:
        if remark.state == "open":
            words = {"by": remark.author, "problem": remark.words, "id": remark.id}
            yield problem("review-open", position(material, remark), **words)


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (_report_open,)
