"""Variables: known, used, set and confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from builder import interface
from builder.codes import did_you_mean, problem
from builder.diagnostics import Diagnostic, Position
from builder.markdown import Directive
from builder.validate.material import Material

_USE = re.compile(r"\{\{.*?\}\}")


def unknown(material: Material) -> Iterator[Diagnostic]:
    """Every variable in the prose is one of ``course.yaml``."""
    known = material.variable_names
    for text in material.texts:
        for use in text.prose.variables:
            if use.name not in known:
                near = did_you_mean(use.name, known)
                position = text.at(use.line, use.column)
                yield problem("variable-unknown", position, name=use.name, did_you_mean=near)


def misplaced(material: Material) -> Iterator[Diagnostic]:
    """Titles are the same for everybody: they are in the contents, the manifest, the records."""
    for position, title in _titles(material):
        found = _USE.search(title)
        if found:
            yield problem("variable-misplaced", position, use=found[0])


def _titles(material: Material) -> Iterator[tuple[Position, str]]:
    for key in ("title", "description", "owner", "rights"):
        yield material.course_place(key).at, getattr(material.course, key)
    for index, entry in enumerate(material.course.pages):
        yield material.course_place("pages", index, "module").at, entry.module
    for page in material.pages.values():
        yield page.front("title").at, page.shape.title
        yield page.front("signature").at, page.shape.signature
        for block in page.document.walk():
            if isinstance(block, Directive):
                yield page.at(block.line, block.column), block.argument


def unset(material: Material) -> Iterator[Diagnostic]:
    """A variable that is used has a value, and somebody has vouched for it."""
    shown = interface.texts(material.course.language)["page.unset"]
    used = _used(material)
    for name, variable in material.variables.items():
        if name not in used:
            continue
        place = material.course_place("variables", name)
        words = {"name": name, "label": variable.label}
        if variable.value is None:
            yield problem("variable-unset", place.key, **words, shown=shown)
        elif not variable.confirmed:
            yield problem("variable-unconfirmed", place.key, **words, value=variable.value)


def unused(material: Material) -> Iterator[Diagnostic]:
    """A variable that no page uses."""
    used = _used(material)
    for name in material.variables:
        if name not in used:
            yield problem(
                "variable-unused", material.course_place("variables", name).key, name=name
            )


def _used(material: Material) -> set[str]:
    return {use.name for text in material.texts for use in text.prose.variables}


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (unknown, misplaced, unset)
