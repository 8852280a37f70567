"""Reports an import: the course that was made or updated, what was not imported, and open
decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from builder.base.printing import escape_controls, format_count, json_text, quoted
from builder.cli.report.phrases import onward
from builder.cli.report.problems import listed, problems
from builder.course.load.discovery import BESIDE
from builder.diagnostics.diagnostic import Diagnostic, Severity
from builder.importing.document.form import BOLD, EVEN, LINES, POSSIBLE, SHEET
from builder.importing.document.question_types import COUNT_NAMES
from builder.importing.making import Edit, FileOutcome, Imported, NewPage, Updated, Words
from builder.importing.writing import ListedContent, Page
from builder.importing.writing.even import LEAST, MOST

_MAX_WORDS_LENGTH = 60
"""Maximum number of characters of a text that the report quotes."""
_MAX_PER_KIND = 40
"""Maximum number of items of one kind that the report lists; ``--json`` lists all."""
_MANY = 10
"""Maximum number of items of one kind that are listed one by one if the reason is the same."""


def is_complete(imported: Imported) -> bool:
    """Whether an import lost nothing: enough words were imported, there are no errors, and no file
    was written beside one that the author has changed."""
    errors = any(one.severity is Severity.ERROR for one in imported.problems)
    beside = imported.updated is not None and bool(imported.updated.beside)
    enough = all(one.words.enough for one in imported.files)
    return enough and not errors and not beside


def text(imported: Imported, found: Sequence[Diagnostic]) -> str:
    """Format the result of an import as text. ``found`` are the problems of the imported files."""
    several = len(imported.files) > 1
    parts = ["\n".join(_head(imported)), "\n".join(_unread(imported)), "\n".join(_tree(imported))]
    parts += _updated(imported.updated, imported.folder) if imported.updated else ()
    for one in imported.files:
        lines = list(_kinds(one))
        if several:
            name = click.style(escape_controls(one.source.name), bold=True)
            lines = [name, *_words(one.words), *lines]
            lines += [f"  {line}" for line in _not_imported(imported, one.source.name)]
        parts.append("\n".join(lines))
    parts += _totals(imported) if several else ()
    parts.append("\n".join(_not_imported(imported, "")))
    parts.append("\n".join(_shown_differently(imported)))
    if found:
        parts.append(problems(found))
    if imported.folder is not None:
        parts += listed(imported.problems, imported.folder, verbose=False)
        parts.append(_next_commands(imported.folder, imported.updated is not None))
    return "\n\n".join(part for part in parts if part)


def _head(imported: Imported) -> Iterator[str]:
    updated = imported.updated
    title = f"“{updated.title if updated else imported.made.title}”"
    names = ", ".join(one.source.name for one in imported.files)
    of = f" from {names}" if len(imported.files) > 1 else ""
    if imported.folder is None and updated:
        head = f"{names} would change the course {title}; nothing was written"
    elif imported.folder is None:
        head = f"{names} would become the course {title}; nothing was written"
    elif updated:
        head = f"Imported {names} into the course {title} in {imported.folder}"
    else:
        head = f"Made the course {title} in {imported.folder}{of}"
    yield click.style(escape_controls(head), fg="green", bold=True)
    if unread := _unread_questions(imported):
        count = format_count(len(unread), "possible question")
        line = f"  {count} {'was' if len(unread) == 1 else 'were'} not read:"
        line += " the text is on the pages, and nothing asks it."
        yield click.style(line, fg="yellow", bold=True)
    for old, new in imported.later.items():
        taken = f"The last import had a file “{old}”: “{new}” was used as its later version."
        yield click.style(escape_controls(f"  {taken}"), fg="yellow")
    yield from _words(imported.words)


def _words(words: Words) -> Iterator[str]:
    only = "states" if words.steering == 1 else "state"
    used = f", {words.steering:,} only {only} what is right or how to read the file"
    used = used if words.steering else ""
    listed = f", {words.listed:,} {'is' if words.listed == 1 else 'are'} listed below"
    listed = listed if words.listed else ""
    part = f": {_percent(words.share)}" if words.document > 1 else ""
    total = format_count(words.document, "word")
    yield f"  {words.course:,} of {total} imported{used}{listed}{part}."
    if not words.enough:
        yield click.style("  Too many words are missing. Look for these in the source:", fg="red")
        yield from (
            escape_controls(f"    {_shorten(run)}") for run in words.missing[:_MAX_PER_KIND]
        )
        if more := words.missing[_MAX_PER_KIND:]:
            yield f"    {len(more):,} more places: --json lists all."


_EXAMPLE = ("1. Which fabric shines?", "a) wool", "*b) silk")


def _unread_questions(imported: Imported) -> list[ListedContent]:
    return [one for one in imported.made.listed if one.rest.kind == POSSIBLE]


def _unread(imported: Imported) -> Iterator[str]:
    """List what looks like a question but was not read as one, and how to write it in the source
    so that it is read."""
    found = _unread_questions(imported)
    if not found:
        return
    head = "Not read as questions: their options or answers were not recognized"
    yield click.style(head, bold=True)
    for one in found[:_MAX_PER_KIND]:
        rest = one.rest
        here = place(rest.place.part, rest.place.paragraph)
        where = f"{rest.place.file}, {here}" if rest.place.file else here
        # The reason begins with the question, the place only with its number.
        words = rest.reason[1:].partition("”")[0] if rest.reason.startswith("“") else rest.words
        yield escape_controls(f"  {where}: “{_shorten(words)}”")
        yield from _line_in_course(one, imported.folder)
    if len(found) > _MAX_PER_KIND:
        yield f"  {len(found) - _MAX_PER_KIND:,} more: --json lists all."
    yield "  If these are questions, write them like this in the source, then import it again:"
    yield from (f"      {line}" for line in _EXAMPLE)


def _percent(share: float) -> str:
    # Rounded down, so that 99.96% is not reported as 100%.
    return "no word is missing" if share >= 1 else f"{int(share * 1000) / 10}%"


def _tree(imported: Imported) -> Iterator[str]:
    made = imported.made
    at = f", at headings {made.level}" if imported.kinds.get("headings") else ""
    special = {BOLD: ", at lines in bold", EVEN: f", of {LEAST} to {MOST} words where possible"}
    at = special.get(made.level, at)
    yield click.style(f"Pages{at}", bold=True)
    for module, pages in groupby(made.pages, key=lambda page: page.module):
        if module:
            yield f"  {escape_controls(made.modules[module])}"
        for page in pages:
            yield f"  {'  ' if module else ''}{_page(page)}"


def _page(page: Page) -> str:
    parts = [format_count(len(page.words), "word")]
    if page.questions:
        parts.append(format_count(len(page.questions), "question"))
    if page.record:
        parts.append(f"a record of {format_count(len(page.record), 'question')}")
    return f"{escape_controls(page.title)}: {', '.join(parts)}"


def _kinds(filed: FileOutcome) -> Iterator[str]:
    """Format the number of items of each kind in the file and in the course as a table; its header
    comes first."""
    rows = _rows(filed)
    if not rows:
        return
    width = max(len(name) for name, _, _ in rows)
    what, where = ("Questions", "file") if filed.bank else ("Content", "document")
    yield click.style(f"{what:<{width + 2}}{where:>10}{'course':>10}", bold=True)
    for name, inside, course in rows:
        yield f"  {name:<{width}}{inside:>10}{course:>10}"


def _rows(filed: FileOutcome) -> list[tuple[str, str, str]]:
    inside, course = dict(filed.kinds), dict(filed.made)
    inside["words"], course["words"] = filed.words.document, filed.words.course
    if filed.bank:
        names = _bank_rows()
    else:
        known = [*inside, *(name for name in course if name not in inside)]
        names = {name: name for name in known if name not in (*COUNT_NAMES, *_PROPERTIES)}
    return [
        (
            label,
            # Kinds that are not counted in a document, such as questions, have no number.
            f"{inside.get(name, 0):,}" if filed.bank or name in inside else "",
            f"{course.get(name, 0):,}",
        )
        for name, label in names.items()
        if inside.get(name) or course.get(name)
    ]


_PROPERTIES = ("questions with feedback", "questions with tags")


def _bank_rows() -> dict[str, str]:
    """The rows of the table for a question bank: questions by type, and their properties. Keys are
    kinds, values the labels.

    Leaves out categories, which have become pages, and items that are not questions, which are
    listed separately.
    """
    types = {name: f"  {name}" for name in COUNT_NAMES}
    rest = ("options", *_PROPERTIES, "pictures", "words")
    kept = {"questions not asked": "  not asked"}
    return {"questions": "questions", **types, **kept, **{name: name for name in rest}}


def _totals(imported: Imported) -> Iterator[str]:
    """Format the numbers of items of each kind in all files together."""
    made = sum((Counter(one.made) for one in imported.files), Counter[str]())
    bank = all(one.bank for one in imported.files)
    whole = FileOutcome(imported.source, imported.words, imported.kinds, made, bank)
    head, *lines = list(_kinds(whole)) or [""]
    yield "\n".join([click.style(f"All {len(imported.files)} files", bold=True), head, *lines])


def _not_imported(imported: Imported, name: str) -> Iterator[str]:
    """List what was not imported unchanged from the file ``name``; with an empty name, list what
    belongs to no particular file."""
    listed = (one for one in imported.made.listed if one.rest.kind != POSSIBLE)
    in_file = [one for one in listed if one.rest.place.file == name]
    by_kind = sorted(in_file, key=lambda one: one.rest.kind)
    lines: list[str] = []
    for _, group in groupby(by_kind, key=lambda one: one.rest.kind):
        found = list(group)
        reasons = Counter(one.rest.reason for one in found)
        for reason in [reason for reason, count in reasons.items() if count > _MANY]:
            lines.append(_summary([one for one in found if one.rest.reason == reason]))
            found = [one for one in found if one.rest.reason != reason]
        for one in found[:_MAX_PER_KIND]:
            lines += _entry(one, imported.folder)
        if len(found) > _MAX_PER_KIND:
            lines.append(f"  {len(found) - _MAX_PER_KIND:,} more of this kind: --json lists all.")
    if lines:
        yield click.style("Different from the document", bold=True)
        yield from lines


def _shown_differently(imported: Imported) -> Iterator[str]:
    if imported.made.changed:
        yield click.style("Displayed differently from the document", bold=True)
    for what, count in imported.made.changed.items():
        yield f"  {escape_controls(what)}: {count:,}"


def _summary(found: Sequence[ListedContent]) -> str:
    """Format content of one kind that is listed for the same reason as one line, with the first
    places."""
    rest = found[0].rest
    places = ", ".join(place(one.rest.place.part, one.rest.place.paragraph) for one in found[:3])
    return escape_controls(
        f"  {rest.kind}, {len(found):,} times: {rest.reason.rstrip('.')}. The first are in "
        f"{places}; --json lists all."
    )


def _entry(one: ListedContent, folder: Path | None) -> Iterator[str]:
    rest = one.rest
    where = f", {place(rest.place.part, rest.place.paragraph)}" if rest.place.paragraph else ""
    quoted_words = f" “{_shorten(rest.words)}”" if rest.words.strip() else ""
    yield escape_controls(f"  {rest.kind}{where}{quoted_words}: {rest.reason}")
    yield from _line_in_course(one, folder)


def _line_in_course(one: ListedContent, folder: Path | None) -> Iterator[str]:
    if one.path and folder is not None:
        yield escape_controls(f"      {folder / one.path}:{one.line}")


def place(part: str, paragraph: int) -> str:
    """Describe a position in a document, such as “paragraph 3 of the header”. ``part`` is the part
    of the document, ``paragraph`` the number of a paragraph, row or line in it."""
    if part.startswith(LINES):
        return f"line {paragraph}{part.removeprefix(LINES)}"
    if part.startswith(SHEET):
        return f"row {paragraph} of the {part}"
    within = "" if part in ("", "body") else f" of the {part}"
    return f"paragraph {paragraph}{within}"


def _shorten(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _MAX_WORDS_LENGTH else f"{words[:_MAX_WORDS_LENGTH]}…"


def _updated(updated: Updated, folder: Path | None) -> Iterator[str]:
    """Format what an import has changed in a course that existed."""

    def place(path: str) -> str:
        return escape_controls(str(folder / path if folder else path))

    beside = {one.path: one.reason for one in updated.beside}
    if updated.written:
        yield _section(
            "Rewritten, since you have not changed these files",
            (line for path in updated.written for line in _file(path, place(path), updated.edits)),
        )
    if beside:
        head = "Written beside your file, which stays: take over what you want, then delete it"
        yield _section(
            head,
            (
                line
                for path, reason in beside.items()
                for line in (
                    *_file(path, f"{place(path)}{BESIDE}", updated.edits),
                    escape_controls(f"    {place(path)} stays: {reason}"),
                )
            ),
        )
    if updated.files:
        yield _section("New files of questions", (f"  {place(one)}" for one in updated.files))
    if updated.pages:
        yield _section(
            "New pages",
            (
                escape_controls(
                    f"  {place(one.path)}{BESIDE if one.path in beside else ''}: {one.title}"
                )
                for one in updated.pages
            ),
        )
    yield from _lines_to_add(updated.pages)
    if updated.gone:
        head = "No longer in the source, but still in the course: delete what you do not need"
        yield _section(
            head,
            (
                escape_controls(f"  {place(one.path)}:{one.line}: {_shorten(one.words)}")
                for one in updated.gone
            ),
        )
    if not any((updated.written, updated.beside, updated.files, updated.pages, updated.gone)):
        yield "Nothing is new, so the course was not changed."


def _section(head: str, lines: Iterable[str]) -> str:
    return "\n".join([click.style(head, bold=True), *lines])


def _file(path: str, place: str, edits: Iterable[Edit]) -> Iterator[str]:
    """Format what the source has changed in a file, ``place`` being its path as it is shown."""
    own = [one for one in edits if one.path == path]
    if not own:
        yield f"  {place}"
    for edit in own[:_MAX_PER_KIND]:
        yield escape_controls(f"  {place}:{edit.line}")
        for sign, text in (("-", edit.before), ("+", edit.after)):
            lines = [line for line in text.split("\n") if line.strip()]
            yield from (escape_controls(f"    {sign} {line}") for line in lines)
    if len(own) > _MAX_PER_KIND:
        yield f"    {len(own) - _MAX_PER_KIND:,} more places: --json lists all."


def _lines_to_add(pages: Sequence[NewPage]) -> Iterator[str]:
    """Format the lines that list new pages in ``course.yaml``."""
    for module, group in groupby((one for one in pages if one.lines), key=lambda one: one.module):
        where = f", in the module “{module}”" if module else ""
        head = escape_controls(f"Add these lines to “pages:” in course.yaml{where}")
        yield _section(head, (escape_controls(f"  {line}") for one in group for line in one.lines))


def _next_commands(folder: Path, again: bool) -> str:
    name = quoted(str(folder))
    preview = f"scorm-builder preview {name}", "shows the course while you continue writing"
    if again:
        other = f"scorm-builder diff OLD.zip {name}", "shows what the import means for trainees"
    else:
        other = f"scorm-builder build {name}", "builds its package, which is a draft"
    return onward(preview, other)


def as_json(imported: Imported, found: Sequence[Diagnostic]) -> str:
    """Format the result of an import as JSON. ``found`` are the problems of the imported files."""
    made = imported.made
    return json_text(
        {
            "source": imported.source.as_posix(),
            "folder": imported.folder and imported.folder.as_posix(),
            "title": made.title,
            "pages_at": {BOLD: "bold", EVEN: "even"}.get(made.level, made.level),
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
            "updated": imported.updated and _updated_json(imported.updated),
            "problems": list(map(_problem_json, (*found, *imported.problems))),
        }
    )


def refused_json(source: Path, found: Sequence[Diagnostic]) -> str:
    """Format as JSON why no course was made from ``source``."""
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


def _file_json(filed: FileOutcome) -> dict[str, object]:
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


def _listed_json(one: ListedContent) -> dict[str, object]:
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


def _updated_json(updated: Updated) -> dict[str, object]:
    return {
        "title": updated.title,
        "written": list(updated.written),
        "beside": [
            {"file": f"{one.path}{BESIDE}", "stays": one.path, "reason": one.reason}
            for one in updated.beside
        ],
        "edits": [
            {"file": one.path, "line": one.line, "before": one.before, "after": one.after}
            for one in updated.edits
        ],
        "files": list(updated.files),
        "pages": [
            {"file": one.path, "title": one.title, "module": one.module, "lines": list(one.lines)}
            for one in updated.pages
        ],
        "gone": [{"file": one.path, "line": one.line, "words": one.words} for one in updated.gone],
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
