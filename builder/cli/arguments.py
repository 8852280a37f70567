"""Argument types of the commands: packages, folders and courses."""

from __future__ import annotations

from pathlib import Path

import click

from builder.base.printing import quoted
from builder.cli.terminal import Misused

PACKAGE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
COURSE = click.Path(path_type=Path, exists=True)


def course_here() -> Path:
    """The default course: the present folder, or its folder ``course``.

    If neither is a course, the usage error suggests a course in a subfolder.
    """
    for folder in (Path(), Path("course")):
        if Path(folder, "course.yaml").exists():
            return folder
    if Path("course").is_dir():
        # What it lacks is reported when it is read.
        return Path("course")
    near = min((found.parent for found in Path().glob("*/course.yaml")), default=None)
    command = f"scorm-builder {click.get_current_context().info_name}"
    raise Misused(
        "There is no course in this folder: it has no file course.yaml and no folder “course”.",
        f"There is one in “{near}”: {command} {quoted(str(near))}"
        if near
        else f"Name the folder of your course: {command} FOLDER. To make one: scorm-builder new",
    )


def reject_course_file(output: Path | None, course: Path) -> None:
    """Reject an output path that is, or would become, a file of the course."""
    from builder.course.load.discovery import is_own

    if output is not None and is_own(course, output):
        is_one = "is" if output.exists() else "would be"
        raise Misused(
            f"“{output}” {is_one} a file of the course. Choose a place outside its folders pages, "
            "questions and media."
        )
