"""A small course with one of everything, rendered without the rest of the builder."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from builder.course import markdown
from builder.course.model import Course, Tracking
from builder.course.questions import Option, Question, Quotation
from builder.package import manifest
from builder.package.artifacts import Member, Plan
from builder.package.plan import plan
from builder.package.render import render
from tests.support.courses import course, item, page, question


def true_false(name: str, answer: str) -> Question:
    options = tuple(
        Option(letter, markdown.inline(text), letter == answer, None, None)
        for letter, text in (("t", "True"), ("f", "False"))
    )
    return replace(
        question(name, answer),
        type="true-false",
        interaction="true-false",
        options=options,
    )


def with_reasons(one: Question) -> Question:
    options = tuple(
        replace(option, feedback=markdown.inline(f"Because of {option.id}."))
        for option in one.options
    )
    return replace(
        one,
        options=options,
        explanation=markdown.inline("Calm helps."),
        quotation=Quotation("first", ("Keep calm",)),
        source="first",
    )


PRACTICE = with_reasons(question("calm", "b"))
SEVERAL = question("several", "ac")
STATEMENT = true_false("statement", "t")
QUIZ = (with_reasons(question("one", "a")), replace(SEVERAL, weight=2.0), STATEMENT)

PAGES = (
    page("first", "Keep calm.\n\n::: check calm\n", checks=(PRACTICE,)),
    page("second", "Read [a part](third.md#part).\n\n::: check several\n", checks=(SEVERAL,)),
    page("third", "Words.\n\n## Part {#part}\n\nMore."),
    page("quiz", "Ready?", kind="quiz", quiz=QUIZ),
    page("record", "Fill in.", kind="record", record=(item("one", 120), item("two"))),
)


def small_course(*pages: Any, fields: dict[str, Any] | None = None, **tracking: Any) -> Course:
    """The course. ``tracking`` replaces settings; ``fields`` are more of the course."""
    settings: dict[str, Any] = {
        "pages": "all",
        "report": "passed-failed",
        "pass_mark": 80,
        "attempts": 2,
    }
    return course(*(pages or PAGES), tracking=Tracking(**settings | tracking), **(fields or {}))


def write_sco(
    folder: Path, *pages: Any, fields: dict[str, Any] | None = None, **tracking: Any
) -> Path:
    """The files of the course as an LMS unpacks them; see ``small_course``."""
    return unpacked(folder, plan(small_course(*pages, fields=fields, **tracking)))


def unpacked(folder: Path, planned: Plan) -> Path:
    """The files that a trainee's browser and an LMS read of a package."""
    members = render(planned)
    for member in members:
        write(folder, member)
    listing = manifest.build(planned, [member.name for member in members])
    (folder / "imsmanifest.xml").write_bytes(listing)
    return folder


def write(folder: Path, member: Member) -> None:
    path = folder / member.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(member.read())
