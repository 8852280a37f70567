"""``scorm-builder preview``: shows a course while its author writes it, or a package of any
authoring tool."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from builder.base.printing import escape_controls
from builder.cli.terminal import Misused, course_folder, course_here, say, show_message

if TYPE_CHECKING:
    from builder.preview.editor import Editor
    from builder.preview.packages import Opened, PackageRequest
    from builder.preview.running import Running

_EDITOR = "SCORM_BUILDER_EDITOR"


@click.command(short_help="Show a course while you write it, or any package.")
@click.argument(
    "course", type=click.Path(path_type=Path), required=False, metavar="[COURSE|FILE.zip]"
)
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

    FILE.zip is a SCORM package of any authoring tool, which is opened in the simulated LMS.

    Exits with 1 if the port is in use or the package cannot be opened, 2 if the command is wrong.
    """
    import webbrowser

    from builder.preview.running import Request, TakenError
    from builder.preview.running import running as run_course

    profile = _check_profile(profile)
    running: Running | Opened
    try:
        with ExitStack() as stack:
            if course is not None and _is_package(course):
                if editor is not None:
                    raise Misused("--editor is for a course, not for a package.")
                what = f"The package {course}"
                with show_message("Reading the package …"):
                    running = stack.enter_context(_open_package(course, profile, port or 0))
            else:
                command = editor if editor is not None else os.environ.get(_EDITOR, "")
                request = Request(
                    _folder(course), today, profile, _parse_editor(command), port or 0
                )
                what = f"The preview of {request.course}"
                with show_message("Reading the course …"):
                    running = stack.enter_context(run_course(request))
            # Garbage collection was off during the startup; from now on the process runs for hours.
            gc.enable()
            say(f"{what} is at {running.address}\nPress Ctrl-C to end it.")
            if not no_open:
                Thread(target=webbrowser.open, args=(running.address,), daemon=True).start()
            running.wait()
    except TakenError as error:
        say(
            f"Port {error.port} is in use, perhaps by another preview. Give another port with "
            "--port, or leave out --port.",
            wrong=True,
        )
        sys.exit(1)


def _is_package(path: Path) -> bool:
    """Whether an argument names a package, not a course; raises ``Misused`` for a zip that does not
    exist."""
    zipped = path.suffix.lower() == ".zip"
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except OSError as error:
        raise Misused(f"“{path}” cannot be read: {error.strerror}.") from None
    if zipped and not exists:
        raise Misused(f"There is no file “{path}”.")
    if is_folder:
        return zipped and not (path / "course.yaml").exists()
    return exists and path.name != "course.yaml"


@contextmanager
def _open_package(path: Path, profile: str, port: int) -> Iterator[Opened]:
    """Serve a package until the block ends. Exits with 1 if it cannot be opened."""
    from builder.audit import RefusedError
    from builder.base.zips import DamagedError
    from builder.preview.packages import running

    with ExitStack() as stack:
        try:
            opened = stack.enter_context(running(package_request(path, profile, port)))
        except (RefusedError, DamagedError) as error:
            say(escape_controls(f"“{path.name}” cannot be opened: {error}."), wrong=True)
            sys.exit(1)
        yield opened


def package_request(path: Path, profile: str, port: int = 0) -> PackageRequest:
    """What to open, and how; raises ``RefusedError`` if the simulated LMSs cannot open it."""
    from builder.audit import RefusedError, describe
    from builder.cli.report.audit_text import made_with
    from builder.preview.packages import PackageRequest

    if path.is_dir():
        raise RefusedError("it is a folder: zip what is in it")
    found = describe(path)
    version = f"{found.facts.kind} {found.facts.edition}".rstrip()
    return PackageRequest(
        path=path,
        title=found.facts.title or found.facts.name,
        about=", ".join(filter(None, (version, made_with(found.facts)))),
        notice=" ".join(found.notices),
        items=found.items,
        profile=profile,
        port=port,
    )


def _folder(course: Path | None) -> Path:
    folder = course_folder(course) if course else course_here()
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
