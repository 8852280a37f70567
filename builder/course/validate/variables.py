"""Rules for variables: those in use are defined and have a value, and those defined are used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from builder.course import interface
from builder.course.markdown import Directive
from builder.course.model import EMERGENCY
from builder.course.validate.material import Material
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position


def unknown(material: Material) -> Iterator[Diagnostic]:
    """Require that every variable in the prose is defined in ``course.yaml``."""
    # A variable whose name is malformed may be the one that a page uses.
    if material.variable_names - material.variables.keys() or not isinstance(
        material.written("variables"), dict | None
    ):
        return
    known = Known(material.variable_names)
    for text in material.texts:
        for use in text.prose.variables:
            if use.name not in material.variable_names:
                near = known.did_you_mean(use.name)
                position = text.at(use.line, use.column)
                yield problem("variable-unknown", position, name=use.name, did_you_mean=near)


def misplaced(material: Material) -> Iterator[Diagnostic]:
    """Reject variables in the title, description, owner and rights of the course, and in titles of
    modules: the contents, the manifest and records of the LMS repeat these texts."""
    return _without_variables(_course_titles(material))


def misplaced_below(material: Material) -> Iterator[Diagnostic]:
    """Reject variables in the titles of pages and blocks."""
    return _without_variables(_page_titles(material))


def _without_variables(titles: Iterable[tuple[Position, str]]) -> Iterator[Diagnostic]:
    for position, title in titles:
        start = title.find("{{")
        end = title.find("}}", start) if start >= 0 else -1
        if end >= 0:
            yield problem("variable-misplaced", position, use=title[start : end + 2])


def _course_titles(material: Material) -> Iterator[tuple[Position, str]]:
    for key in ("title", "description", "owner", "rights"):
        yield material.course_place(key).at, getattr(material.course, key)
    for index, entry in enumerate(material.course.pages):
        yield material.course_place("pages", index, "module").at, entry.module


def _page_titles(material: Material) -> Iterator[tuple[Position, str]]:
    for page in material.pages.values():
        yield page.front("title").at, page.shape.title
        yield page.front("signature").at, page.shape.signature
    for passage in material.passages:
        for block in passage.document.walk():
            if isinstance(block, Directive):
                yield passage.at(block.line, block.column), block.argument


def unset(material: Material) -> Iterator[Diagnostic]:
    """Report variables in use that have no value yet."""
    placeholder = interface.texts(material.course.language)["page.unset"]
    used = _used_names(material)
    for name, variable in material.variables.items():
        if name not in used:
            continue
        place = material.course_place("variables", name)
        if variable.value is None:
            words = {"name": name, "label": variable.label, "shown": placeholder}
            yield problem("variable-unset", place.key, **words)


def unused(material: Material) -> Iterator[Diagnostic]:
    """Report variables that no page uses."""
    used = _used_names(material)
    for name in material.variables:
        if name not in used:
            yield problem(
                "variable-unused", material.course_place("variables", name).key, name=name
            )


def _used_names(material: Material) -> set[str]:
    # The help view always shows this value, whether or not a page uses it.
    return {EMERGENCY, *(use.name for text in material.texts for use in text.prose.variables)}


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    unknown,
    misplaced,
    misplaced_below,
    unset,
)
