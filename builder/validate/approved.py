"""Reads the entries of ``approvals.yaml``; leaves out malformed ones."""

from __future__ import annotations

from builder import shaping
from builder.approvals import normal
from builder.codes import problem
from builder.diagnostics import Diagnostic
from builder.model import Approval
from builder.sources import Place, YamlFile
from builder.validate import shape
from builder.validate.shapes import ApprovalShape


def read(file: YamlFile | None) -> tuple[tuple[Approval, ...], tuple[Diagnostic, ...]]:
    """Read every entry of ``approvals.yaml``; return the valid ones and the problems."""
    if file is None or file.value is None:
        return (), ()
    if not isinstance(file.value, list):
        cause = "a list of approvals is needed here"
        fix = "Start each approval with “- part: …” and indent its other keys by two spaces"
        return (), (shape.invalid(file.place, file.path, cause, fix),)
    entries: dict[str, Approval] = {}
    problems: list[Diagnostic] = []
    for index, value in enumerate(file.value):
        place = file.place.parts[index]
        entry, entry_problems = _entry(value, place, file.path)
        problems.extend(entry_problems)
        if entry and entry.part in entries:
            first = entries[entry.part].place.at.line
            words = {"part": entry.part, "first": first}
            problems.append(problem("approval-repeated", place.find(["part"]).at, **words))
        elif entry:
            entries[entry.part] = entry
    return tuple(entries.values()), tuple(problems)


def _entry(
    value: object, place: Place, path: str
) -> tuple[Approval | None, tuple[Diagnostic, ...]]:
    if not isinstance(value, dict):
        cause = "an approval with its keys is needed here"
        fix = "Start each approval with “- part: …” and indent its other keys by two spaces"
        return None, (shape.invalid(place, "approval", cause, fix),)
    try:
        read = shaping.read(ApprovalShape, value)
    except shaping.ShapeError as error:
        return None, tuple(shape.explain(ApprovalShape, error.violations, place, path))
    code, words = normal(read.code), read.words or ""
    return Approval(read.part, read.by, read.on, code, words, place), ()
