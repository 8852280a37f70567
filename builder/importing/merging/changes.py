"""Merges what changed in a source, such as a Word document, into the course that was made from it.

Three versions are merged: ``before`` is the memory of the last import, ``course`` is the course as
its author has it now, and ``made`` is the course that the source would make now.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from builder.base.immutable import immutable
from builder.importing.making import Edit, Merged
from builder.importing.merging import three_way
from builder.importing.merging import units as cutting
from builder.importing.merging.memory import Memory
from builder.importing.merging.three_way import Merge, Unit
from builder.importing.writing import COURSE, QUESTIONS, Page, WrittenCourse

_ID = re.compile(r"^(?:- |  )id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
_TYPE = re.compile(r"^  type:[ \t]*(\S+)", re.MULTILINE)
_TAGS = re.compile(r"^  tags:[ \t]*(?:\n    - \S+)+", re.MULTILINE)
_WAS = re.compile(r"^(?:- |  )was:[ \t]*(.+(?:\n[ \t]+-.*)*)", re.MULTILINE)


@immutable
class Course:
    """A course as its author has it now. ``texts`` are its files by path; ``pages`` maps the
    current and former ids of each page to its path."""

    texts: Mapping[str, str]
    pages: Mapping[str, str]


@dataclass
class CourseMerge:
    """The result of merging: ``texts`` are the files to write, by path, and the lists of edits are
    the report: what the source ``changed``, ``added``, ``moved`` and no longer has (``gone``), and
    what ``both`` the author and the source changed. ``left`` are the paths of files that stay
    unchanged because their merged versions would be invalid. ``pages`` are the lines of
    ``course.yaml`` that list pages."""

    texts: dict[str, str] = field(default_factory=dict)
    changed: list[Edit] = field(default_factory=list)
    added: list[Edit] = field(default_factory=list)
    moved: list[Edit] = field(default_factory=list)
    gone: list[Edit] = field(default_factory=list)
    both: list[Edit] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    pages: frozenset[str] = frozenset()

    def leave_unchanged(self, path: str) -> None:
        """Keep the author's version of the file at ``path``. The source's changes to this file are
        reported as not applied."""
        self.left.add(path)
        del self.texts[path]
        for edits in (self.changed, self.added, self.moved):
            self.both += [edit for edit in edits if edit.path == path]
            edits[:] = [edit for edit in edits if edit.path != path]

    def add_events(self, path: str, merged: Merge) -> None:
        """Add the events of the merged file at ``path`` to the report, as edits with line
        numbers."""
        starts = three_way.start_lines(merged.units)
        for event in merged.events:
            line = starts[event.at] + event.down
            getattr(self, event.what).append(Edit(path, line, event.ours, event.theirs))

    def merged(self) -> Merged:
        """Return the edits for the report, sorted by file and line. Lines that list pages in
        ``course.yaml`` are left out, since the pages themselves are reported."""
        # Edits of a page are reported at the page, not at its entry in course.yaml.
        changed, added, moved, gone = (
            _sorted_edits(edit for edit in edits if not self._is_page(edit))
            for edits in (self.changed, self.added, self.moved, self.gone)
        )
        return Merged(changed, added, moved, gone, _sorted_edits(self.both))

    def _is_page(self, edit: Edit) -> bool:
        return edit.path == COURSE and (edit.course or edit.source).strip() in self.pages


def _sorted_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=attrgetter("path", "line")))


def merge_course(before: Memory, made: WrittenCourse, course: Course) -> CourseMerge:
    """Merge three versions of a course: its last import (``before``), the course as its author has
    it now, and the course that the source makes now (``made``). ``made`` already has the ids of the
    last import."""
    result = CourseMerge()
    _merge_pages(before, made, course, result)
    _merge_questions(before, made, course, result)
    _merge_settings(before, made, course, result)
    result.texts = {
        path: text for path, text in result.texts.items() if text != course.texts.get(path)
    }
    return result


def next_memory(before: Memory, now: Memory, course: Course, left: Container[str]) -> Memory:
    """The data to save for the next import. ``before`` is what the last import saved, and ``now``
    what this one would save alone. The result also has pages that are gone from the source but
    still in the course, so that they are recognised if they come back. Files that were ``left``
    unchanged keep their earlier text in the result."""
    ids = {page.id for page in now.pages}
    gone = [page for page in before.pages if page.id not in ids and page.id in course.pages]
    texts = {page.path: before.texts[page.path] for page in gone if page.path in before.texts}
    return Memory(
        course=now.course,
        level=now.level,
        texts={
            **texts,
            **now.texts,
            **{path: text for path, text in before.texts.items() if path in left},
        },
        pages=(*now.pages, *gone),
        questions=now.questions,
        modules=now.modules,
        variables=now.variables,
        sources=now.sources,
    )


def _merge_pages(before: Memory, made: WrittenCourse, course: Course, result: CourseMerge) -> None:
    earlier = {page.id: page for page in before.pages}
    new = {page.id: page for page in made.pages}
    moved_paragraphs = _moved_paragraphs(before, made, course)
    gone = _gone_questions(before, made, course)
    moves = _find_moves(before, made, course)
    joining = _find_joined(before, made, course)
    for page in made.pages:
        path = course.pages.get(page.id)
        theirs = made.texts[page.path]
        if elsewhere := {*joining.listed, *joining.drawn}:
            theirs = three_way.join_units(
                cutting.remove_questions(cutting.page_units(theirs), elsewhere)
            )
        base = before.texts.get(earlier[page.id].path) if page.id in earlier else None
        if base is None and path is None:
            own = cutting.remove_questions(cutting.page_units(theirs), moves.stay)
            result.texts[page.path] = three_way.join_units(own)
            result.added.append(Edit(page.path, 1, "", page.title))
        elif path is None:
            if base != theirs:
                result.both.append(Edit(page.path, 0, "", _changed_paragraphs(base or "", theirs)))
        else:
            left = earlier[page.id].questions if page.id in earlier else ()
            units = moves.without_moved(
                *map(cutting.page_units, (base or "", course.texts[path], theirs))
            )
            units = cutting.convert_versions(*units, [name for name in left if name in gone])
            merged = three_way.merge(*units, elsewhere=moved_paragraphs)
            result.texts[path] = three_way.join_units(merged.units)
            result.add_events(path, moves.mark_moved(merged))
    for page in before.pages:
        if page.id not in new and page.id in course.pages:
            path = course.pages[page.id]
            ours = cutting.page_units(course.texts[path])
            result.texts[path] = three_way.join_units(cutting.remove_questions(ours, moves.go))
            result.gone.append(Edit(path, 1, page.title, ""))
    for name, (path, beside, below) in joining.listed.items():
        _insert_in_list(name, path, beside, below, course, result)
    _report_still_asked(gone, course, result)


@immutable
class _JoinedQuestions:
    """New questions that the source has next to questions which the author asks in a quiz. The
    import would ask them as practice, without a score, so they join the quiz instead.

    ``listed`` maps the id of a question to the path of the page whose list has its neighbour, the
    id of the neighbour, and whether the question goes below it. ``drawn`` maps the id of a question
    to the tags by which a quiz draws its neighbour.
    """

    listed: Mapping[str, tuple[str, str, bool]]
    drawn: Mapping[str, Sequence[str]]


def _find_joined(before: Memory, made: WrittenCourse, course: Course) -> _JoinedQuestions:
    known = {one.id for one in before.questions}
    lists: dict[str, str] = {}
    checked: set[str] = set()
    for path in course.pages.values():
        units = cutting.page_units(course.texts[path])
        own = [unit for unit in units if unit.key == "questions"]
        lists |= dict.fromkeys(cutting.named_questions(own), path)
        checked |= set(cutting.named_questions([unit for unit in units if unit.key != "questions"]))
    tagged = _draw_tags(course)
    listed: dict[str, tuple[str, str, bool]] = {}
    drawn: dict[str, Sequence[str]] = {}
    for page in made.pages:
        if cutting.asking_way(cutting.page_units(made.texts[page.path])) != "practice":
            continue
        above = ""
        for at, name in enumerate(page.questions):
            below = next((one for one in page.questions[at + 1 :] if one in known), "")
            beside = above or below
            if name not in known and beside in lists:
                path = lists[name] = lists[beside]
                listed[name] = path, beside, beside == above
            elif name not in known and beside in tagged and beside not in checked:
                drawn[name] = tagged[name] = tagged[beside]
            above = name if name in known or name in lists or name in tagged else above
    return _JoinedQuestions(listed, drawn)


def _draw_tags(course: Course) -> dict[str, Sequence[str]]:
    """Map the ids of questions to the tags by which quizzes draw them."""
    pages = (cutting.page_units(course.texts[path]) for path in course.pages.values())
    draw_tags = {tag for units in pages for tag in cutting.drawn_tags(units)}
    files = [text for path, text in course.texts.items() if path.startswith("questions/")]
    found: dict[str, Sequence[str]] = {}
    for unit in (unit for text in files for unit in cutting.question_units(text)):
        own = _TAGS.search(unit.text)
        tags = [tag for tag in re.findall(r"- (\S+)", own[0]) if tag in draw_tags] if own else []
        if tags:
            found |= dict.fromkeys(_question_ids(unit.text), tags)
    return found


def _insert_in_list(
    name: str, path: str, beside: str, below: bool, course: Course, result: CourseMerge
) -> None:
    """Add the question ``name`` to the list of the quiz at ``path``, below the question ``beside``
    if ``below`` is true, else above it. Also adds the edit to ``result``. Shifts the line numbers
    of the edits below the new line."""
    rows = result.texts.get(path, course.texts[path]).split("\n")
    at = rows.index(f"  - {beside}") + below
    rows.insert(at, f"  - {name}")
    result.texts[path] = "\n".join(rows)
    for edits in (result.changed, result.added, result.moved, result.gone, result.both):
        edits[:] = [
            replace(edit, line=edit.line + 1) if edit.path == path and edit.line > at else edit
            for edit in edits
        ]
    result.added.append(Edit(path, at + 1, "", f"  - {name}"))


def _report_still_asked(gone: Container[str], course: Course, result: CourseMerge) -> None:
    """Add to ``result`` the lines in which pages still ask questions that are ``gone`` from the
    source (ids). An author who deletes such a question must delete these lines, too."""
    reported = {(edit.path, edit.line) for edit in result.gone}
    for path in course.pages.values():
        text = result.texts.get(path, course.texts[path])
        for name, line in cutting.question_lines(text):
            if name in gone and (path, line) not in reported:
                reported.add((path, line))
                result.gone.append(Edit(path, line, text.split("\n")[line - 1], ""))


@immutable
class _Moves:
    """The ids of questions that the source asks on another page than before. Those in ``go`` move
    to the new page; those in ``stay`` do not, because their author has moved or removed them."""

    go: frozenset[str]
    stay: frozenset[str]

    def without_moved(
        self, base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit]
    ) -> _Versions:
        """Remove questions from three versions of a page, those of the last import (``base``), of
        the author (``ours``) and of the source (``theirs``): the questions that the source moved to
        another page, and the questions that the author moved or removed."""
        left = set(cutting.named_questions(base)) - set(cutting.named_questions(theirs))
        here = {*left & self.go, *left & self.stay}
        base, ours = (
            cutting.remove_questions(base, here),
            cutting.remove_questions(ours, left & self.go),
        )
        return base, ours, cutting.remove_questions(theirs, self.stay)

    def mark_moved(self, merged: Merge) -> Merge:
        """Change the events of moved questions from “added” to “moved”."""
        merged.events = [
            replace(event, what="moved")
            if event.what == "added" and event.theirs.split(" ")[-1] in self.go
            else event
            for event in merged.events
        ]
        return merged


_Versions = tuple[list[Unit], list[Unit], list[Unit]]


def _find_moves(before: Memory, made: WrittenCourse, course: Course) -> _Moves:
    """Find the questions that the source, from which ``made`` was made, asks on another page than
    in the last import (``before``)."""
    deleted = {page.id for page in before.pages} - course.pages.keys()
    there_now = [page for page in made.pages if page.id not in deleted]
    now = {name: page.id for page in there_now for name in page.questions}
    go, stay = set[str](), set[str]()
    for page in before.pages:
        moved = {name for name in page.questions if now.get(name, page.id) != page.id}
        if not moved:
            continue
        path = course.pages.get(page.id)
        was = set(cutting.named_questions(cutting.page_units(before.texts.get(page.path, ""))))
        ours_now = (
            set(cutting.named_questions(cutting.page_units(course.texts[path])))
            if path
            else set[str]()
        )
        # A question that is drawn moves with its tag.
        stay |= (moved & was) - ours_now
        go |= moved - stay
    return _Moves(frozenset(go), frozenset(stay))


def _gone_questions(before: Memory, made: WrittenCourse, course: Course) -> frozenset[str]:
    """The ids of questions that are gone from the source since the last import (``before``) but
    still in the course."""
    files = [text for path, text in course.texts.items() if path.startswith("questions/")]
    present = {
        name
        for text in files
        for unit in cutting.question_units(text)
        for name in _question_ids(unit.text)
    }
    gone = {one.id for one in before.questions} - {one.id for one in made.questions}
    return frozenset(gone & present)


def _moved_paragraphs(before: Memory, made: WrittenCourse, course: Course) -> frozenset[str]:
    """The texts of paragraphs that the source moved since the last import (``before``): each is
    gone from one page and new on another. Pages that their author deleted do not count, since
    nothing can move there."""
    old = _paragraphs(before.texts, before.pages)
    deleted = {page.id for page in before.pages} - course.pages.keys()
    new = _paragraphs(made.texts, [page for page in made.pages if page.id not in deleted])
    return frozenset(
        text
        for text, paths in new.items()
        if len(paths) == 1 and len(old.get(text, ())) == 1 and paths != old[text]
    )


def _paragraphs(texts: Mapping[str, str], pages: Sequence[Page]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for page in pages:
        for unit in cutting.page_units(texts.get(page.path, "")):
            found.setdefault(unit.text, set()).add(page.id)
    return found


def _changed_paragraphs(base: str, theirs: str) -> str:
    """The paragraphs that the source changed on a page that its author has deleted, as one text.
    ``base`` is the page of the last import, and ``theirs`` that of the source."""
    before = {unit.text for unit in cutting.page_units(base)}
    return "\n".join(unit.text for unit in cutting.page_units(theirs) if unit.text not in before)


def _merge_questions(
    before: Memory, made: WrittenCourse, course: Course, result: CourseMerge
) -> None:
    drawn = _find_joined(before, made, course).drawn
    base = _by_id(cutting.question_units(before.texts.get(QUESTIONS, "")))
    theirs = _by_id(cutting.question_units(made.texts.get(QUESTIONS, "")))
    files = {
        path: cutting.question_units(text)
        for path, text in course.texts.items()
        if path.startswith("questions/")
    }
    for path, units in files.items():
        _merge_question_file(path, units, base, theirs, result)
    known = {
        name for units in files.values() for unit in units for name in _question_ids(unit.text)
    }
    new_units = []
    for name, unit in theirs.items():
        if name in known:
            continue
        if name not in base:
            tags = "".join(f"\n    - {tag}" for tag in drawn.get(name, ()))
            new_units.append(replace(unit, text=f"{unit.text}\n  tags:{tags}") if tags else unit)
        elif base[name].text != unit.text:
            result.both.append(Edit(QUESTIONS, 0, "", unit.text))
    _append_questions(new_units, result.texts.get(QUESTIONS, ""), result)


def _merge_question_file(
    path: str,
    units: Sequence[Unit],
    base: Mapping[str, Unit],
    theirs: Mapping[str, Unit],
    result: CourseMerge,
) -> None:
    """Merge the file of questions at ``path``, and add the outcome to ``result``. ``units`` are the
    questions in the author's version of the file. Each question stays in the file where its author
    put it. ``base`` and ``theirs`` have the questions of the last import and of the source by
    id."""
    merged = Merge()
    for unit in units:
        name = next((name for name in _question_ids(unit.text) if name in base), "")
        if not name or (name in theirs and theirs[name].text == base[name].text):
            merged.units.append(unit)
        elif name not in theirs:
            merged.report("gone", unit.text, "")
            merged.units.append(unit)
        else:
            _merge_question(merged, base[name], unit, theirs[name])
    result.texts[path] = three_way.join_units(merged.units)
    result.add_events(path, merged)


def _merge_question(merged: Merge, base: Unit, mine: Unit, source: Unit) -> None:
    """Merge three versions of a question, and append the merged question to ``merged``. The
    versions are those of the last import (``base``), of the author (``mine``) and of the source. If
    the source changed the question's type, the question is merged as a whole, since no part of one
    type fits another."""
    if _question_type(base.text) != _question_type(source.text):
        untouched = mine.text == base.text
        merged.report("changed" if untouched else "both", mine.text, source.text)
        merged.units.append(replace(mine, text=source.text) if untouched else mine)
        return
    inner = three_way.merge(*(cutting.entry_units(one.text) for one in (base, mine, source)))
    merged.report_inner(inner)
    merged.units.append(replace(mine, text=three_way.join_units(inner.units)))


def _append_questions(new_units: Sequence[Unit], text: str, result: CourseMerge) -> None:
    for unit in new_units:
        text = f"{text.rstrip()}\n\n" if text.strip() else ""
        line = text.count("\n") + 1
        text += f"{unit.text}\n"
        result.added.append(Edit(QUESTIONS, line, "", unit.text))
    if new_units:
        result.texts[QUESTIONS] = text


def _by_id(units: Sequence[Unit]) -> dict[str, Unit]:
    return {name: unit for unit in units for name in list(_question_ids(unit.text))[:1]}


def _question_ids(entry: str) -> Iterator[str]:
    """Yield the current id and the former ids of a question."""
    if found := _ID.search(entry):
        yield found[1]
    if found := _WAS.search(entry):
        yield from re.findall(r"[a-z0-9][a-z0-9-]*", found[1])


def _question_type(entry: str) -> str:
    found = _TYPE.search(entry)
    return found[1] if found else ""


def _merge_settings(
    before: Memory, made: WrittenCourse, course: Course, result: CourseMerge
) -> None:
    texts = (before.texts.get(COURSE, ""), course.texts[COURSE], made.texts[COURSE])
    merged = three_way.merge(*map(cutting.settings_units, texts))
    result.pages = frozenset(
        f"- {page.path.removeprefix('pages/')}" for page in (*before.pages, *made.pages)
    )
    result.texts[COURSE] = three_way.join_units(merged.units)
    result.add_events(COURSE, merged)
