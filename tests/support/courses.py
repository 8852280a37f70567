"""Courses made in memory, for tests of the stages that take a proven course."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from builder.course import markdown, state
from builder.course.keys import former
from builder.course.markdown import Prose
from builder.course.model import Course, Module, Page, RecordItem, Tracking, Variable
from builder.course.questions import Feedback, Option, Question, Quotation
from builder.course.scenarios.model import Scenario
from builder.course.scenarios.reading import read
from builder.course.sources import MediaFile


def page(name: str, body: str = "Text.", **fields: Any) -> Page:
    values: dict[str, Any] = {"kind": "page", "checks": (), "quiz": (), "record": ()} | fields
    return Page(
        path=f"pages/{name}.md",
        id=name,
        key=state.key("page", name),
        title=name.title(),
        revision=1,
        minutes=2,
        document=markdown.parse(body),
        **values,
    )


def story(name: str, body: str, **rules: Any) -> Page:
    """A scenario, with the rules that differ from the defaults."""
    found = read(markdown.parse(body))
    assert not found.faults
    scenes = tuple(
        replace(
            scene,
            key=state.key("scene", f"{name}/{scene.id}"),
            former=former(
                "scene", f"{name}/{scene.id}", 1, [f"{name}/{was}" for was in scene.heading.was]
            ),
        )
        for scene in found.scenes
    )
    values = {"start": scenes[0].id, "complete": "ending", "weight": None} | rules
    values.setdefault("attempts", 0)
    values.setdefault("keep", "best")
    values.setdefault("reveal", False)
    whole = Scenario(introduction=found.introduction, scenes=scenes, **values)
    return page(name, body, kind="scenario", scenario=whole)


def question(name: str, right: str = "a", **fields: Any) -> Question:
    multiple = len(right) > 1
    values: dict[str, Any] = {"quotation": None, "weight": 1.0} | fields
    return Question(
        id=name,
        key=state.key("question", name),
        type="choice",
        bank="bank",
        interaction="choice",
        revision=1,
        hint=None,
        prompt=markdown.inline(f"Prompt of *{name}*?"),
        options=tuple(
            Option(letter, markdown.inline(f"Option {letter}"), letter in right, None, None)
            for letter in "abc"
        ),
        items=(),
        scored=True,
        patterns=(f"{{{','.join(right)}}}" if multiple else right,),
        right=",".join(right),
        answer={"right": list(right), "multiple": multiple, "credit": "all"},
        room=3 if multiple else 1,
        feedback=Feedback(),
        explanation=None,
        tags=(),
        retired=(),
        source=values["quotation"] and values["quotation"].page,
        **values,
    )


def item(name: str, limit: int = 500) -> RecordItem:
    prose = markdown.inline(f"What about {name}?")
    return RecordItem(name, state.key("record", name), prose, None, limit)


def picture(path: str, content: bytes, folder: Path = Path()) -> MediaFile:
    return MediaFile(path, folder / path, len(content), hashlib.sha256(content).hexdigest())


def course(*pages: Page, media: tuple[MediaFile, ...] = (), **fields: Any) -> Course:
    asked = {question.id: question for page in pages for question in (*page.checks, *page.quiz)}
    values: dict[str, Any] = {
        "title": "First aid",
        "owner": "The training team",
        "version": "1.2.0",
        "variables": {},
        "references": {},
        "language": "en",
        "tracking": Tracking("all", "passed-failed", 80, 0),
        "draft": False,
    } | fields
    return Course(
        id="first-aid",
        description="What to do first.",
        keywords=("first aid", "safety"),
        reviewed_on=date(2026, 1, 31),
        review_by=date(2027, 1, 31),
        rights="Free to use.",
        modules=(Module("", pages),),
        questions=tuple(asked.values()),
        media={file.path: file for file in media},
        **values,
    )


def translated(made: Course, tag: str, **fields: Any) -> Course:
    """The course in another language: each title, prompt and option has the tag before it."""
    pages = {
        one.id: replace(
            one,
            title=f"{tag} {one.title}",
            checks=tuple(_translated(asked, tag) for asked in one.checks),
            quiz=tuple(_translated(asked, tag) for asked in one.quiz),
        )
        for one in made.pages
    }
    values: dict[str, Any] = {
        "title": f"{tag} {made.title}",
        "language": tag,
        "source_language": made.language,
        "modules": tuple(
            replace(module, pages=tuple(pages[one.id] for one in module.pages))
            for module in made.modules
        ),
        "questions": tuple(_translated(asked, tag) for asked in made.questions),
    }
    return replace(made, **(values | fields))


def _translated(asked: Question, tag: str) -> Question:
    def words(prose: Prose) -> Prose:
        return markdown.inline(f"{tag} {markdown.plain(prose, {})}")

    return replace(
        asked,
        prompt=words(asked.prompt),
        options=tuple(replace(option, text=words(option.text)) for option in asked.options),
    )


QUOTED = question("quoted", quotation=Quotation("first", ("Keep calm",)))
COURSE = course(
    page(
        "first",
        "Keep calm. Call {{ lead }} and {{ nobody }}.\n\n::: check quoted\n",
        checks=(QUOTED,),
    ),
    page(
        "second",
        "## Part {#part}\n\nBack to [the first](first.md#x).\n\n::: callout Note\nGo.\n:::",
    ),
    page("quiz", "Ready?", kind="quiz", quiz=(QUOTED, question("several", "ac"))),
    page("record", "Fill in.", kind="record", record=(item("one"), item("two", 300))),
    variables={
        "lead": Variable("lead", "the lead", "Sam <Lee>"),
        "nobody": Variable("nobody", "somebody", None),
    },
)
SEVERAL = replace(COURSE, translations=(translated(COURSE, "ar"), translated(COURSE, "fr")))
"""The course in three languages."""
