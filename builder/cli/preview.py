"""``scorm-builder preview``: shows a course in a browser while its author writes it."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from builder.cli.terminal import COURSE_FOLDER, Misused, course_here, say, show_message

if TYPE_CHECKING:
    from builder.preview.editor import Editor

_EDITOR = "SCORM_BUILDER_EDITOR"


@click.command(short_help="Show a course in a browser while you write it.")
@click.argument("course", type=COURSE_FOLDER, required=False)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port of the preview's address.  [default: the first free port from 8420]",
)
@click.option(
    "--lms",
    "profile",
    default="moodle",
    show_default=True,
    metavar="NAME",
    help="The simulated LMS to start with; the preview offers all of them.",
)
@click.option(
    "--editor",
    metavar="COMMAND",
    help="The command that opens a file, such as “kate -l {line} {file}”.  [default: "
    f"${_EDITOR}, otherwise VS Code]",
)
@click.option("--no-open", is_flag=True, help="Only print the address: do not open a browser.")
@click.pass_obj
def preview(
    today: date,
    course: Path | None,
    port: int | None,
    profile: str,
    editor: str | None,
    no_open: bool,
) -> None:
    """Show COURSE in a browser, and every change as soon as it is saved.

    COURSE is a folder with a course.yaml. By default it is the current folder or its folder
    “course”. The course runs in a simulated LMS, and nothing leaves this computer. Press Ctrl-C to
    end it.

    Exits with 1 if the port is in use, 2 if the command is wrong.
    """
    import webbrowser

    from builder.preview.running import Request, TakenError, running

    request = Request(
        course=_folder(course),
        today=today,
        profile=_check_profile(profile),
        editor=_parse_editor(editor if editor is not None else os.environ.get(_EDITOR, "")),
        port=port or 0,
    )
    try:
        with ExitStack() as stack:
            with show_message("Reading the course …"):
                found = stack.enter_context(running(request))
            # Garbage collection was off during the startup; from now on the process runs for hours.
            gc.enable()
            say(f"The preview of {request.course} is at {found.address}\nPress Ctrl-C to end it.")
            if not no_open:
                Thread(target=webbrowser.open, args=(found.address,), daemon=True).start()
            found.wait()
    except TakenError as error:
        say(
            f"Port {error.port} is in use, perhaps by another preview. Give another port with "
            "--port, or leave out --port.",
            wrong=True,
        )
        sys.exit(1)


def _folder(course: Path | None) -> Path:
    folder = course or course_here()
    if not folder.is_dir():
        raise Misused(f"There is no folder “{folder}”.")
    return folder


def _check_profile(profile: str) -> str:
    from builder.diagnostics.codes import did_you_mean
    from builder.preview.lms import PROFILES

    if profile not in PROFILES:
        near = did_you_mean(profile, PROFILES)
        raise Misused(
            f"There is no simulated LMS “{profile}”.{near} Simulated LMSs: {', '.join(PROFILES)}."
        )
    return profile


def _parse_editor(command: str) -> Editor:
    from builder.preview.editor import Editor, EditorError

    try:
        return Editor.read(command)
    except EditorError as error:
        raise Misused(str(error)) from None
