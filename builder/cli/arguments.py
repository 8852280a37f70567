"""What the commands take: packages, folders and courses."""

from __future__ import annotations

from pathlib import Path

import click

PACKAGE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
COURSE = click.Path(path_type=Path, exists=True)


def course_here() -> Path:
    """The course of somebody who names none: this folder, or its folder ``course``."""
    return Path() if Path("course.yaml").exists() else Path("course")
