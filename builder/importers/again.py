"""Importing again: what has changed in a source is brought into the course that was made of it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.importers import cutting, merging
from builder.importers.memory import Memory
from builder.importers.merging import Merge, Unit
from builder.importers.outcome import Edit, Merged
from builder.importers.writing import COURSE, QUESTIONS, Made, Page

_ID = re.compile(r"^(?:- |  )id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
_WAS = re.compile(r"^(?:- |  )was:[ \t]*(.+(?:\n[ \t]+-.*)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its author has it now: ``texts`` are its files by path, ``pages`` the path of
    each page by its id and by those that it had before."""

    texts: Mapping[str, str]
    pages: Mapping[str, str]


@dataclass
class Again:
    """What is to be written: files by path, and what there is to tell. ``left`` are files that stay
    as they are, since they would not fit any more; ``pages`` the lines that list pages."""

    texts: dict[str, str] = field(default_factory=dict)
    changed: list[Edit] = field(default_factory=list)
    added: list[Edit] = field(default_factory=list)
    gone: list[Edit] = field(default_factory=list)
    both: list[Edit] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    pages: frozenset[str] = frozenset()

    def leave(self, path: str) -> None:
        """Leave a file as its author has it: what the source says of it is only told."""
        self.left.add(path)
        del self.texts[path]
        for edits in (self.changed, self.added):
            self.both += [edit for edit in edits if edit.path == path]
            edits[:] = [edit for edit in edits if edit.path != path]

    def tell(self, path: str, merged: Merge) -> None:
        """Take over what there is to tell of a file."""
        starts = _starts(merged.units)
        for event in merged.events:
            line = starts[min(event.at, len(starts) - 1)] if starts else 1
            getattr(self, event.what).append(Edit(path, line, event.ours, event.theirs))

    def merged(self) -> Merged:
        """All that there is to tell."""
        # What becomes of a page is told where it stands, and not where it is listed.
        return Merged(
            changed=_sorted(self._without_pages(self.changed)),
            added=_sorted(self._without_pages(self.added)),
            gone=_sorted(self._without_pages(self.gone)),
            both=_sorted(self.both),
        )

    def _without_pages(self, edits: Sequence[Edit]) -> Iterator[Edit]:
        for edit in edits:
            if edit.path != COURSE or (edit.course or edit.source) not in self.pages:
                yield edit


def _sorted(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=_place))


def _place(edit: Edit) -> tuple[str, int]:
    return edit.path, edit.line


def _starts(units: Sequence[Unit]) -> list[int]:
    starts, line = [], 1
    for unit in units:
        starts.append(line)
        line += f"{unit.text}{unit.gap}".count("\n")
    return starts


def bring(before: Memory, made: Made, course: Course) -> Again:
    """Merge what was imported ``before`` with the course, and with what is ``made`` of the source
    now, whose ids are those of the earlier import."""
    again = Again()
    _pages(before, made, course, again)
    _questions(before, made, course, again)
    _settings(before, made, course, again)
    again.texts = {
        path: text for path, text in again.texts.items() if text != course.texts.get(path)
    }
    return again


def remembered(before: Memory, now: Memory, course: Course, left: Container[str]) -> Memory:
    """What is to be kept of this import: of an earlier one also what is gone from the source and
    still in the course, so that it is known should it come back, and files that were ``left``."""
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
    )


def _pages(before: Memory, made: Made, course: Course, again: Again) -> None:
    earlier = {page.id: page for page in before.pages}
    new = {page.id: page for page in made.pages}
    arrived = _arrived(before, made)
    for page in made.pages:
        path = course.pages.get(page.id)
        theirs = made.texts[page.path]
        base = before.texts.get(earlier[page.id].path) if page.id in earlier else None
        if base is None and path is None:
            again.texts[page.path] = theirs
            again.added.append(Edit(page.path, 1, "", page.title))
        elif path is None:
            if base != theirs:
                again.both.append(Edit(page.path, 0, "", _difference(base or "", theirs)))
        else:
            parts = [cutting.page(text) for text in (base or "", course.texts[path], theirs)]
            merged = merging.merge(*parts, cut=cutting.lines, elsewhere=arrived)
            again.texts[path] = merging.joined(merged.units)
            again.tell(path, merged)
    for page in before.pages:
        if page.id not in new and page.id in course.pages:
            again.gone.append(Edit(course.pages[page.id], 1, page.title, ""))


def _arrived(before: Memory, made: Made) -> frozenset[str]:
    """Paragraphs that are new on one page and gone from another: they have moved."""
    old = _paragraphs(before.texts, before.pages)
    new = _paragraphs(made.texts, made.pages)
    return frozenset(
        text
        for text, paths in new.items()
        if len(paths) == 1 and len(old.get(text, ())) == 1 and paths != old[text]
    )


def _paragraphs(texts: Mapping[str, str], pages: Sequence[Page]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for page in pages:
        for unit in cutting.page(texts.get(page.path, "")):
            found.setdefault(unit.text, set()).add(page.id)
    return found


def _difference(base: str, theirs: str) -> str:
    """What the source says otherwise on a page that its author has deleted."""
    before = {unit.text for unit in cutting.page(base)}
    return "\n".join(unit.text for unit in cutting.page(theirs) if unit.text not in before)


def _questions(before: Memory, made: Made, course: Course, again: Again) -> None:
    base = _by_id(cutting.questions(before.texts.get(QUESTIONS, "")))
    theirs = _by_id(cutting.questions(made.texts.get(QUESTIONS, "")))
    files = {
        path: cutting.questions(text)
        for path, text in course.texts.items()
        if path.startswith("questions/")
    }
    for path, units in files.items():
        _file(path, units, base, theirs, again)
    known = {name for units in files.values() for unit in units for name in _names(unit.text)}
    fresh = []
    for name, unit in theirs.items():
        if name in known:
            continue
        if name not in base:
            fresh.append(unit)
        elif base[name].text != unit.text:
            again.both.append(Edit(QUESTIONS, 0, "", unit.text))
    _append(fresh, again.texts.get(QUESTIONS, ""), again)


def _file(
    path: str,
    units: Sequence[Unit],
    base: Mapping[str, Unit],
    theirs: Mapping[str, Unit],
    again: Again,
) -> None:
    """Merge a file of questions; each stays where its author has put it."""
    merged = Merge()
    for unit in units:
        name = next((name for name in _names(unit.text) if name in base), "")
        if not name or (name in theirs and theirs[name].text == base[name].text):
            merged.units.append(unit)
        elif name not in theirs:
            merged.tell("gone", unit.text, "")
            merged.units.append(unit)
        else:
            parts = [cutting.entry(one.text) for one in (base[name], unit, theirs[name])]
            inner = merging.merge(*parts, cut=cutting.keys)
            starts = _starts(inner.units)
            before = sum(f"{one.text}{one.gap}".count("\n") for one in merged.units)
            for event in inner.events:
                line = before + starts[min(event.at, len(starts) - 1)]
                getattr(again, event.what).append(Edit(path, line, event.ours, event.theirs))
            merged.units.append(Unit(merging.joined(inner.units), unit.gap))
    again.texts[path] = merging.joined(merged.units)
    again.tell(path, merged)


def _append(fresh: Sequence[Unit], text: str, again: Again) -> None:
    for unit in fresh:
        text = f"{text.rstrip()}\n\n" if text.strip() else ""
        line = text.count("\n") + 1
        text += f"{unit.text}\n"
        again.added.append(Edit(QUESTIONS, line, "", unit.text))
    if fresh:
        again.texts[QUESTIONS] = text


def _by_id(units: Sequence[Unit]) -> dict[str, Unit]:
    return {name: unit for unit in units for name in list(_names(unit.text))[:1]}


def _names(entry: str) -> Iterator[str]:
    """The id of a question, and those that it had before."""
    if found := _ID.search(entry):
        yield found[1]
    if found := _WAS.search(entry):
        yield from re.findall(r"[a-z0-9][a-z0-9-]*", found[1])


def _settings(before: Memory, made: Made, course: Course, again: Again) -> None:
    texts = (before.texts.get(COURSE, ""), course.texts[COURSE], made.texts[COURSE])
    merged = merging.merge(*map(cutting.settings, texts), cut=cutting.lines)
    again.pages = frozenset(
        f"  - {page.path.removeprefix('pages/')}" for page in (*before.pages, *made.pages)
    )
    again.texts[COURSE] = merging.joined(merged.units)
    again.tell(COURSE, merged)
