"""Rules for the structure of a course: listed pages exist, ids are unique, and each page has the
content that its kind needs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from builder.base.slugs import kept_by_windows
from builder.course import interface, keys, languages, markdown, unwritten
from builder.course.load.discovery import is_copy
from builder.course.markdown import Directive, Prose
from builder.course.questions.base import ID_PATTERN, visible
from builder.course.shaping import fields
from builder.course.sources import Place
from builder.course.validate.material import Entry, Material, ModuleItem, PageItem, unknown_page
from builder.course.validate.shape import id_of, invalid
from builder.course.validate.shapes import CourseShape
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, FileName, Position

Named = tuple[str, str, Position]
"""An id, its key in the saved state, and its position in the course."""


def language(material: Material) -> Iterator[Diagnostic]:
    """Require that the player's interface is completely translated into the course's language."""
    written = material.course.language
    place = material.course_place("language")
    chosen = interface.language(written)
    if chosen is None:
        cause = f"the interface is not translated into “{written}”"
        known = ", ".join(f"{language.tag} ({language.name})" for language in interface.LANGUAGES)
        yield invalid(place, "language", cause, f"Write one of these: {known}")
        return
    if region := languages.unknown_region(written):
        words = {"language": written, "region": region, "near": languages.near(written)}
        yield problem("language-region", place.at, **words)
    for key in interface.missing(written):
        yield problem("text-missing", place.at, key=key, language=chosen.name, tag=chosen.tag)


def listed(material: Material) -> Iterator[Diagnostic]:
    """Require that the course lists pages, that each listed page exists, and that none is listed
    twice."""
    if not any(material.entries()):
        # A value that is not a list has been reported.
        readable = isinstance(material.sources.course.value, dict | None)
        if readable and not material.written("pages") and not _lists_pages(material):
            yield problem("course-empty", material.course_place("pages").key)
        return
    seen: set[str] = set()
    named = {entry.path for entry in material.entries()}
    known = Known(_page_name(path) for path in material.sources.pages if path not in named)
    for entry in material.entries():
        if entry.path in seen:
            yield problem("page-repeated", entry.place.at, page=entry.name)
        seen.add(entry.path)
        if not _exists(entry, material):
            yield _missing_page(entry, known)


def _lists_pages(material: Material) -> bool:
    """Whether ``course.yaml`` lists pages under another key, which is reported as unknown."""
    value = material.sources.course.value
    keys = value.keys() - fields(CourseShape).keys() if isinstance(value, dict) else ()
    lists = [each for key in keys if isinstance(each := material.written(key), list)]
    return any(isinstance(one, str) and one.endswith(".md") for each in lists for one in each)


def unsure(material: Material) -> Iterator[Diagnostic]:
    """Report the doubts under ``unsure:`` of pages."""
    for page in material.pages.values():
        for index, doubt in enumerate(page.shape.unsure):
            yield problem("page-unsure", page.front("unsure", index).at, problem=doubt)


def help_pages(material: Material) -> Iterator[Diagnostic]:
    """Require that every page under ``help:`` is a page of the course, and that none is listed
    twice."""
    seen: set[str] = set()
    known = Known(entry.name for entry in material.entries())
    listed = {entry.path for entry in material.entries()}
    for index, path in enumerate(material.help_pages):
        position = material.course_place("help", index).at
        name = _page_name(path)
        if path in seen:
            yield problem("page-repeated", position, page=name)
        elif path not in listed and material.pages_whole:
            yield unknown_page(name, position, known, material.sources)
        seen.add(path)


def reserved(material: Material) -> Iterator[Diagnostic]:
    """Reject file names of pages and lists of questions that are reserved on Windows."""
    for path in (*material.sources.pages, *material.sources.questions):
        file = PurePosixPath(path)
        if kept_by_windows(file.name):
            named = path in material.pages and not material.pages[path].shape.id
            keep = (
                f" Write “id: {material.pages[path].id}” in it, to keep progress." if named else ""
            )
            words = {"name": file.name, "suggestion": f"{file.stem}-1{file.suffix}", "keep": keep}
            yield problem("file-reserved", Position(path), **words)


def titles(material: Material) -> Iterator[Diagnostic]:
    """Report pages with the title of an earlier page, since trainees could not distinguish them in
    the contents."""
    first: dict[str, PageItem] = {}
    for page in material.pages.values():
        title = " ".join(page.shape.title.casefold().split())
        other = first.setdefault(title, page)
        if title and other is not page:
            words = {"title": page.shape.title, "other": FileName(other.path)}
            yield problem("title-repeated", page.front("title").at, **words)


def _exists(entry: Entry, material: Material) -> bool:
    return entry.path in material.sources.pages or entry.path in material.sources.failed


def _missing_page(entry: Entry, known: Known) -> Diagnostic:
    if posixpath.isabs(entry.name) or posixpath.normpath(entry.path).startswith(".."):
        return problem("outside-course", entry.place.at, path=entry.name)
    names = entry.name.split()
    if len(names) > 1 and all(name.endswith(".md") for name in names):
        cause = f"“{entry.name}” is read as one entry because a hyphen is missing"
        fix = f"Start a line with each page, with a hyphen and a space in front: “- {names[1]}”"
        return invalid(entry.place, "pages", cause, fix)
    words = {
        "page": entry.name,
        "reason": "",
        "did_you_mean": known.did_you_mean(entry.name),
        "fix": "Check the spelling, or put a page with this name into the folder pages/; or delete "
        "this line.",
    }
    return problem("page-unknown", entry.place.at, **words)


def _page_name(path: str) -> str:
    return path.removeprefix("pages/")


def unlisted(material: Material) -> Iterator[Diagnostic]:
    """Report pages in ``pages/`` that the course does not list."""
    if not any(material.entries()):
        return
    names = {entry.path for entry in material.entries()}
    for path in material.sources.pages:
        if path not in names and material.pages_whole:
            yield problem("page-unlisted", Position(path), fix=_fix_unlisted(path, material))


def _fix_unlisted(path: str, material: Material) -> str:
    stem, front = PurePosixPath(path).stem, material.sources.pages[path].front.value
    for other in material.pages:
        twin = material.sources.pages[other].front.value
        same = any(_same_value(front, twin, key) for key in ("id", "title"))
        if same and is_copy(stem, PurePosixPath(other).stem):
            return (
                f"It looks like a copy of “{_page_name(other)}”. Keep the one of the two that has "
                f"your latest changes as “{_page_name(other)}”, and delete the other."
            )
    return f"Add “{_page_name(path)}” to “pages:” in course.yaml, or delete the file."


def _same_value(one: object, other: object, key: str) -> bool:
    values = [each.get(key) if isinstance(each, dict) else None for each in (one, other)]
    return values[0] is not None and values[0] == values[1]


def page_ids(material: Material) -> Iterator[Diagnostic]:
    """Require that page ids are well formed and unique, and that no two have the same key."""
    named = []
    for page in material.pages.values():
        place = page.front("id") if page.shape.id else page.front()
        position = place.at if page.shape.id else Position(page.path)
        if not re.fullmatch(ID_PATTERN.strip("^$"), page.id):
            yield _invalid_id(page, place)
        named.append((page.id, keys.key("page", page.id, page.shape.revision), position))
    yield from _check_unique(named)


def _invalid_id(page: PageItem, place: Place) -> Diagnostic:
    plain = id_of(page.id) or "page-1"
    cause = f"no id can be derived from the file name “{_page_name(page.path)}”"
    return invalid(
        place, "id", cause, f"Write “id: {plain}” between the lines --- at the top of the page"
    )


def module_ids(material: Material) -> Iterator[Diagnostic]:
    """Require that module ids are unique; modules with the same title and without written ids count
    as one module."""
    seen: dict[str, ModuleItem] = {}
    for module in material.modules:
        if not module.title:
            continue
        first = seen.setdefault(module.id, module)
        same_module = first.title == module.title and not (first.named or module.named)
        if first is not module and not same_module:
            yield problem("duplicate-id", module.place.at, id=module.id, first=first.place.at)


def question_ids(material: Material) -> Iterator[Diagnostic]:
    """Require that question ids are unique, and that no two have the same key; report a copy of a
    file as one problem."""
    copies = _copied_files(material)
    for copy, (original, count) in copies.items():
        shared = "its question is there, too" if count == 1 else f"{count} questions are in both"
        yield problem("file-copied", Position(copy), other=FileName(original), count=shared)
    yield from _check_unique(
        (item.shape.id, item.question.key, item.place.find(["id"]).at)
        for item in material.questions
        if item.path not in copies
    )


def _copied_files(material: Material) -> dict[str, tuple[str, int]]:
    """The files that are copies of other lists of questions: the path of the original of each, and
    the number of questions in both.

    All questions of the copy or of the original are in both; if it is only one, the names of the
    files must be similar, too.
    """
    files: dict[str, set[str]] = {}
    for item in material.questions:
        files.setdefault(item.path, set()).add(item.shape.id)
    copies: dict[str, tuple[str, int]] = {}
    for path, names in sorted(files.items()):
        for other, others in files.items():
            stem, original = PurePosixPath(path).stem, PurePosixPath(other).stem
            shared = len(names & others)
            if other == path or other in copies or shared < min(len(names), len(others)):
                continue
            if is_copy(stem, original) or (shared > 1 and not is_copy(original, stem)):
                copies[path] = (other, shared)
                break
    return copies


def record_ids(material: Material) -> Iterator[Diagnostic]:
    """Require that the ids of record items are unique in the course, and that no two have the same
    key."""
    yield from _check_unique(
        (item.id, item.key, page.front("record", index, "id").at)
        for page in material.pages.values()
        for index, item in enumerate(page.record)
    )


def former_ids(material: Material) -> Iterator[Diagnostic]:
    """Require that a former id under ``was:`` is not in use any more, and that only one page,
    question or record item has it."""
    pages = ((page.id, page.shape.was, page.front("was")) for page in material.pages.values())
    questions = (
        (item.shape.id, item.shape.was, item.place.find(["was"])) for item in material.questions
    )
    records = (
        (item.id, item.was, page.front("record", index, "was"))
        for page in material.pages.values()
        for index, item in enumerate(page.shape.record)
    )
    for each in (pages, questions, records):
        yield from check_former_ids(list(each))


def check_former_ids(named: Sequence[tuple[str, tuple[str, ...], Place]]) -> Iterator[Diagnostic]:
    """Report ids under ``was:`` that are in use or that two parts have. ``named`` are the id of
    each part, its earlier ids, and their place."""
    now = {name for name, _, _ in named}
    claimed: dict[str, Position] = {}
    for _, was, place in named:
        for index, old in enumerate(was):
            position = place.find([index]).at
            if old in now:
                yield problem("was-there", position, id=old)
            elif old in claimed:
                yield problem("was-repeated", position, id=old, first=claimed[old])
            claimed.setdefault(old, position)


def heading_ids(material: Material) -> Iterator[Diagnostic]:
    """Require that the ids that an author gave to headings and terms are unique on their page."""
    for page in material.pages.values():
        lines: dict[str, int] = {}
        for heading in sorted(page.anchors(), key=lambda anchor: anchor.line):
            if heading.written and heading.id != heading.written:
                first = page.at(lines[heading.written], 1)
                position = page.at(heading.line, 1)
                yield problem("duplicate-id", position, id=heading.written, first=first)
            lines[heading.id] = heading.line


def terms(material: Material) -> Iterator[Diagnostic]:
    """Require that the course defines each term of its glossaries only once."""
    defined: dict[str, Position] = {}
    for page in material.pages.values():
        for term in page.terms():
            words = " ".join(term.text.casefold().split())
            position = page.at(term.line, 1)
            if words in defined:
                yield problem("term-repeated", position, term=term.text, first=defined[words])
            defined.setdefault(words, position)


def _check_unique(named: Iterable[Named]) -> Iterator[Diagnostic]:
    ids: dict[str, Position] = {}
    keys: dict[str, tuple[str, Position]] = {}
    for name, key, position in named:
        if name in ids:
            yield problem("duplicate-id", position, id=name, first=ids[name])
        elif key in keys:
            other, first = keys[key]
            yield problem("id-collision", position, id=name, other=other, first=first)
        ids.setdefault(name, position)
        keys.setdefault(key, (name, position))


def kinds(material: Material) -> Iterator[Diagnostic]:
    """Require the keys that each kind of page needs, and reject keys that it does not use."""
    for page in material.pages.values():
        if page.whole:
            yield from _check_kind(page)


_OWNERS = {
    **dict.fromkeys(("questions", "quiz"), "quiz"),
    **dict.fromkeys(("record", "signature", "shown_by_test"), "record"),
    **dict.fromkeys(("start", "complete", "weight", "attempts", "keep", "reveal"), "scenario"),
}


def _check_kind(page: PageItem) -> Iterator[Diagnostic]:
    kind = page.shape.kind
    if kind in ("quiz", "record"):
        key = "questions" if kind == "quiz" else "record"
        drawn = page.shape.quiz and page.shape.quiz.draw
        if not getattr(page.shape, key) and not drawn:
            words = {"kind": kind, "problem": f"has nothing under “{key}:”"}
            draw = ", “draw:” under “quiz:”" if kind == "quiz" else ""
            fix = (
                f"Add the list “{key}:” above the second line ---{draw}, or delete “kind: {kind}”."
            )
            yield problem("page-kind", page.front("kind").key, **words, fix=fix)
    for key, owner in _OWNERS.items():
        if getattr(page.shape, key) and kind != owner:
            words = {"kind": kind, "problem": f"does not use “{key}:”"}
            fix = f"Write “kind: {owner}”, or delete “{key}:”."
            if kind == "quiz" and owner == "scenario" and key not in ("start", "complete"):
                fix = f"Move “{key}:” below “quiz:”, or delete it."
            yield problem("page-kind", page.front(key).key, **words, fix=fix)


def empty(material: Material) -> Iterator[Diagnostic]:
    """Report pages of kind ``page`` that have no visible content."""
    for page in material.pages.values():
        judged = page.shape.kind == "page" and page.whole and not page.document.faults
        if judged and not any(map(_is_visible, page.document.walk())):
            yield problem("page-empty", Position(page.path))


def unwritten_pages(material: Material) -> Iterator[Diagnostic]:
    """Report texts of a template in pages that the author still has to write, and notes such as
    TODO."""
    for page in material.pages.values():
        for found in (*unwritten.in_yaml(page.file.front), *unwritten.in_body(page.file)):
            yield problem("page-unwritten", found.at, text=found.text)
        front, body = unwritten.notes_in_yaml(page.file.front), unwritten.notes_in_body(page.file)
        for note in (*front, *body):
            yield problem("todo-left", note.at, text=note.text)


def unwritten_texts(material: Material) -> Iterator[Diagnostic]:
    """Report texts of a template in questions and ``course.yaml`` that the author still has to
    write, and notes such as TODO."""
    for file in (material.sources.course, *material.sources.questions.values()):
        for found in unwritten.in_yaml(file):
            yield problem("text-unwritten", found.at, text=found.text)
        for note in unwritten.notes_in_yaml(file):
            yield problem("todo-left", note.at, text=note.text)


_PASTED = re.compile(
    r"^[ ]{0,3}- id: *(?P<id>\S+)\n(?: +\w+:.*\n)*? +(?:type|prompt): ", re.MULTILINE
)
"""Matches the first lines of a question as files in ``questions/`` have them."""


def pasted(material: Material) -> Iterator[Diagnostic]:
    """Report questions in the body of a page, apart from code."""
    for page in material.pages.values():
        for found in _PASTED.finditer(page.file.body):
            before = page.file.body[: found.start()]
            if not before.count("```") % 2:
                at = Position(page.path, page.file.body_line + before.count("\n"), 1)
                yield problem("question-pasted", at, id=found["id"])


_CODE = ("fence", "code_block")
"""Types of tokens that contain code."""


def _is_visible(block: Prose | Directive) -> bool:
    if isinstance(block, Directive):
        return bool(block.argument)
    if block.images or block.variables:
        return True
    # Token by token, since the text of the whole block may be long.
    return any(
        token.type in _CODE
        or (token.type == "inline" and visible(markdown.plain(Prose((token,)), {})))
        for token in block.tokens
    )


RULES: tuple[Callable[[Material], Iterator[Diagnostic]], ...] = (
    unsure,
    language,
    listed,
    help_pages,
    unlisted,
    reserved,
    titles,
    page_ids,
    module_ids,
    question_ids,
    record_ids,
    former_ids,
    heading_ids,
    terms,
    kinds,
    empty,
    pasted,
    unwritten_pages,
    unwritten_texts,
)
