"""Writes the output of commands into ``docs/``, so that every page shows what they really print.

Each page is processed from its top, with an empty folder as the working directory. A comment in the
page says what to do, mostly with the block of text below it:

``<!-- file: PATH -->``     the block is written to this file, which later commands read
``<!-- instead: PATH: LINE -->``  the block replaces this line of the file
``<!-- edit: NAME -->``     without a block: ``before`` and ``after`` become the course of
                            ``course/`` before and after an edit of ``EDITS``, ``before.zip`` and
                            ``after.zip`` their packages
``<!-- reviewed: FILE -->`` without a block: a reviewer opens this review document of the course
                            that ``new`` makes, writes a comment, changes words and signs
``<!-- struck: FILE: OLD → NEW -->`` without a block: a reviewer of this review document replaces
                            words
``<!-- word: PATH -->``     the block describes a Word file (``tools/word.py``), which is written to
                            this path for later commands
``<!-- sampled: FOLDER -->`` without a block: a course is written to this folder, and built as
                            ``FOLDER-1.0.0.zip``; ``report.txt`` becomes Moodle's report of people
                            who answered it
``<!-- said: ARGUMENTS -->``  the block becomes the output of ``scorm-builder ARGUMENTS``
``<!-- keys: NAME -->``     the table below becomes that of the keys of the shape ``NAMEShape``
``<!-- languages -->``      the table below becomes that of the languages of the interface

Digests, sizes and folders are removed from the output: they differ between builds and machines.
"""

from __future__ import annotations

import re
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from datetime import date
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from builder import cli
from builder.course import interface
from builder.course.questions.base import QuestionShape
from builder.course.shaping import Field, Shape, fields
from builder.course.validate import schemas
from tests.exporting.reviewer import Reviewer
from tests.results import sample
from tools import word

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = (
    *("tutorial.md", "commands.md", "course.md", "keys.md", "updating.md", "approving.md"),
    *("import.md", "exporting.md", "translating.md", "refreshing.md"),
    "results.md",
)
TODAY = date(2026, 11, 26)
"""The day on which the commands seem to run, which decides what is overdue."""
_STEP = re.compile(
    r"<!-- (?P<kind>file|word|instead|edit|reviewed|struck|sampled|said): (?P<subject>.+?) -->\n"
    r"(?:(?P<fence>```)(?P<language>\w*)\n(?P<block>.*?)```\n)?",
    re.DOTALL,
)
_KEYS = re.compile(r"<!-- keys: (?P<name>\w+) -->\n(?:\|.*\n)*")
_LANGUAGES = re.compile(r"<!-- languages -->\n(?:\|.*\n)*")
_VARIES = re.compile(r", digest [0-9a-f]{16}|^  (?:Folder|Size|Digest) .*\n", re.MULTILINE)

_SINCE = re.compile(r"(-refresher-since-[^\s-]+-)[0-9a-f]{6}")
"""The name of a refresher, which ends in the first characters of a digest."""


def compose(text: str) -> str:
    """The text of a page, with every generated block as the commands print it now.

    Raises ``LookupError`` if an edit no longer fits the course.
    """
    text = _KEYS.sub(_table, text)
    text = _LANGUAGES.sub(lambda _: f"<!-- languages -->\n{''.join(_languages())}", text)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        return follow(text)


def follow(text: str) -> str:
    """The text of a part of a page, with every block of output as the commands print it now. The
    steps of the part are done in the working directory."""
    return _STEP.sub(_step, text)


def _table(found: re.Match[str]) -> str:
    shape = shapes()[f"{found['name']}Shape"]
    # The keys of every question are listed once.
    common = fields(QuestionShape) if shape is not QuestionShape else {}
    rows = [
        f"| `{key}` | {schemas.describe(shape)[key]} | {_left_out(field)} |\n"
        for key, field in fields(shape).items()
        if key not in common or not issubclass(shape, QuestionShape)
    ]
    head = "| Key | What it is | If left out |\n| --- | --- | --- |\n"
    return f"<!-- keys: {found['name']} -->\n{head}{''.join(rows)}"


def _languages() -> Iterator[str]:
    yield "| Language | `language:` | Forms of a text with a number | Read by a speaker |\n"
    yield "| --- | --- | --- | --- |\n"
    for one in interface.LANGUAGES:
        forms = ", ".join(f"{at} {category}" for at, category in enumerate(one.plurals))
        read = "yes" if one.reviewed else "not yet"
        yield f"| {one.name} | `{one.tag}` | {forms} | {read} |\n"


def _left_out(field: Field) -> str:
    if field.needed:
        return "*needed*"
    if isinstance(field.default, bool):
        return "`yes`" if field.default else "`no`"
    if isinstance(field.default, tuple) and field.default:
        return ", ".join(f"`{one}`" for one in field.default)
    scalar = isinstance(field.default, str | int | float) and field.default != ""
    return f"`{field.default}`" if scalar else ""


def shapes() -> dict[str, type[Shape]]:
    """Every class of the builder that describes the keys of YAML (``Shape``), by its name."""
    waiting, found = [Shape], dict[str, type[Shape]]()
    while waiting:
        for shape in waiting.pop().__subclasses__():
            # A test may have defined shapes of its own.
            if shape.__module__.startswith("builder."):
                found[shape.__name__] = shape
                waiting.append(shape)
    return found


def _step(step: re.Match[str]) -> str:
    subject, block = step["subject"], step["block"] or ""
    match step["kind"]:
        case "file":
            _write(subject, block)
        case "word":
            word.write(Path(subject), block)
        case "instead":
            path, line = subject.split(": ", 1)
            _put(path, f"{line}\n", block.lstrip())
        case "edit":
            _edited(EDITS[subject])
        case "reviewed":
            _reviewed(Path(subject))
        case "struck":
            path, words = subject.split(": ", 1)
            with Reviewer(Path(path), "Ann Lee") as reviewer:
                reviewer.replace(*words.split(" → "))
        case "sampled":
            write_sample(subject)
        case "said":
            said = _VARIES.sub("", run(*shlex.split(subject)))
            said = _SINCE.sub(r"\g<1>3f9a21", said)
            shown = f"$ scorm-builder {subject}\n{said}"
            return f"<!-- said: {subject} -->\n```\n{shown}```\n"
    return step[0]


def _write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def run(*arguments: str) -> str:
    """Run ``scorm-builder`` with these arguments; returns what it prints, including problems."""
    with mock.patch.object(cli, "_today", return_value=TODAY):
        return CliRunner().invoke(cli.main, arguments, prog_name="scorm-builder").output


def write_sample(folder: str) -> None:
    """Write the sample course, its package and the report of it into the working directory."""
    sample.write_course(Path(folder))
    package = f"{folder}-1.0.0.zip"
    _package(folder, package)
    sample.write_report(Path("report.txt"), Path(package))


def _edited(edit: Callable[[], None]) -> None:
    for name in ("before", "after"):
        shutil.rmtree(name, ignore_errors=True)
        shutil.copytree(ROOT / "course", name)
    edit()
    for name in ("before", "after"):
        _package(name, f"{name}.zip")


def _package(course: str, name: str) -> None:
    shutil.rmtree("dist", ignore_errors=True)
    run("build", course)
    [made] = Path("dist").glob("*.zip")
    made.replace(name)


def _reviewed(file: Path) -> None:
    with Reviewer(file, "Ann Lee") as reviewer:
        reviewer.comment("print the sheet", "Not everybody has a printer.")
        reviewer.replace("in your own words", "in a sentence or two")
        reviewer.replace("Write nothing by which", "Leave out all by which")
        reviewer.sign("Ann Lee", "20 November")


def _put(path: str, old: str, new: str) -> None:
    text = Path(path).read_text("utf-8")
    if old not in text:
        raise LookupError(f"{path} has no “{old}”")
    Path(path).write_text(text.replace(old, new, 1), "utf-8")


def _typo() -> None:
    _put("before/pages/before-you-start.md", "your progress is", "your progres is")
    _put("after/course.yaml", '"1.1.0"', '"1.1.1"')


def _answer() -> None:
    file, source = "questions/practice.yaml", "  source: extent-and-nature"
    _put(f"before/{file}", f"answer: false\n{source}", f"answer: true\n{source}")
    _put(f"after/{file}", f"answer: false\n{source}", f"answer: false\n  revision: 2\n{source}")
    _put("after/course.yaml", '"1.1.0"', '"1.1.2"')


_QUOTES = (
    "Child Sexual Exploitation is a form of child abuse which is complex and can manifest itself "
    "in different ways.",
    "It can occur through use of technology without the child's immediate recognition",
)


def _page() -> None:
    # Quote the course itself: only its owners may write about its subject.
    questions = "".join(
        f"- id: in-short-{number}\n  type: true-false\n  prompt: {quote}\n  answer: true\n"
        f"  source: in-short\n  quote: {quote}\n"
        for number, quote in enumerate(_QUOTES, 1)
    )
    _write("after/questions/in-short.yaml", questions)
    checks = "".join(f"\n::: check in-short-{number}\n" for number in (1, 2))
    body = "\n\n".join(_QUOTES)
    _write("after/pages/in-short.md", f"---\ntitle: In short\n---\n{body}\n{checks}")
    new, before = "  - in-short.md\n", "  - extent-and-nature.md"
    _put("after/course.yaml", before, new + before)
    _put("after/course.yaml", '"1.1.0"', '"1.2.0"')


EDITS: Mapping[str, Callable[[], None]] = {
    "typo": _typo,
    "answer": _answer,
    "page": _page,
}


def main() -> None:
    """Update the generated blocks in every page of ``PAGES``."""
    for name in PAGES:
        page = DOCS / name
        page.write_text(compose(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
