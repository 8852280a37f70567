"""Makes the course of its material; what is wrong has been said and is left out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from builder import state
from builder.model import Course, Module, Page, QuickExit, Reference, Tracking
from builder.validate.material import Material, PageItem


def assemble(material: Material, draft: bool) -> Course:
    """The course, as far as its material goes; it is whole where nothing was wrong."""
    shape = material.course
    pages = {path: _page(page, material) for path, page in material.pages.items()}
    return Course(
        id=shape.id,
        title=shape.title,
        version=shape.version,
        language=shape.language,
        description=shape.description,
        keywords=shape.keywords,
        owner=shape.owner,
        reviewed_on=shape.reviewed_on,
        review_by=shape.review_by,
        rights=shape.rights,
        modules=_modules(material, pages),
        questions=tuple(item.question for item in material.asked.values()),
        variables=material.variables,
        references={
            one.url: Reference(one.url, one.current, one.checked_on) for one in shape.references
        },
        tracking=Tracking(
            pages=shape.tracking.pages,
            report=shape.tracking.report,
            pass_mark=shape.tracking.pass_mark,
            attempts=shape.tracking.attempts,
        ),
        media=material.sources.media,
        draft=draft,
        theme=material.theme,
        help=tuple(pages[path] for path in material.help_pages if path in pages),
        quick_exit=QuickExit(shape.quick_exit.url) if shape.quick_exit else None,
    )


def _modules(material: Material, pages: Mapping[str, Page]) -> tuple[Module, ...]:
    # Pages outside any module that follow each other are one group without a title.
    listed = (
        (index if title else -1, title, entries)
        for index, (title, entries) in enumerate(material.modules)
    )
    modules = []
    for (_, title), group in groupby(listed, key=lambda one: one[:2]):
        names = [entry.path for _, _, entries in group for entry in entries]
        modules.append(Module(title, tuple(pages[name] for name in names if name in pages)))
    return tuple(modules)


def _page(page: PageItem, material: Material) -> Page:
    by_id = material.by_id
    return Page(
        path=page.path,
        id=page.id,
        key=state.key("page", page.id, page.shape.revision),
        title=page.shape.title,
        revision=page.shape.revision,
        kind=page.shape.kind,
        minutes=page.shape.minutes,
        document=page.document,
        checks=tuple(
            by_id[check.argument].question for check in page.checks() if check.argument in by_id
        ),
        quiz=tuple(by_id[name].question for name in page.shape.questions if name in by_id),
        record=page.record,
        signature=page.shape.signature,
    )
