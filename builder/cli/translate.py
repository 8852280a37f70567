"""``scorm-builder translate``: makes and updates translations of a course, shows how far they are,
and exchanges them with translators."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from builder.base.printing import quoted
from builder.cli.terminal import (
    JSON,
    Misused,
    course_folder,
    course_here,
    reject_course_file,
    say,
    show_message,
)

if TYPE_CHECKING:
    from builder.diagnostics.diagnostic import Diagnostic
    from builder.translating import commands

_FILE = click.Path(path_type=Path, dir_okay=False)
_RETURNED_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FORMATS = ("po", "xliff")


def _course_and_tags(
    context: click.Context, _: click.Parameter, named: tuple[str, ...]
) -> tuple[Path | None, tuple[str, ...]]:
    """Split the arguments into the course folder, ``None`` if none is named, and the tags of
    languages.

    The first argument is the course, unless it looks like a tag and is not a folder.
    """
    from builder.translating import tags

    if not named or (tags.is_tag(named[0]) and not Path(named[0]).is_dir()):
        return None, named
    if len(named) == 1 and not Path(named[0]).exists() and (tag := tags.meant(named[0])):
        raise Misused(f"“{named[0]}” is not a language tag. Did you mean “{tag}”?")
    return course_folder(Path(named[0])), named[1:]


@click.command(short_help="Make, update and exchange the translations of a course.")
@click.argument("course", nargs=-1, metavar="[COURSE] [LANG]...", callback=_course_and_tags)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="With a LANG: also write a file for a translator.",
)
@click.option(
    "-o",
    "--output",
    type=_FILE,
    metavar="FILE",
    help="The file for the translator, .po or .xlf.  [default: dist/ID-LANG with the ending of the "
    "format]",
)
@click.option(
    "--read",
    "back",
    type=_RETURNED_FILE,
    metavar="FILE",
    help="Read the file, PO or XLIFF, that a translator has returned.",
)
@click.option(
    "--interface",
    "interface_texts",
    is_flag=True,
    help="Show the languages of the player’s buttons and notices. With COURSE and a LANG: make a "
    "file in which COURSE can complete or replace these texts.",
)
@JSON
@click.pass_obj
def translate(
    today: date,
    course: tuple[Path | None, tuple[str, ...]],
    form: str | None,
    output: Path | None,
    back: Path | None,
    interface_texts: bool,
    as_json: bool,
) -> None:
    """Make or update the translation of COURSE into each LANG, or show how far all of them are.

    COURSE is the current folder or its folder “course”, unless you name another. A LANG is a
    language tag, such as pl, pt-PT or pa-Guru. Its translation is a PO file, such as
    translations/pl.po, which Poedit, Weblate, OmegaT and most agencies open. If the course has
    changed, run the command again: new texts are added, changed ones become stale, and what is
    translated stays.

    en-XA is a language for tests: English with accents, longer and in brackets.

    Exits with 0 if all was done, 1 if it was not, 2 if the command is wrong.
    """
    folder, named = course
    _check_options(named, form, output, back, interface_texts)
    if interface_texts:
        _interface(folder, named, today, as_json)
        return
    from builder.translating import commands

    place = folder or course_here()
    with show_message("Reading the course …"):
        found, problems = commands.read(place, today)
    if found is None:
        _refuse(problems, place, as_json)
    chosen = _checked(found, named)
    if back:
        _read(found, back, chosen, today, as_json)
    elif chosen:
        _translate(found, chosen, _exported(found, chosen, form, output), today, as_json)
    else:
        _overview(found, today, as_json)


def _check_options(
    named: Sequence[str],
    form: str | None,
    output: Path | None,
    back: Path | None,
    interface_texts: bool,
) -> None:
    if interface_texts and (form or output or back):
        raise Misused("--interface does not work with --format, --output and --read.")
    if back and (form or output):
        raise Misused("--read does not work with --format and --output.")
    if (form or output) and not named:
        raise Misused("Name the language of the file, such as pl.")
    if output and len(named) > 1:
        raise Misused("Name only one language with --output, since each has a file of its own.")
    if back and len(named) > 1:
        raise Misused("Name only one language with --read.")


def _checked(found: commands.Read, named: Sequence[str]) -> tuple[str, ...]:
    from builder.translating import commands, tags

    try:
        return tuple(dict.fromkeys(commands.check(found, tag) for tag in named))
    except tags.TagError as error:
        raise Misused(str(error)) from None


def _exported(
    found: commands.Read, chosen: Sequence[str], form: str | None, output: Path | None
) -> dict[str, Path]:
    """The file for the translator of each language; empty if none is wanted."""
    from builder.translating import commands

    endings = {"po": commands.PO, "xliff": commands.XLIFF}
    if output is None:
        ending = endings[form][0] if form else ""
        return {tag: Path("dist", f"{found.id}-{tag}{ending}") for tag in chosen if form}
    allowed = endings[form] if form else (*commands.PO, *commands.XLIFF)
    if output.suffix.lower() not in allowed:
        raise Misused(f"“{output}” must end with {' or '.join(allowed)}.")
    reject_course_file(output, found.folder)
    return {chosen[0]: output}


def _translate(
    found: commands.Read,
    chosen: Sequence[str],
    exported: dict[str, Path],
    today: date,
    as_json: bool,
) -> None:
    from builder.cli.report import translated as reporter
    from builder.translating import commands

    made = []
    problems: tuple[Diagnostic, ...] = ()
    for tag in chosen:
        with show_message(f"Updating {tag} …"):
            result = commands.translate(found, tag, today, exported.get(tag))
        if isinstance(result, tuple):
            problems = (*problems, *result)
        else:
            made.append(result)
    if as_json:
        say(reporter.made_json(made, problems))
    else:
        if made:
            say(reporter.made_text(made, found.folder))
        if problems:
            say(reporter.refused_text(problems, found.folder), wrong=True)
    sys.exit(1 if problems else 0)


def _overview(found: commands.Read, today: date, as_json: bool) -> None:
    from builder.cli.report import translated as reporter
    from builder.translating import commands

    languages, problems = commands.overview(found, today)
    if as_json:
        say(reporter.overview_json(languages, problems))
    else:
        say(reporter.overview_text(languages, found))
        if problems:
            say(reporter.refused_text(problems, found.folder), wrong=True)
    sys.exit(1 if problems else 0)


def _read(
    found: commands.Read, back: Path, chosen: Sequence[str], today: date, as_json: bool
) -> None:
    from builder.cli.report import translated as reporter
    from builder.translating import commands

    with show_message(f"Reading {back.name} …"):
        result = commands.take_back(found, back, chosen[0] if chosen else None, today)
    if isinstance(result, tuple):
        _refuse(result, found.folder, as_json, back)
    if as_json:
        say(reporter.taken_back_json(result))
    else:
        say(reporter.taken_back_text(result, found.folder, back))


def _interface(folder: Path | None, named: Sequence[str], today: date, as_json: bool) -> None:
    from builder.cli.report import translated as reporter
    from builder.translating import own_interface, tags

    try:
        chosen = tuple(tags.canonical(tag) for tag in named)
    except tags.TagError as error:
        raise Misused(str(error)) from None
    if folder is None or not chosen:
        if folder is not None and not (folder / "course.yaml").exists():
            raise Misused(f"“{folder}” is neither a course nor a language tag.")
        languages = own_interface.overview(chosen)
        unknown = set(chosen) - {one.tag for one in languages}
        if unknown:
            course = quoted(str(folder or "COURSE"))
            tag = min(unknown)
            raise Misused(
                f"There are no interface texts in “{tag}” yet.",
                f"To write your own for a course: scorm-builder translate {course} {tag} "
                "--interface",
            )
        say(reporter.interface_json(languages) if as_json else reporter.interface_text(languages))
        return
    made = []
    for tag in chosen:
        result = own_interface.make(folder, tag, today)
        if not isinstance(result, own_interface.Made):
            _refuse(result, folder, as_json)
        made.append(result)
    say(reporter.own_texts_json(made) if as_json else reporter.own_texts_text(made, folder))


def _refuse(
    problems: Sequence[Diagnostic], folder: Path, as_json: bool, outside: Path | None = None
) -> NoReturn:
    from builder.cli.report import translated as reporter

    if as_json:
        say(reporter.refused_json(problems))
    else:
        say(reporter.refused_text(problems, folder, outside), wrong=True)
    sys.exit(1)
