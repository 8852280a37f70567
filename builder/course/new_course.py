"""Creates a new course, and the schemas that editors use for its files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from builder.base.immutable import immutable
from builder.course import interface, judging
from builder.course.interface import Language
from builder.course.judging import has_errors


def schema(name: str) -> str:
    """A JSON Schema of a course's files, as text."""
    from builder.course.validate import schemas

    return schemas.text(name)


@immutable
class Created:
    """A new course: its number of pages, and of open points that make it a draft.

    ``spoken`` is the language of its texts.
    """

    folder: Path
    title: str
    pages: int
    open: int
    spoken: Language


@immutable
class NewCourse:
    """The course to create: folder, template, title and language tag.

    What is overdue ``today`` counts as an open point.
    """

    folder: Path
    template: str
    title: str
    language: str
    today: date


def create(wanted: NewCourse) -> tuple[Created | None, tuple[str, ...]]:
    """Create the folder of a new course, which can be built; otherwise return the reasons in
    sentences."""
    from builder.course import starter
    from builder.course.validate import schemas
    from builder.course.validate.shape import id_of

    if any("\ud800" <= letter <= "\udfff" for letter in wanted.title + wanted.language):
        return None, ("The title or the language is not valid text.",)
    spoken = interface.language(wanted.language)
    if spoken is None:
        known = ", ".join(f"{one.tag} ({one.name})" for one in interface.LANGUAGES)
        return None, (f"There is no interface in “{wanted.language}”. Choose one of: {known}.",)
    name = id_of(wanted.folder.absolute().name) or id_of(wanted.title) or "my-course"
    title = " ".join(wanted.title.split())
    chosen = starter.Chosen(wanted.template, name, title, wanted.language, spoken)
    files = starter.files(chosen, {each: schema(each) for each in schemas.SCHEMAS})
    try:
        course, found = starter.create_files(
            files,
            wanted.folder,
            lambda folder: judging.course(folder, wanted.today),
            lambda made: made[0],
        )
    except starter.NotMadeError as error:
        return None, (str(error),)
    if course is None:
        return None, tuple(
            f"{fault.position}: {fault.message}" for fault in found if has_errors([fault])
        )
    open_points = sum(fault.draft for fault in found)
    return Created(wanted.folder, title, len(course.pages), open_points, spoken), ()
