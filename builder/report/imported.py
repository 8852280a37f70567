"""What an import has made of a document, what it has left, and what a person has to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from builder.diagnostics import Diagnostic, Severity
from builder.importers import tally
from builder.importers.form import BOLD, LINES, SHEET
from builder.importers.outcome import Edit, Filed, Imported, Merged, Words
from builder.importers.writing import Listed, Page
from builder.printing import json_text, quoted, shown
from builder.report.counting import counted
from builder.report.onward import onward
from builder.report.problems import listed, problems

_WORDS = 60
"""Characters of what is listed that are shown."""
_EACH = 40
"""How many of a kind are listed; ``--json`` has all."""


def whole(imported: Imported) -> bool:
    """Whether nothing went wrong: every word came over, and no edit met another one."""
    errors = any(one.severity is Severity.ERROR for one in imported.problems)
    both = imported.merged is not None and bool(imported.merged.both)
    enough = all(one.words.enough for one in imported.files)
    return enough and not errors and not both


def text(imported: Imported, found: Sequence[Diagnostic]) -> str:
    """The import for a person."""
    several = len(imported.files) > 1
    parts = ["\n".join(_head(imported)), "\n".join(_tree(imported))]
    parts += _merged(imported.merged, imported.folder) if imported.merged else ()
    for one in imported.files:
        lines = list(_kinds(one))
        if several:
            name = click.style(shown(one.source.name), bold=True)
            lines = [name, *_words(one.words), *lines]
            lines += [f"  {line}" for line in _left(imported, one.source.name)]
        parts.append("\n".join(lines))
    parts += _all(imported) if several else ()
    parts.append("\n".join(_left(imported, "")))
    parts.append("\n".join(_otherwise(imported)))
    if found:
        parts.append(problems(found))
    if imported.folder is not None:
        parts += listed(imported.problems, imported.folder, verbose=False)
        parts.append(_next(imported.folder, imported.merged is not None))
    return "\n\n".join(part for part in parts if part)


def _head(imported: Imported) -> Iterator[str]:
    title = f"“{imported.made.title}”"
    names = ", ".join(one.source.name for one in imported.files)
    of = f" of {names}" if len(imported.files) > 1 else ""
    if imported.folder is None and imported.merged:
        head = f"{names} would change the course {title}; nothing was written"
    elif imported.folder is None:
        head = f"{names} would become the course {title}; nothing was written"
    elif imported.merged:
        head = f"Brought {names} into the course {title} in {imported.folder}"
    else:
        head = f"Made the course {title} in {imported.folder}{of}"
    yield click.style(shown(head), fg="green", bold=True)
    for old, new in imported.later.items():
        taken = f"Last time there was a file “{old}”: “{new}” was taken for its later version."
        yield click.style(shown(f"  {taken}"), fg="yellow")
    yield from _words(imported.words)


def _words(words: Words) -> Iterator[str]:
    only = "says" if words.steering == 1 else "say"
    used = f", {words.steering:,} more only {only} what is right or how to read the others"
    used = used if words.steering else ""
    listed = f", {words.listed:,} more {'is' if words.listed == 1 else 'are'} listed below"
    listed = listed if words.listed else ""
    part = f": {_percent(words.share)}" if words.document > 1 else ""
    yield f"  {words.course:,} of {counted(words.document, 'word')} came over{used}{listed}{part}."
    if not words.enough:
        yield click.style("  Too many words are missing. Look for these in the source:", fg="red")
        yield from (shown(f"    {_short(run)}") for run in words.missing[:_EACH])
        if more := words.missing[_EACH:]:
            yield f"    {len(more):,} more places: --json lists all."


def _percent(share: float) -> str:
    # Never more than is true: 99.96% is not all.
    return "no word is missing" if share >= 1 else f"{int(share * 1000) / 10}%"


def _tree(imported: Imported) -> Iterator[str]:
    made = imported.made
    at = f", at headings {made.level}" if imported.kinds.get("headings") else ""
    at = ", at lines in bold" if made.level == BOLD else at
    yield click.style(f"Pages{at}", bold=True)
    for module, pages in groupby(made.pages, key=lambda page: page.module):
        if module:
            yield f"  {shown(made.modules[module])}"
        for page in pages:
            yield f"  {'  ' if module else ''}{_page(page)}"


def _page(page: Page) -> str:
    parts = [counted(len(page.words), "word")]
    if page.questions:
        parts.append(counted(len(page.questions), "question"))
    if page.record:
        parts.append(f"a record of {counted(len(page.record), 'question')}")
    return f"{shown(page.title)}: {', '.join(parts)}"


def _kinds(filed: Filed) -> Iterator[str]:
    """How many there are of each kind in a file, and in the course of it; the head comes first."""
    rows = _rows(filed)
    if not rows:
        return
    width = max(len(name) for name, _, _ in rows)
    what, where = ("Questions", "file") if filed.bank else ("What there is", "document")
    yield click.style(f"{what:<{width + 2}}{where:>10}{'course':>10}", bold=True)
    for name, inside, course in rows:
        yield f"  {name:<{width}}{inside:>10}{course:>10}"


def _rows(filed: Filed) -> list[tuple[str, str, str]]:
    inside, course = dict(filed.kinds), dict(filed.made)
    inside["words"], course["words"] = filed.words.document, filed.words.course
    if filed.bank:
        names = _of_bank()
    else:
        known = [*inside, *(name for name in course if name not in inside)]
        names = {name: name for name in known if name not in (*_TYPES, *_TOLD)}
    return [
        (
            said,
            # What is not counted in a document, such as questions, has no number.
            f"{inside.get(name, 0):,}" if filed.bank or name in inside else "",
            f"{course.get(name, 0):,}",
        )
        for name, said in names.items()
        if inside.get(name) or course.get(name)
    ]


_TYPES = tuple(tally.TYPES.values())
_TOLD = ("questions with feedback", "questions with tags")


def _of_bank() -> dict[str, str]:
    """The rows of a bank: questions by type, and what they have. Categories are pages by now, and
    what is no question is listed."""
    types = {name: f"  {name}" for name in _TYPES}
    rest = ("options", *_TOLD, "pictures", "words")
    kept = {"questions not asked": "  not asked"}
    return {"questions": "questions", **types, **kept, **{name: name for name in rest}}


def _all(imported: Imported) -> Iterator[str]:
    """What all files have together."""
    made = sum((Counter(one.made) for one in imported.files), Counter[str]())
    bank = all(one.bank for one in imported.files)
    whole = Filed(imported.source, imported.words, imported.kinds, made, bank)
    head, *lines = list(_kinds(whole)) or [""]
    yield "\n".join([click.style(f"All {len(imported.files)} files", bold=True), head, *lines])


def _left(imported: Imported, name: str) -> Iterator[str]:
    """What does not come over as it stands: of a file of several, or else of whatever is left."""
    here = [one for one in imported.made.listed if one.rest.place.file == name]
    by_kind = sorted(here, key=lambda one: one.rest.kind)
    lines: list[str] = []
    for _, group in groupby(by_kind, key=lambda one: one.rest.kind):
        found = list(group)
        for one in found[:_EACH]:
            lines += _entry(one, imported.folder)
        if len(found) > _EACH:
            lines.append(f"  {len(found) - _EACH:,} more of this kind: --json has all.")
    if lines:
        yield click.style("Not as it stands in the document", bold=True)
        yield from lines


def _otherwise(imported: Imported) -> Iterator[str]:
    if imported.made.changed:
        yield click.style("Shown otherwise than in the document", bold=True)
    for what, count in imported.made.changed.items():
        yield f"  {shown(what)}: {count:,}"


def _entry(one: Listed, folder: Path | None) -> Iterator[str]:
    rest = one.rest
    where = f", {place(rest.place.part, rest.place.paragraph)}" if rest.place.paragraph else ""
    said = f" “{_short(rest.words)}”" if rest.words.strip() else ""
    yield shown(f"  {rest.kind}{where}{said}: {rest.reason}")
    if one.path and folder is not None:
        yield shown(f"      {folder / one.path}:{one.line}")


def place(part: str, paragraph: int) -> str:
    """A place in a document in words."""
    if part.startswith(LINES):
        return f"line {paragraph}{part.removeprefix(LINES)}"
    if part.startswith(SHEET):
        return f"row {paragraph} of the {part}"
    within = "" if part in ("", "body") else f" of the {part}"
    return f"paragraph {paragraph}{within}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _WORDS else f"{words[:_WORDS]}…"


def _merged(merged: Merged, folder: Path | None) -> Iterator[str]:
    heads = (
        ("Changed, as in the document", merged.changed),
        ("New in the document", merged.added),
        ("Moved, as in the document", merged.moved),
        (
            "Gone from the document, and still in the course: delete what is meant to go",
            merged.gone,
        ),
        (
            "Changed by you and in the document: yours (-) stays, the document says +",
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
    ordered = set(course) == set(source)
    for sign, lines, others in (("-", course, source), ("+", source, course)):
        for line in lines:
            # Of a table or a list, only the lines that are not the same, unless all of them are.
            if ordered or line not in others:
                yield shown(f"    {sign} {line}")


def _next(folder: Path, again: bool) -> str:
    name = quoted(str(folder))
    preview = f"scorm-builder preview {name}", "shows the course while you go on"
    if again:
        other = f"scorm-builder diff OLD.zip {name}", "says what it means for trainees"
    else:
        other = f"scorm-builder build {name}", "makes its package, a draft"
    return onward(preview, other)


def as_json(imported: Imported, found: Sequence[Diagnostic]) -> str:
    """The import for a program."""
    made = imported.made
    return json_text(
        {
            "source": imported.source.as_posix(),
            "folder": imported.folder and imported.folder.as_posix(),
            "title": made.title,
            "pages_at": "bold" if made.level == BOLD else made.level,
            "words": _words_json(imported.words),
            "pages": [_page_json(page, made.modules) for page in made.pages],
            "kinds": {
                "document": dict(imported.kinds),
                "course": dict(made.kinds),
            },
            "files": list(map(_file_json, imported.files)),
            "left": [_listed_json(one) for one in made.listed],
            "otherwise": dict(made.changed),
            "later": dict(imported.later),
            "merged": imported.merged and _merged_json(imported.merged),
            "problems": list(map(_problem_json, (*found, *imported.problems))),
        }
    )


def refused_json(source: Path, found: Sequence[Diagnostic]) -> str:
    """For a program, why no course was made."""
    problems = list(map(_problem_json, found))
    return json_text({"source": source.as_posix(), "folder": None, "problems": problems})


def _words_json(words: Words) -> dict[str, object]:
    return {
        "document": words.document,
        "course": words.course,
        "steering": words.steering,
        "listed": words.listed,
        "missing": list(words.missing),
        "share": round(words.share, 4),
    }


def _file_json(filed: Filed) -> dict[str, object]:
    return {
        "source": filed.source.as_posix(),
        "bank": filed.bank,
        "words": _words_json(filed.words),
        "kinds": {"document": dict(filed.kinds), "course": dict(filed.made)},
    }


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
        "source": rest.place.file or None,
        "part": rest.place.part,
        "paragraph": rest.place.paragraph,
        "words": rest.words,
        "reason": rest.reason,
        "file": one.path or None,
        "line": one.line or None,
    }


def _merged_json(merged: Merged) -> dict[str, object]:
    names = ("changed", "added", "moved", "gone", "both")
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
