"""The rule by which an import writes into a course that exists.

A file that its author has not changed since the last import is rewritten. Beside a file that
they have changed, ``NAME.new`` is written, if the source has changed since. No file is deleted.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from builder.base.immutable import immutable
from builder.base.slugs import slug
from builder.course.load.discovery import BESIDE
from builder.importing.again.existing import Entry, Existing
from builder.importing.again.memory import Memory
from builder.importing.making import Beside, Edit, Gone, NewPage, Updated
from builder.importing.reading import RefusedError
from builder.importing.writing import COURSE, QUESTIONS, Page, WrittenCourse, WrittenQuestion, yaml

_CHANGED = "you have changed it"


@immutable
class Unit:
    """A part of a course that is imported together: the files from which it was made, or one
    question bank that was added to it.

    ``before`` is the memory of its last import, ``now`` that of this one, and ``made`` what its
    source makes now. ``bank`` is the name of the file of an added bank, else empty.
    """

    before: Memory
    now: Memory
    made: WrittenCourse
    bank: str = ""


def added_bank(
    bank: str, before: Memory, now: Memory, made: WrittenCourse, used: Container[str]
) -> Unit:
    """The unit of a question bank, the file ``bank``, that is added to a course. Its questions get
    a file of their own; the course's settings are not among its files. ``used`` are the paths of
    the course's files in lower case."""
    known = next((path for path in before.texts if path.startswith("questions/")), "")
    path = known.removesuffix(BESIDE) or _free_path(bank, used)
    texts = {
        path if name == QUESTIONS else name: text
        for name, text in now.texts.items()
        if name != COURSE
    }
    return Unit(before, replace(now, texts=texts), made, bank)


def _free_path(bank: str, used: Container[str]) -> str:
    name = slug(bank.rpartition(".")[0]) or "bank"
    number = 1
    while True:
        path = f"questions/{name}{f'-{number}' if number > 1 else ''}.yaml"
        if path not in used:
            return path
        number += 1


@dataclass
class Plan:
    """What an import will write.

    ``written`` are the texts of new files and of files to rewrite, by path, and ``beside`` those
    to write beside files of the course, by the path of that file. ``reasons`` says why a file of
    the course stays. ``current`` are the paths of files that are as the source makes them already.
    """

    course: Existing
    units: list[Unit]
    written: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    current: set[str] = field(default_factory=set)

    def set_aside(self, path: str, reason: str) -> None:
        """Write the text for ``path`` beside that file instead of into it; ``reason`` says why.
        Raises ``RefusedError`` if that would overwrite a file that its author has changed."""
        _check_beside(self, path, self.written[path])
        self.beside[path] = self.written.pop(path)
        self.reasons[path] = reason

    def texts(self) -> dict[str, str]:
        """The texts to write by path."""
        return {**self.written, **{f"{path}{BESIDE}": one for path, one in self.beside.items()}}

    def obsolete(self) -> list[str]:
        """The paths of files that earlier imports wrote beside files which are now as the source
        makes them. Files that the author has changed are left out."""
        earlier = {path for unit in self.units for path in unit.before.texts.items()}
        return [
            beside
            for path in (*self.current, *self.written)
            if (beside := f"{path}{BESIDE}") in self.course.texts
            and (beside, self.course.texts[beside]) in earlier
        ]


def _bases(unit: Unit) -> dict[str, str]:
    """Map the path of each page to its path at the last import."""
    earlier = {page.id: page.path for page in unit.before.pages}
    return {page.path: earlier.get(page.id, page.path) for page in unit.made.pages}


def plan(course: Existing, units: Iterable[Unit]) -> Plan:
    """Decide what is written for each file of ``units``. Raises ``RefusedError`` if that would
    overwrite a changed file that an earlier import had written beside another one."""
    found = Plan(course, list(units))
    for unit in found.units:
        bases = _bases(unit)
        for path, text in unit.now.texts.items():
            _decide(found, unit, path, bases.get(path, path), text)
    for path, text in found.beside.items():
        _check_beside(found, path, text)
    return found


def _decide(found: Plan, unit: Unit, path: str, base: str, text: str) -> None:
    """Add the file ``path`` to a plan; ``base`` is its path at the last import, and ``text`` what
    the source makes of it now."""
    before = unit.before.texts
    imported = [before[one] for one in (base, f"{base}{BESIDE}") if one in before]
    own = found.course.texts.get(path)
    waits = base not in before and f"{path}{BESIDE}" in found.course.texts
    if own == text:
        found.current.add(path)
    elif own in imported or (own is None and (waits or not imported)):
        found.written[path] = text
    elif not imported or text != imported[-1]:
        found.beside[path] = text
        found.reasons[path] = _CHANGED if own is not None else "you have deleted it"


def _check_beside(found: Plan, path: str, text: str) -> None:
    beside = f"{path}{BESIDE}"
    own = found.course.texts.get(beside)
    earlier = {unit.before.texts[beside] for unit in found.units if beside in unit.before.texts}
    if own is not None and own not in (*earlier, text):
        raise RefusedError(
            f"Nothing was changed: “{beside}”, which an earlier import wrote, has other words by "
            f"now. Copy what you need from it into “{path}”, delete it, and import again."
        )


def next_memory(found: Plan, unit: Unit) -> Memory:
    """The memory of a unit for the next import. Of each file it has what was last written into it,
    and what was last written beside it. Pages and questions that are gone from the source but still
    in the course stay in the memory, so that they are recognised if they come back."""
    course, before, now = found.course, unit.before, unit.now
    bases, texts = _bases(unit), dict[str, str]()
    for path, text in now.texts.items():
        if path in found.written or path in found.current:
            texts[path] = text
            continue
        base = bases.get(path, path)
        for ending in ("", BESIDE):
            if f"{base}{ending}" in before.texts:
                texts[f"{path}{ending}"] = before.texts[f"{base}{ending}"]
        if path in found.beside:
            texts[f"{path}{BESIDE}"] = text
    done = {*now.texts, *bases.values()}
    for path, text in before.texts.items():
        if path.removesuffix(BESIDE) not in done and path.removesuffix(BESIDE) in course.texts:
            texts[path] = text
    pages = {page.id for page in now.pages}
    left = (one for one in before.pages if one.id not in pages and one.id in course.pages)
    unasked = (one for one, _ in _gone_questions(found, unit))
    return replace(
        now, texts=texts, pages=(*now.pages, *left), questions=(*now.questions, *unasked)
    )


def report(found: Plan) -> Updated:
    """Say what an import changes."""
    edits: list[Edit] = []
    pages: list[NewPage] = []
    for unit in found.units:
        bases, earlier = _bases(unit), {page.id for page in unit.before.pages}
        for path, text in unit.now.texts.items():
            if path in found.written or path in found.beside:
                edits += _edits(path, _latest(found, unit, path, bases.get(path, path)), text)
        for page in unit.made.pages:
            is_new = page.id not in earlier and page.id not in found.course.pages
            if is_new and page.path in (*found.written, *found.beside):
                pages.append(_new_page(found, unit, page))
    new = {page.path for page in pages}
    files = [path for path in found.written if path not in (*new, *found.course.texts)]
    new.update(files)
    return Updated(
        title=found.course.title,
        written=tuple(path for path in found.written if path not in new),
        beside=tuple(Beside(path, found.reasons[path]) for path in found.beside),
        edits=tuple(edits),
        pages=tuple(pages),
        files=tuple(files),
        gone=tuple(one for unit in found.units for one in _gone(found, unit)),
    )


def _latest(found: Plan, unit: Unit, path: str, base: str) -> str | None:
    """The text that a file has before this import: its own, or, if that is its author's, what the
    last import made; ``None`` for a new file."""
    if path in found.written:
        return found.course.texts.get(path)
    texts = unit.before.texts
    return texts.get(f"{base}{BESIDE}", texts.get(base))


def _edits(path: str, before: str | None, after: str) -> Iterator[Edit]:
    if before is None:
        return
    old, new = before.split("\n"), after.split("\n")
    matcher = SequenceMatcher(None, old, new)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            yield Edit(path, first + 1, "\n".join(old[start:end]), "\n".join(new[first:last]))


def _new_page(found: Plan, unit: Unit, page: Page) -> NewPage:
    if not unit.bank and (COURSE in found.written or COURSE in found.current):
        return NewPage(page.path, page.title)
    module = unit.made.modules[page.module] if page.module in found.course.modules else ""
    return NewPage(page.path, page.title, tuple(_page_lines(found, unit, page)), module)


def _page_lines(found: Plan, unit: Unit, page: Page) -> Iterator[str]:
    """The lines of ``course.yaml`` that list a page. The first page of a module that the course
    does not have brings the lines of the module."""
    name = page.path.removeprefix("pages/")
    if not page.module:
        yield f"  - {name}"
        return
    first = next(one for one in unit.made.pages if one.module == page.module)
    if page.module not in found.course.modules and first is page:
        yield f"  - module: {yaml.text(unit.made.modules[page.module])}"
        yield f"    id: {page.module}"
        yield "    pages:"
    yield f"      - {name}"


def _gone(found: Plan, unit: Unit) -> Iterator[Gone]:
    course = found.course
    pages = {page.id for page in unit.made.pages}
    for page in unit.before.pages:
        if page.id not in pages and page.id in course.pages:
            yield Gone(course.pages[page.id], 1, page.title)
    for one, entry in _gone_questions(found, unit):
        yield Gone(entry.path, entry.line, one.prompt)


def _gone_questions(found: Plan, unit: Unit) -> Iterator[tuple[WrittenQuestion, Entry]]:
    """The questions that the source no longer has, but the course will still have."""
    asked = {one.id for one in unit.made.questions}
    for one in unit.before.questions:
        entry = found.course.questions.get(one.id)
        if one.id not in asked and entry is not None and entry.path not in found.written:
            yield one, entry
