"""Creates new courses, sheets of questions, and schemas for editors."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder import interface, judging
from builder.artifacts import Begun, Member
from builder.diagnostics import Diagnostic
from builder.immutable import immutable
from builder.judging import wrong

if TYPE_CHECKING:
    pass


def schema(name: str) -> str:
    """A JSON Schema of a course's files, as text."""
    from builder.validate import schemas

    return schemas.text(name)


def schema_file(name: str, path: Path) -> tuple[Diagnostic, ...]:
    """Write a JSON Schema to a file atomically; returns the problems."""
    from builder.exporters import files

    return files.put_text(path, schema(name).rstrip("\n"))


@immutable
class Beginning:
    """The course to create: folder, template, title and language tag.

    What is overdue ``today`` counts as an open point.
    """

    folder: Path
    template: str
    title: str
    language: str
    today: date


def begin(beginning: Beginning) -> tuple[Begun | None, tuple[str, ...]]:
    """Create the folder of a new course, which can be built; otherwise return the reasons in
    sentences."""
    from builder import starter
    from builder.validate import schemas
    from builder.validate.shape import id_of

    if any("\ud800" <= letter <= "\udfff" for letter in beginning.title + beginning.language):
        return None, ("The title or the language is no text in any alphabet.",)
    spoken = interface.language(beginning.language)
    if spoken is None:
        known = ", ".join(f"{one.tag} ({one.name})" for one in interface.LANGUAGES)
        return None, (f"There is no interface in “{beginning.language}”. Choose one of: {known}.",)
    name = id_of(beginning.folder.absolute().name) or id_of(beginning.title) or "my-course"
    title = " ".join(beginning.title.split())
    chosen = starter.Chosen(beginning.template, name, title, beginning.language, spoken)
    files = starter.files(chosen, {each: schema(each) for each in schemas.SCHEMAS})
    try:
        course, found = starter.create_files(
            files,
            beginning.folder,
            lambda folder: judging.course(folder, beginning.today),
            lambda made: made[0],
        )
    except starter.NotMadeError as error:
        return None, (str(error),)
    if course is None:
        return None, tuple(
            f"{fault.position}: {fault.message}" for fault in found if wrong([fault])
        )
    open_points = sum(fault.draft for fault in found)
    return Begun(beginning.folder, title, len(course.pages), open_points, spoken), ()


SHEETS = (".xlsx", ".csv")
"""Extensions of a sheet of questions."""


def question_sheet(path: Path) -> tuple[Diagnostic, ...]:
    """Write a sheet of questions to fill in, with an example of each type; returns the problems.

    Always writes the same bytes. The caller has checked that the file does not exist.
    """
    from builder.exporters import files
    from builder.spreadsheet import template, text, workbook

    rows, heads = template.rows(), template.heads()
    if path.suffix.lower() == ".csv":
        return files.put_bytes(path, text.csv_of(rows, heads))
    parts = workbook.parts(rows, heads)
    return files.put_zip(path, [Member(name, content) for name, content in parts.items()])
