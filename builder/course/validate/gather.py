"""Reads the sources of a course into the material that the rules check."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from builder.base.cache import NO_CACHE, Cache
from builder.course import ids, interface, keys, markdown
from builder.course.markdown import Document
from builder.course.model import RecordItem, Variable
from builder.course.sources import PageFile, Place, Sources, YamlFile
from builder.course.translations import interface_texts
from builder.course.translations.interface_texts import OwnTexts
from builder.course.validate import approvals, bank, shape
from builder.course.validate.material import Entry, LockItem, Material, ModuleItem, Name, PageItem
from builder.course.validate.shapes import CourseShape, PageShape, VariableShape
from builder.diagnostics.diagnostic import Diagnostic


def gather(
    sources: Sources, today: date, cache: Cache = NO_CACHE
) -> tuple[Material, tuple[Diagnostic, ...]]:
    """Make the material of a course from its sources, and report the violations of shapes in its
    files.

    ``today`` becomes a part of the material; unchanged files are taken from ``cache``.
    """
    course, problems = cache.get_or_compute(
        "course", (sources.course,), lambda: _course(sources.course)
    )
    diagnostics = list(problems)
    modules = tuple(_with_tests(_modules(sources.course), course))
    pages: dict[str, PageItem] = {}
    for entry in (entry for module in modules for entry in module.entries):
        file = sources.pages.get(entry.path)
        if file and file.path not in pages:
            pages[file.path], problems = _cached_page(file, bool(sources.translations), cache)
            diagnostics.extend(problems)
    own = _own_texts(sources, course.shape.language, cache)
    texts = cache.get_or_compute(
        "interface",
        (own, interface.texts(course.shape.language)),
        lambda: {**interface.texts(course.shape.language), **own.texts},
    )
    questions, question_ids, problems = bank.read(sources, texts, cache)
    diagnostics.extend(problems)
    approved, approval_problems = cache.get_or_compute(
        "approvals", (sources.approvals,), lambda: approvals.read(sources.approvals)
    )
    diagnostics.extend(approval_problems)
    remarks, remark_problems = cache.get_or_compute(
        "remarks", (sources.remarks,), lambda: approvals.read_remarks(sources.remarks)
    )
    diagnostics.extend(remark_problems)
    diagnostics.extend(own.diagnostics)
    failed = any(path.startswith("questions/") for path in sources.failed)
    material = Material(
        sources=sources,
        today=today,
        course=course.shape,
        course_whole=course.whole,
        modules=modules,
        pages=pages,
        questions=questions,
        question_ids=question_ids,
        questions_whole=not problems and not failed,
        variables={
            name: _variable(name, shaped) for name, shaped in course.shape.variables.items()
        },
        approvals=approved,
        approvals_whole=not approval_problems and "approvals.yaml" not in sources.failed,
        remarks=remarks,
        interface=own.texts,
        whole=bool(pages) and not diagnostics and not sources.failed,
        pages_whole=_all_listed(sources.course),
    )
    return material, tuple(diagnostics)


def _course(file: YamlFile) -> tuple[shape.Shaped[CourseShape], tuple[Diagnostic, ...]]:
    return shape.read(CourseShape, file, {"id": "course", "title": "Course", "version": "1"})


_NO_TEXTS = OwnTexts({}, ())


def _own_texts(sources: Sources, language: str, cache: Cache) -> OwnTexts:
    """The course's own interface texts in a language."""
    file = sources.interface.get(language)
    if file is None:
        return _NO_TEXTS
    return cache.get_or_compute("own texts", (file,), lambda: interface_texts.read(file))


def _modules(course: YamlFile) -> Iterator[ModuleItem]:
    """Yield the entries of the list of pages in ``course.yaml``; skips malformed entries only."""
    written = course.value.get("pages") if isinstance(course.value, dict) else None
    place = course.place.find(["pages"])
    for index, entry in enumerate(written if isinstance(written, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get("pages"), list):
            title, written = entry.get("module"), entry.get("id")
            title = _nfc(title) if isinstance(title, str) else ""
            entry_place = place.parts[index]
            has_id = isinstance(written, str)
            yield ModuleItem(
                title,
                entry_place.find(["id" if has_id else "module"]),
                tuple(_entries(entry["pages"], entry_place.parts["pages"])),
                _lock(entry, entry_place),
                str(written) if has_id else ids.module_id(title),
                has_id,
                test_place=entry_place.parts["test_out"] if "test_out" in entry else None,
            )
        else:
            alone = Place(place.at, place.key, {0: place.parts[index]})
            if entries := tuple(_entries([entry], alone)):
                yield ModuleItem("", place.parts[index], entries)


def _all_listed(course: YamlFile) -> bool:
    """Whether every entry of the list of pages in ``course.yaml`` can be read."""
    written = course.value.get("pages") if isinstance(course.value, dict) else None
    return isinstance(written, list) and all(map(_is_entry, written))


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict):
        return isinstance(entry, str)
    pages = entry.get("pages")
    named = isinstance(entry.get("page"), str)
    return named or (isinstance(pages, list) and all(map(_is_entry, pages)))


def _with_tests(
    modules: Iterator[ModuleItem], course: shape.Shaped[CourseShape]
) -> Iterator[ModuleItem]:
    """Add the test-outs to the modules; leave them out if something in ``course.yaml`` is
    malformed, since its modules may then be fewer."""
    written = {index: one.test_out for index, one in enumerate(course.shape.pages) if course.whole}
    for index, module in enumerate(modules):
        test = written.get(index)
        yield replace(module, test_out=test) if test else module


def _entries(listed: list[object], place: Place) -> Iterator[Entry]:
    for index, entry in enumerate(listed):
        entry_place = place.parts[index]
        if isinstance(entry, str):
            yield Entry(_nfc(entry), entry_place)
        elif isinstance(entry, dict) and isinstance(entry.get("page"), str):
            yield Entry(_nfc(entry["page"]), entry_place.parts["page"], _lock(entry, entry_place))


def _lock(entry: Mapping[str, object], place: Place) -> LockItem | None:
    if "locked" not in entry:
        return None
    written, lock_place = entry["locked"], place.parts["locked"]
    if not isinstance(written, dict):
        return LockItem(lock_place, tuple(_names(written, lock_place)), ())
    done, passed = (
        tuple(_names(written.get(key), lock_place.find([key]))) for key in ("done", "passed")
    )
    return LockItem(lock_place, done, passed)


def _names(written: object, place: Place) -> Iterator[Name]:
    if isinstance(written, str):
        yield Name(_nfc(written), place)
    for index, name in enumerate(written if isinstance(written, list) else ()):
        if isinstance(name, str):
            yield Name(_nfc(name), place.parts[index])


def _nfc(name: str) -> str:
    # The accents are composed, as in file names: macOS decomposes them, also in copied text.
    return unicodedata.normalize("NFC", name)


def _cached_page(
    file: PageFile, again: bool, cache: Cache
) -> tuple[PageItem, tuple[Diagnostic, ...]]:
    return cache.get_or_compute(("page", file.path), (file,), lambda: _page(file, again, cache))


def _document(file: PageFile, again: bool, cache: Cache) -> Document:
    def read() -> Document:
        return markdown.parse(file.body, file.body_line, translate=file.translate, again=again)

    return cache.get_or_compute(("document", file.path), (file,), read)


def _page(file: PageFile, again: bool, cache: Cache) -> tuple[PageItem, tuple[Diagnostic, ...]]:
    shaped, problems = shape.read(PageShape, file.front, {"title": "Page"})
    place = file.front.place
    record = tuple(
        RecordItem(
            id=item.id,
            # The page's revision is not part of the key: raising it must not lose what trainees
            # have written.
            key=keys.key("record", item.id),
            question=bank.prose(item.question, place.find(["record", index, "question"])),
            reading=bank.prose(item.reading, place.find(["record", index, "reading"]))
            if item.reading
            else None,
            limit=item.limit,
            former=keys.former("record", item.id, 1, item.was),
        )
        for index, item in enumerate(shaped.shape.record)
    )
    page = PageItem(
        file=file,
        shape=shaped.shape,
        id=shaped.shape.id or ids.page_id(file.path),
        whole=shaped.whole,
        document=_document(file, again, cache),
        record=record,
    )
    return page, problems


def _variable(name: str, written: VariableShape) -> Variable:
    return Variable(
        name=name,
        label=written.label,
        value=None if written.value is None else "; ".join(written.value),
    )
