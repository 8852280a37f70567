"""What an import has made of a document, what it has left, and what a person has to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from builder.diagnostics import Diagnostic, Severity
from builder.importers.outcome import Edit, Imported, Merged
from builder.importers.writing import Listed, Page
from builder.printing import json_text, shown
from builder.report.problems import listed, problems

_WORDS = 60
"""Characters of what is listed that are shown."""
_EACH = 40
"""How many of a kind are listed; ``--json`` has all."""


def whole(imported: Imported) -> bool:
    """Whether nothing went wrong: every word came over, and no edit met another one."""
    errors = any(one.severity is Severity.ERROR for one in imported.problems)
    both = imported.merged is not None and bool(imported.merged.both)
    return imported.words.enough and not errors and not both


def text(imported: Imported, found: Sequence[Diagnostic]) -> str:
    """The import for a person."""
    parts = ["\n".join(_head(imported)), "\n".join(_tree(imported))]
    parts += _merged(imported.merged, imported.folder) if imported.merged else ()
    parts.append("\n".join(_kinds(imported)))
    parts += _left(imported)
    if found:
        parts.append(problems(found))
    if imported.folder is not None:
        parts += listed(imported.problems, imported.folder, verbose=False)
        parts.append(_next(imported.folder, imported.merged is not None))
    return "\n\n".join(part for part in parts if part)


def _head(imported: Imported) -> Iterator[str]:
    made, words = imported.made, imported.words
    title = f"“{made.title}”"
    if imported.folder is None and imported.merged:
        head = f"{imported.source.name} would change the course {title}; nothing was written"
    elif imported.folder is None:
        head = f"{imported.source.name} would become the course {title}; nothing was written"
    elif imported.merged:
        head = f"Brought {imported.source.name} into the course {title} in {imported.folder}"
    else:
        head = f"Made the course {title} in {imported.folder}"
    yield click.style(shown(head), fg="green", bold=True)
    used = f", {words.steering:,} more said what is right or how to read" if words.steering else ""
    yield (
        f"  {words.course:,} of {words.document:,} words came over{used}: {_percent(words.share)}."
    )
    if not words.enough:
        yield click.style("  Too many words are missing: look at the list below.", fg="red")


def _percent(share: float) -> str:
    # Never more than is true: 99.96 % is not all.
    return "all of them" if share >= 1 else f"{int(share * 1000) / 10} %"


def _tree(imported: Imported) -> Iterator[str]:
    made = imported.made
    yield click.style(f"Pages, at headings {made.level}", bold=True)
    for module, pages in groupby(made.pages, key=lambda page: page.module):
        if module:
            yield f"  {shown(made.modules[module])}"
        for page in pages:
            yield f"  {'  ' if module else ''}{_page(page)}"


def _page(page: Page) -> str:
    parts = [_count(len(page.words), "word")]
    if page.questions:
        parts.append(_count(len(page.questions), "question"))
    if page.record:
        parts.append(f"a record of {_count(len(page.record), 'question')}")
    return f"{shown(page.title)}: {', '.join(parts)}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else f'{word}s'}"


def _kinds(imported: Imported) -> Iterator[str]:
    rows = _rows(imported)
    if not rows:
        return
    width = max(len(name) for name, _, _ in rows)
    yield click.style(f"{'What there is':<{width + 2}}{'document':>10}{'course':>10}", bold=True)
    for name, inside, course in rows:
        yield f"  {name:<{width}}{inside:>10}{course:>10}"


def _rows(imported: Imported) -> list[tuple[str, str, str]]:
    inside, course = dict(imported.kinds), dict(imported.made.kinds)
    inside["words"], course["words"] = imported.words.document, imported.words.course
    names = [*inside, *(name for name in course if name not in inside)]
    return [
        (name, f"{inside[name]:,}" if name in inside else "", f"{course.get(name, 0):,}")
        for name in names
        if inside.get(name) or course.get(name)
    ]


def _left(imported: Imported) -> Iterator[str]:
    by_kind = sorted(imported.made.listed, key=lambda one: one.rest.kind)
    lines: list[str] = []
    for _, group in groupby(by_kind, key=lambda one: one.rest.kind):
        found = list(group)
        for one in found[:_EACH]:
            lines += _entry(one, imported.folder)
        if len(found) > _EACH:
            lines.append(f"  {len(found) - _EACH:,} more of this kind: --json has all.")
    if lines:
        yield "\n".join([click.style("Not as it stands in the document", bold=True), *lines])
    changed = [f"  {shown(what)}: {count:,}" for what, count in imported.made.changed.items()]
    if changed:
        yield "\n".join([click.style("Shown otherwise than in the document", bold=True), *changed])


def _entry(one: Listed, folder: Path | None) -> Iterator[str]:
    rest = one.rest
    where = f", {place(rest.place.part, rest.place.paragraph)}" if rest.place.paragraph else ""
    said = f" “{_short(rest.words)}”" if rest.words.strip() else ""
    yield shown(f"  {rest.kind}{where}{said}: {rest.reason}")
    if one.path and folder is not None:
        yield shown(f"      {folder / one.path}:{one.line}")


def place(part: str, paragraph: int) -> str:
    """A place in a document in words."""
    within = "" if part in ("", "body") else f" of the {part}"
    return f"paragraph {paragraph}{within}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _WORDS else f"{words[:_WORDS]}…"


def _merged(merged: Merged, folder: Path | None) -> Iterator[str]:
    heads = (
        ("Changed, as in the document", merged.changed),
        ("New in the document", merged.added),
        (
            "Gone from the document, and still in the course: delete what is meant to go",
            merged.gone,
        ),
        (
            "Changed by you and in the document: yours stays, the document's is below it",
            merged.both,
        ),
    )
    nothing = True
    for head, edits in heads:
        if edits:
            nothing = False
            lines = [line for edit in edits for line in _edit(edit, folder)]
            yield "\n".join([click.style(head, bold=True), *lines])
    if nothing:
        yield "The document says what it said before: nothing was changed."


def _edit(edit: Edit, folder: Path | None) -> Iterator[str]:
    path = str(folder / edit.path if folder else edit.path)
    yield shown(f"  {path}:{edit.line}" if edit.line else f"  {path}")
    course, source = (words.split("\n") if words else [] for words in (edit.course, edit.source))
    for sign, lines, others in (("-", course, source), ("+", source, course)):
        for line in lines:
            # Of a table or a list, only the lines that are not the same.
            if line not in others:
                yield shown(f"    {sign} {line}")


def _next(folder: Path, again: bool) -> str:
    name = shown(str(folder))
    lines = [f"    scorm-builder preview {name}    shows the course while you go on"]
    if again:
        lines.append(f"    scorm-builder diff OLD.zip {name}    says what it means for trainees")
    else:
        lines.append(f"    scorm-builder build {name}    makes its package, a draft")
    return "\n".join(["Next", *lines])


def as_json(imported: Imported, found: Sequence[Diagnostic]) -> str:
    """The import for a program."""
    made = imported.made
    return json_text(
        {
            "source": imported.source.as_posix(),
            "folder": imported.folder and imported.folder.as_posix(),
            "title": made.title,
            "pages_at": made.level,
            "words": {
                "document": imported.words.document,
                "course": imported.words.course,
                "steering": imported.words.steering,
                "share": round(imported.words.share, 4),
            },
            "pages": [_page_json(page, made.modules) for page in made.pages],
            "kinds": {
                "document": dict(imported.kinds),
                "course": dict(made.kinds),
            },
            "left": [_listed_json(one) for one in made.listed],
            "otherwise": dict(made.changed),
            "merged": imported.merged and _merged_json(imported.merged),
            "problems": list(map(_problem_json, (*found, *imported.problems))),
        }
    )


def _page_json(page: Page, modules: Any) -> dict[str, object]:
    return {
        "id": page.id,
        "title": page.title,
        "file": page.path,
        "module": modules.get(page.module),
        "words": len(page.words),
        "questions": list(page.questions),
        "record": list(page.record),
    }


def _listed_json(one: Listed) -> dict[str, object]:
    rest = one.rest
    return {
        "kind": rest.kind,
        "part": rest.place.part,
        "paragraph": rest.place.paragraph,
        "words": rest.words,
        "reason": rest.reason,
        "file": one.path or None,
        "line": one.line or None,
    }


def _merged_json(merged: Merged) -> dict[str, object]:
    names = ("changed", "added", "gone", "both")
    return {name: list(_edits_json(getattr(merged, name))) for name in names}


def _edits_json(edits: Iterable[Edit]) -> Iterator[dict[str, object]]:
    for edit in edits:
        yield {
            "file": edit.path,
            "line": edit.line,
            "course": edit.course,
            "document": edit.source,
        }


def _problem_json(problem: Diagnostic) -> dict[str, object]:
    position = problem.position
    return {
        "file": position.path,
        "line": position.line,
        "column": position.column,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "draft": problem.draft,
    }
