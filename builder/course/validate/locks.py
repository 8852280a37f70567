"""Rules for locks: what trainees must do before a page or module opens
(facts/accessibility.md#round-the-page)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from builder.course.validate.material import (
    LockItem,
    Material,
    Name,
    unknown_page,
    unlisted_file,
)
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic

_Locked = tuple[LockItem, tuple[str, ...]]
"""A lock, and the paths of the pages that it locks."""


def _locks(material: Material) -> Iterator[_Locked]:
    for module in material.modules:
        if module.lock and module.entries:
            yield module.lock, tuple(entry.path for entry in module.entries)
        for entry in module.entries:
            if entry.lock:
                yield entry.lock, (entry.path,)


def _files_by_name(material: Material) -> dict[str, tuple[str, ...]]:
    """The paths of the pages that each name in a lock can refer to: a page by its file name, or a
    module by its title or id."""
    files_by_name: dict[str, tuple[str, ...]] = {}
    for module in material.modules:
        if module.title:
            files = tuple(entry.path for entry in module.entries)
            files_by_name[module.title] = (*files_by_name.get(module.title, ()), *files)
    # Modules with the same title count as one module, also under their ids.
    ids = {name: files_by_name[title] for name, title in module_titles(material).items()}
    return files_by_name | ids | {entry.name: (entry.path,) for entry in material.entries()}


def module_titles(material: Material) -> dict[str, str]:
    """The title of each module by its id, which the author wrote or which is derived from the
    title."""
    return {module.id: module.title for module in material.modules if module.title}


def names(material: Material) -> Iterator[Diagnostic]:
    """Require that a lock names at least one page or module, that all of them exist, and that those
    to be passed are quizzes."""
    files_by_name = _files_by_name(material)
    known = Known(files_by_name)
    for lock, _ in _locks(material):
        if not lock.done and not lock.passed and material.course_whole:
            yield problem("lock-empty", lock.place.key)
        for needed in (*lock.done, *lock.passed):
            if needed.name not in files_by_name:
                position, sources = needed.place.at, material.sources
                if needed.name.endswith(".md") and unlisted_file(needed.name, sources):
                    yield unknown_page(needed.name, position, known, sources)
                    continue
                what = "page" if needed.name.endswith(".md") else "page or module"
                near = known.did_you_mean(needed.name)
                words = {"what": what, "name": needed.name, "did_you_mean": near}
                yield problem("lock-unknown", position, **words)
        for needed in lock.passed:
            if needed.name in files_by_name and not _quiz(
                needed, files_by_name[needed.name], material
            ):
                yield problem("lock-quiz", needed.place.at, page=needed.name)


def _quiz(name: Name, files: tuple[str, ...], material: Material) -> bool:
    page = material.pages.get(name.path)
    # A page that could not be read may be a quiz; its problems have been reported.
    return page.shape.kind == "quiz" if page else files == (name.path,)


def always_open(material: Material) -> Iterator[Diagnostic]:
    """Reject locks on the first page and on help pages: contacts must always be reachable."""
    first = next((entry.path for entry in material.entries()), None)
    reasons = dict.fromkeys(material.help_pages, "“Help and contacts” on every page links to it")
    if first:
        reasons[first] = "it is the first page of the course"
    for lock, pages in _locks(material):
        for path in pages:
            if path in reasons:
                words = {"page": _page_name(path), "reason": reasons[path]}
                yield problem("lock-open", lock.place.key, **words)


def circles(material: Material) -> Iterator[Diagnostic]:
    """Reject locks that wait for each other, directly or through further locks: their pages could
    never open."""
    files_by_name = _files_by_name(material)
    waits: dict[str, list[str]] = {}
    lines: dict[tuple[str, str], int] = {}
    for lock, pages in _locks(material):
        # A lock that closes a circle is reported, and not added to ``waits``, so that each circle
        # is reported once.
        for needed in (*lock.done, *lock.passed):
            required = _pages_behind(needed.name, files_by_name, waits)
            stuck = next((page for page in pages if page in required), None)
            if stuck:
                page, how, other = _page_name(stuck), "waits for it", ""
                behind = files_by_name[needed.name]
                if stuck in behind:
                    how = "is the same page" if page == needed.name else "it is part of"
                else:
                    back = next(
                        (waiting, name)
                        for waiting in behind
                        for name in waits.get(waiting, ())
                        if stuck in _pages_behind(name, files_by_name, waits)
                    )
                    other = f"; or delete “{back[1]}” on line {lines[back]}"
                words = {"page": page, "name": needed.name, "how": how, "other": other}
                yield problem("lock-circle", needed.place.at, **words)
                continue
            for page in pages:
                waits.setdefault(page, []).append(needed.name)
                lines.setdefault((page, needed.name), needed.place.at.line)


def _pages_behind(
    name: str, files_by_name: Mapping[str, tuple[str, ...]], waits: Mapping[str, list[str]]
) -> set[str]:
    """The paths of the pages to which ``name`` in a lock refers, and of all pages that must be done
    before these pages open.

    ``files_by_name`` are the paths of the pages for each such name, and ``waits`` the names in the
    locks of each page, by the page's path.
    """
    found: set[str] = set()
    todo = [name]
    while todo:
        for page in files_by_name.get(todo.pop(), ()):
            if page not in found:
                found.add(page)
                todo.extend(waits.get(page, ()))
    return found


def untracked(material: Material) -> Iterator[Diagnostic]:
    """Report locks that wait for ordinary pages although the course saves no visits
    (``tracking.pages: none``)."""
    if material.course.tracking.pages == "all":
        return
    files_by_name = _files_by_name(material)
    for lock, _ in _locks(material):
        for needed in lock.done:
            for path in files_by_name.get(needed.name, ()):
                page = material.pages.get(path)
                if page and page.shape.kind == "page":
                    yield problem("lock-untracked", needed.place.at, page=_page_name(path))
                    break


def _page_name(path: str) -> str:
    return path.removeprefix("pages/")


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    names,
    always_open,
    circles,
    untracked,
)
